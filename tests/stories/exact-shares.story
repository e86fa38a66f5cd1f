# Percentages over three countries add up to the amount exactly, to the cent

file shares.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-A</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Three thirds</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ" percentage="33.33"/>
  <recipient-country code="AO" percentage="33.33"/>
  <recipient-country code="CV" percentage="33.34"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">100</value>
  </transaction>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">0.01</value>
  </transaction>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-B</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>No shares given</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <recipient-country code="AO"/>
  <recipient-country code="CV"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">100</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import shares.xml
shares.xml: read 2, new 2, changed 0, unchanged 0, findings ... MB/s

$ austral report contributions --format csv | cut -d, -f1,7,9,11
initiative,recipient,amount,amount_usd
BR-GOV-A,MZ,33.33,33.33
BR-GOV-A,AO,33.33,33.33
BR-GOV-A,CV,33.34,33.34
BR-GOV-A,MZ,0.00,0.00
BR-GOV-A,AO,0.00,0.00
BR-GOV-A,CV,0.01,0.01
BR-GOV-B,MZ,33.34,33.34
BR-GOV-B,AO,33.33,33.33
BR-GOV-B,CV,33.33,33.33

$ austral report flows --format csv | cut -d, -f3,11
recipient,disbursed_usd
AO,66.66
CV,66.68
MZ,66.67
