# A TOSSD file: rows brought together, two years one initiative, aggregates beside, findings by cell

file t24.csv
Year,provider,ProviderNameE,tossdid,recipientcode,recipientnamee,regionnamee,FrameworkOfCollaboration,modality,ProjectTitle,sdgcode,purposecode,TossdPillar,Tossdpillar2,USD_Commitment,USD_disbursements,Sourcename
2024,431,Brazil,77,259,Mozambique,Eastern Africa,FC01,d011,Cotton,2.3;17.0,31120,1,1,300,100.5,Brazil
2024,55,Türkiye,78,255,Mali,Western Africa,FC09,C01,Wells,6,14030,1,1,0,10,Türkiye
2024,431,Brazil,77,259,Mozambique,Eastern Africa,FC01,D012,Cotton,2.3;17.0,31120,1,1,0,20.125,Brazil
2024,0,Aggregate,A,998,Developing countries,Unspecified,,,,,,0,0,,99400,Aggregates
end

file t23.csv
Year;provider;ProviderNameE;tossdid;recipientcode;recipientnamee;regionnamee;modality;ProjectTitle;TossdPillar;Tossdpillar2;USD_disbursements;Sourcename
2023;431;Brazil;77;259;Mozambique;Eastern Africa;D011;Cotton;1;1;80;Brazil
end

$ austral import t24.csv
t24.csv: read 3, new 3, changed 0, unchanged 0, findings ... MB/s

$ austral import t23.csv
t23.csv: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral import t24.csv
t24.csv: read 3, new 0, changed 0, unchanged 3, findings ... MB/s

$ austral find cotton --format csv --columns identifier,title,provider_names,recipient_names,disbursed_usd
identifier,title,provider_names,recipient_names,disbursed_usd
XM-DAC-431-TOSSD-77-2024,Cotton,Brazil,Mozambique,200625.00

# The sum over activities of provider 0 is in none of them.
$ austral report flows --format csv | cut -d, -f1,3,5-8,10,11
provider,recipient,year,framework,initiatives,contributions,committed_usd,disbursed_usd
BR,MZ,2023,South-South,1,1,,80000.00
BR,MZ,2024,South-South,1,3,300000.00,120625.00
TR,ML,2024,South-South,1,1,,10000.00

$ austral report breakdown --by modality --format csv | cut -d, -f1,2,3,8
modality,modality_name,initiatives,disbursed_usd
C01,Project-type interventions,1,10000.00
D011,In-kind technical cooperation: experts,1,180500.00
D012,In-kind technical cooperation: travel of experts,1,20125.00

$ austral report breakdown --by provider --modality D012 --format csv | cut -d, -f1,3,8
provider,initiatives,disbursed_usd
BR,1,20125.00

# It leaves as TOSSD with names beside codes: other bytes, so a version, but the same figures.
$ austral export tossd --publisher XM-DAC-431 -o out.csv

$ austral import out.csv
out.csv: read 2, new 0, changed 2, unchanged 0, findings ... MB/s

$ austral report publishers --format csv | cut -d, -f1,3,5,6
publisher,records,initiatives,not_counted
TOSSD,1,0,1
XM-DAC-431,2,1,0
XM-DAC-55,1,1,0

# Both years count, and both are shown so.
$ austral show XM-DAC-431-TOSSD-77-2023 | grep counted
  counted        yes
  counted        yes, another year of XM-DAC-431-TOSSD-77-2024

$ austral show TOSSD-TOSSD-A-2024
! austral: 'TOSSD-TOSSD-A-2024' is a publisher's sum over activities: kept beside them, counted nowhere; --source prints it
= 1

$ austral check | grep -c holds
5
