# A record without identifier is a finding, the others are kept

file two.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-A</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Good</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier> </iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>No identifier</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-C</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Wrong amount</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">a lot</value>
  </transaction>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">12</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import two.xml
two.xml: read 3, new 2, changed 0, unchanged 0, findings ... MB/s

$ austral find --format csv --columns identifier,disbursed_usd
identifier,disbursed_usd
BR-GOV-C,12.00
BR-GOV-A,

$ austral report publishers --format csv | cut -d, -f1,3,9,10
publisher,records,errors,warnings
BR-GOV,2,1,4

$ austral report contributions --format csv | cut -d, -f1,9,11 | grep -c ',0'
0
= 1
