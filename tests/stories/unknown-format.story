# A file of no known format is refused with what was seen and what can be read

file letter.txt
Dear colleagues,
please find the list attached.
end

file page.html
<!DOCTYPE html><html><body>not found</body></html>
end

file empty.xml
end

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

$ austral import letter.txt
! austral: letter.txt is neither XML nor JSON; what can be read: IATI activity and organisation files; ...
= 2

$ austral import page.html
! austral: page.html is a web page; what can be read: IATI activity and organisation files; ...
= 2

$ austral import empty.xml
! austral: empty.xml is an empty file; what can be read: IATI activity and organisation files; ...
= 2

$ austral import --as sdmx wells.xml
! austral: there is no format 'sdmx'; known: iati, tossd, crs, mapping, form
= 1

$ austral import --as iati wells.xml
wells.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
