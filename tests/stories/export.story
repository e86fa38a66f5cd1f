# What goes out as IATI comes back the same: namespaces, attributes, comments and the file's own date

file own.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.02" generated-datetime="2020-03-01T00:00:00Z" xmlns:own="http://example.org/own">
 <iati-activity default-currency="USD" own:unit="North">
  <iati-identifier>BR-GOV-1</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency</narrative></reporting-org>
  <title><narrative>Wells</narrative></title>
  <description><narrative>Wells are dug.</narrative></description>
  <participating-org ref="BR-GOV" type="10" role="1"/>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <!-- agreed in May -->
  <own:note>kept</own:note>
 </iati-activity>
</iati-activities>
end

$ austral import own.xml
own.xml: read 1, new 1, changed 0, unchanged 0, findings 0, ... MB/s

$ austral export iati -o out.xml
! austral: remark iati.write.version (1): published as 2.02; 2.03 allows all of it, and nothing was changed [BR-GOV-1, version]
! austral: remark iati.write.updated (1): the file's date became the record's, which had none of its own [BR-GOV-1, last-updated-datetime]

$ austral import --register second.db out.xml
out.xml: read 1, new 1, changed 0, unchanged 0, findings 0, ... MB/s

$ austral show BR-GOV-1 --source --register second.db
<iati-activity last-updated-datetime="2020-03-01T00:00:00Z" xmlns:own="http://example.org/own" default-currency="USD" own:unit="North">
  <iati-identifier>BR-GOV-1</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency</narrative></reporting-org>
  <title><narrative>Wells</narrative></title>
  <description><narrative>Wells are dug.</narrative></description>
  <participating-org ref="BR-GOV" type="10" role="1"/>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <!-- agreed in May -->
  <own:note>kept</own:note>
 </iati-activity>

$ austral export pdf
! austral: there is no format 'pdf'; known: iati, iati-organisations, geojson, tossd, crs, csv, xlsx, json
= 1
