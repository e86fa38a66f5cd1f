# Importing the same file again changes nothing and says so

file wells.xml
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
</iati-activities>
end

$ austral import wells.xml
wells.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral report publishers --format json | grep revision
"revision":"3",

$ austral import wells.xml
wells.xml: read 1, new 0, changed 0, unchanged 1, findings ... MB/s

$ austral import wells.xml wells.xml
wells.xml: read 1, new 0, changed 0, unchanged 1, findings ... MB/s
wells.xml: read 1, new 0, changed 0, unchanged 1, findings ... MB/s

$ austral report publishers --format csv | cut -d, -f1-4
publisher,name,records,versions
BR-GOV,Agency of Brazil,1,1
