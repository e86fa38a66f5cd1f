# CRS files: two years one initiative, sums of the Data Explorer beside, out again as CRS

file c2016.txt
Year|DonorCode|DonorName|CRSid|RecipientCode|RecipientName|FlowCode|bi_multi|Finance_t|Aid_t|usd_commitment|usd_disbursement|ProjectTitle|PurposeCode|ChannelCode
2016|431|Brazil|77|259|Mozambique|11|8|110|D02|0.25|0.1|Cotton|31120|41114
2015|431|Brazil|77|259|Mozambique|11|8|110|D02||0.05|Cotton|31120|41114
end

file explorer.csv
DONOR,RECIPIENT,SECTOR,MEASURE,CHANNEL,MODALITY,FLOW_TYPE,PRICE_BASE,MD_DIM,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OECD_ID,FINANCETYPE_CODE,BIMULTI_CODE,PROJECT_TITLE,CHANNELDELIVERY_CODE
BRA,MOZ,31120,11,,D02,D,V,DD,2017,0.2,USD,6,77,110,8,Cotton,41114
BRA,MOZ,31120,11,,D02,D,Q,DD,2017,0.3,USD,6,77,110,8,Cotton,41114
BRA,DPGC,1000,100,_T,_T,D,V,_T,2017,900,USD,6,,,,,
end

$ austral import c2016.txt explorer.csv
c2016.txt: read 2, new 2, changed 0, unchanged 0, findings ... MB/s
explorer.csv: read 2, new 2, changed 0, unchanged 0, findings ... MB/s

$ austral find cotton --format csv --columns identifier,committed_usd,disbursed_usd
identifier,committed_usd,disbursed_usd
XM-DAC-431-CRS-77-2017,250000.00,350000.00

# Each year's amounts count, and the page of the initiative says so.
$ austral show XM-DAC-431-CRS-77-2016 | grep counted
  counted        yes
  counted        yes, another year of XM-DAC-431-CRS-77-2017
  counted        yes, another year of XM-DAC-431-CRS-77-2017

$ austral report publishers --format csv | cut -d, -f1,3,5,6
publisher,records,initiatives,not_counted
CRS,1,0,1
XM-DAC-431,3,1,0

$ austral export crs -o out.txt

$ grep -o '"dc:title"' out.txt-metadata.json
"dc:title"

$ cut -d'|' -f1,2,3,6,9,15,17,21,22,45 out.txt
Year|DonorCode|DonorName|CRSid|RecipientCode|FlowCode|bi_multi|usd_commitment|usd_disbursement|ProjectTitle
2017|431|Brazil|77|259|11|8||0.2|Cotton
2016|431|Brazil|77|259|11|8|0.25|0.1|Cotton
2015|431|Brazil|77|259|11|8||0.05|Cotton

$ austral import out.txt
out.txt: read 3, new 0, changed 3, unchanged 0, findings ... MB/s

$ austral find cotton --format csv --columns identifier,committed_usd,disbursed_usd
identifier,committed_usd,disbursed_usd
XM-DAC-431-CRS-77-2017,250000.00,350000.00

$ austral check | grep -c holds
5
