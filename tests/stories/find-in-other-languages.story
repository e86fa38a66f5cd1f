# Words of one language find what another wrote: by stems, by codes, by place; the index follows

file wells.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD" xml:lang="en">
  <iati-identifier>BR-GOV-WELLS</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Wells for villages</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="ML"/>
  <sector vocabulary="1" code="14031"/>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD" xml:lang="ar">
  <iati-identifier>EG-GOV-1</iati-identifier>
  <reporting-org ref="EG-GOV" type="10"><narrative>Egyptian agency</narrative></reporting-org>
  <title><narrative>مشروع التعاون والتنمية</narrative></title>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2011-01-01"/>
  <recipient-country code="SD"/>
  <sector vocabulary="1" code="11220"/>
 </iati-activity>
</iati-activities>
end

file more.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD" xml:lang="es">
  <iati-identifier>MX-GOV-9</iati-identifier>
  <reporting-org ref="MX-GOV" type="10"><narrative>Agencia</narrative></reporting-org>
  <title><narrative>Educación rural y maíz</narrative></title>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2019-01-01"/>
  <recipient-country code="GT"/>
  <sector vocabulary="1" code="11220"/>
 </iati-activity>
</iati-activities>
end

$ austral import wells.xml
wells.xml: read 2, new 2, changed 0, unchanged 0, findings ... MB/s

$ austral index
...: revision 4, 2 initiatives, 2 indexed, 0 removed, ... MB, ... a second

$ austral find "eau au Sahel depuis 2014" --format csv | cut -d, -f1
identifier
BR-GOV-WELLS
! austral: understood 'eau' as category 140 Water Supply & Sanitation
! austral: understood 'Sahel' as grouping Sahel (countries of the UN Integrated Strategy)
! austral: understood '2014' as year 2014-

$ austral find "تعاون تنمية" --format csv | cut -d, -f1
identifier
EG-GOV-1

$ austral import more.xml
more.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral find educacion maiz --format csv | cut -d, -f1
identifier
MX-GOV-9

$ austral find '"educación rural"' --format csv | cut -d, -f1
identifier
MX-GOV-9

$ austral find vilages --format csv | cut -d, -f1
identifier
! austral: did you mean: villages

$ austral find education --recipient Sudan --format csv | cut -d, -f1
identifier
EG-GOV-1

$ austral index
...: revision 7, 3 initiatives, 0 indexed, 0 removed, ... MB, 0 a second
