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

$ austral export csv --grain participation --columns function,organization,identifier
function,organization,identifier
funds,BR-GOV,BR-GOV-1
publisher,BR-GOV,BR-GOV-1
! austral: Participations; everything in the register; revision 3 of ...

$ austral export xlsx --columns title,identifier -o one.xlsx; sleep 1.1; austral export xlsx --columns title,identifier -o two.xlsx; cmp one.xlsx two.xlsx && echo the same bytes
the same bytes

$ austral export csv --columns title,nothing
! austral: there is no column 'nothing' at the grain initiative; there are: identifier, title, ...
= 1

$ austral export iati --columns title
! austral: --grain and --columns go with the tables csv, xlsx and json
= 1

file faulty.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity default-currency="USD" xml:lang="en">
  <iati-identifier>BR-GOV-2</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency</narrative></reporting-org>
  <title><narrative>Pumps</narrative></title>
  <description><narrative>Pumps are mended.</narrative></description>
  <participating-org ref="BR-GOV" type="10" role="1"/>
  <activity-status code="2"/>
  <recipient-country code="MZ"/>
  <sector vocabulary="1" code="14030"/>
 </iati-activity>
 <iati-activity default-currency="USD" xml:lang="en">
  <iati-identifier>BR-GOV-3</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency</narrative></reporting-org>
  <title><narrative>Tanks</narrative></title>
  <description><narrative>Tanks are built.</narrative></description>
  <participating-org ref="BR-GOV" type="10" role="1"/>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <sector vocabulary="1" code="14030"/>
 </iati-activity>
</iati-activities>
end

$ austral import --register third.db faulty.xml
...

$ austral export iati --register third.db -o all.xml

$ austral export iati --register third.db --only faultless -o passing.xml

$ austral validate passing.xml

$ austral export pdf
! austral: there is no format 'pdf'; known: iati, iati-organisations, geojson, tossd, crs, csv, xlsx, json
= 1
