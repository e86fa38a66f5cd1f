# A byte changed in a stored source is found by check
only sqlite

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

$ austral check --format csv | cut -d, -f1,3
check,result
journal,holds
rows,holds
versions,holds
initiatives,holds
links,holds

$ sql UPDATE record_version SET content = CAST(substr(content, 1, 40) || x'00' || substr(content, 42) AS BLOB)

$ austral check
Integrity of the register
...
versions            1  1 damaged
...
Note: versions: record ... (BR-GOV-WELLS), version 1: ...
...
= 2
