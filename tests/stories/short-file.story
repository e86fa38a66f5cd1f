# A file that ends too early keeps its whole activities

file short.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-WELLS</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Wells in Mozambique</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <sector vocabulary="1" code="14031"/>
  <transaction>
   <transaction-type code="2"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">5000.00</value>
  </transaction>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">1250.50</value>
  </transaction>
 </iati-activity>
 <iati-activity>
  <iati-identifier>BR-GOV-CUT</iati
end

$ austral import short.xml
short.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
! austral: short.xml, line 23, column 1: the file ends inside <iati-identifier>: it was cut off. Fetch it again; it stands in activity BR-GOV-CUT
= 2

$ austral find --format csv | cut -d, -f1,2
identifier,title
BR-GOV-WELLS,Wells in Mozambique
