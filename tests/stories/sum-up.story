# A line of the flows is the sum of its contributions

file money.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-A</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>First</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ" percentage="60"/>
  <recipient-country code="AO" percentage="40"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">100.01</value>
  </transaction>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">0.02</value>
  </transaction>
  <transaction>
   <transaction-type code="4"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">33.33</value>
  </transaction>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-B</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Second</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">10</value>
  </transaction>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">-4.5</value>
  </transaction>
  <transaction>
   <transaction-type code="2"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">77</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import money.xml
money.xml: read 2, new 2, changed 0, unchanged 0, findings ... MB/s

$ austral report flows --recipient MZ --format csv
provider,provider_name,recipient,recipient_name,year,framework,initiatives,contributions,budgeted_usd,committed_usd,disbursed_usd,unpriced
BR,Brazil,MZ,Mozambique,2015,South-South,2,6,,77.00,85.52,0

$ austral report contributions --recipient MZ --kind disbursed --format csv
initiative,title,day,kind,provider,provider_name,recipient,recipient_name,amount,currency,amount_usd,line
BR-GOV-A,First,2015-06-15,disbursement,BR,Brazil,MZ,Mozambique,60.01,USD,60.01,1
BR-GOV-A,First,2015-06-15,disbursement,BR,Brazil,MZ,Mozambique,0.01,USD,0.01,2
BR-GOV-A,First,2015-06-15,expenditure,BR,Brazil,MZ,Mozambique,20.00,USD,20.00,3
BR-GOV-B,Second,2015-06-15,disbursement,BR,Brazil,MZ,Mozambique,10,USD,10.00,1
BR-GOV-B,Second,2015-06-15,disbursement,BR,Brazil,MZ,Mozambique,-4.5,USD,-4.50,2

$ austral report contributions --recipient MZ --kind disbursed --format csv | tr -d '\r' | awk -F, 'NR > 1 {sum += $11} END {printf "%.2f\n", sum}'
85.52

$ austral report flows --format csv | tr -d '\r' | awk -F, 'NR > 1 {sum += $11} END {printf "%.2f\n", sum}'
138.86

$ austral report countries --format csv
country,name,provides,receives,facilitates,given_usd,received_usd
BR,Brazil,2,0,0,138.86,0.00
MZ,Mozambique,0,2,0,0.00,85.52
AO,Angola,0,1,0,0.00,53.34
