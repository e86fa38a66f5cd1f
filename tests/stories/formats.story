# A table comes as text, csv, json and xlsx with the same content

file wells.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-WELLS</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Wells, &quot;deep&quot; ones — água</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">1250.50</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import wells.xml
wells.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral report flows --format csv
provider,provider_name,recipient,recipient_name,year,framework,initiatives,contributions,budgeted_usd,committed_usd,disbursed_usd,unpriced
BR,Brazil,MZ,Mozambique,2015,South-South,1,1,,,1250.50,0

$ austral report flows --format json
{
"name":"flows",
"title":"Flows between partners",
"definition":"Money from each provider to each recipient in each year, by framework of collaboration. Counts budgets, commitments, and disbursements with expenditure, each apart; an initiative's amounts count once, whoever else reports them; several recipients share an amount by the published percentages.",
"source":"records as published, priced at the exchange rate of their value date",
"revision":"3",
"columns":[
{"name":"provider","title":"Provider code","kind":"code","unit":"","definition":"Country code, or the organization's reference."},
{"name":"provider_name","title":"Provider","kind":"text","unit":"","definition":""},
{"name":"recipient","title":"Recipient code","kind":"code","unit":"","definition":"Country or region code."},
{"name":"recipient_name","title":"Recipient","kind":"text","unit":"","definition":""},
{"name":"year","title":"Year","kind":"year","unit":"","definition":"Calendar year of the contribution."},
{"name":"framework","title":"Framework","kind":"text","unit":"","definition":"By the rules in data/rules/framework.yaml."},
{"name":"initiatives","title":"Initiatives","kind":"number","unit":"","definition":""},
{"name":"contributions","title":"Contributions","kind":"number","unit":"","definition":""},
{"name":"budgeted_usd","title":"Budgeted","kind":"money","unit":"USD","definition":"Budgets, revised ones in place of original ones of the same period."},
{"name":"committed_usd","title":"Committed","kind":"money","unit":"USD","definition":"Outgoing commitments."},
{"name":"disbursed_usd","title":"Disbursed","kind":"money","unit":"USD","definition":"Disbursements and expenditure."},
{"name":"unpriced","title":"Without price","kind":"number","unit":"","definition":"Contributions whose currency has no published exchange rate for their date; they are not in the sums."}],
"rows":[
{"provider":"BR","provider_name":"Brazil","recipient":"MZ","recipient_name":"Mozambique","year":2015,"framework":"South-South","initiatives":1,"contributions":1,"budgeted_usd":null,"committed_usd":null,"disbursed_usd":"1250.50","unpriced":0}],
"total_rows":1,
"notes":[]
}

$ austral report flows --format xlsx | head -c 2
PK

$ austral report flows --format xlsx --output flows.xlsx && head -c 2 flows.xlsx
PK

$ austral find --format csv --columns identifier,title,provider_names,recipient_names
identifier,title,provider_names,recipient_names
BR-GOV-WELLS,"Wells, ""deep"" ones — água",Brazil,Mozambique

$ austral find --format pdf
! austral: no table format 'pdf'; there are table, csv, json and xlsx
= 1

$ austral report countries --lang pt --format csv
country,name,provides,receives,facilitates,given_usd,received_usd
BR,Brasil,1,0,0,1250.50,0.00
MZ,Moçambique,0,1,0,0.00,1250.50

$ austral report flows --format csv --output /nowhere/flows.csv
! austral: cannot write /nowhere/flows.csv; is there room, may you?
= 1
