# A missing exchange rate is a finding and never a zero

file rate.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-A</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Priced and not</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-03-10"/>
   <value currency="BRL" value-date="2015-03-10">3141.4</value>
  </transaction>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="1950-03-10"/>
   <value currency="BRL" value-date="1950-03-10">500</value>
  </transaction>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="XXQ" value-date="2015-06-15">500</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import rate.xml
rate.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral report contributions --format csv | cut -d, -f3,9-11
day,amount,currency,amount_usd
2015-06-15,500,XXQ,
2015-03-10,3141.4,BRL,1000.00
1950-03-10,500,BRL,

$ austral report flows --format csv | cut -d, -f5,8,11,12
year,contributions,disbursed_usd,unpriced
1950,1,,1
2015,2,1000.00,1

$ austral report publishers --format csv | cut -d, -f1,9,10
publisher,errors,warnings
BR-GOV,0,3
