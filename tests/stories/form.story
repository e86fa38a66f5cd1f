# A form goes out, comes back changed, is compared cell by cell and entered once

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
 </iati-activity>
</iati-activities>
end

file fill.py
# Types another title into the form, as an office would.
import zipfile
before = zipfile.ZipFile('form.xlsx')
after = zipfile.ZipFile('sent.xlsx', 'w')
for name in before.namelist():
    after.writestr(name, before.read(name).replace(b'>Wells in Mozambique<', b'>=Deep wells<'))
after.close()
end

$ austral import wells.xml
wells.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral template --language ar -o form.xlsx

$ austral template compare form.xlsx --format csv
kind,identifier,field,given,in_force,sheet,cell

$ python3 fill.py

$ austral template compare sent.xlsx --format json | grep -c Deep
1

$ austral import sent.xlsx
sent.xlsx: read 1, new 0, changed 1, unchanged 0, findings ... MB/s

$ austral import sent.xlsx
sent.xlsx: read 1, new 0, changed 0, unchanged 1, findings ... MB/s

$ austral find --format json --columns identifier,title | grep -c "=Deep wells"
1

$ austral check --format csv | cut -d, -f1,3
check,result
journal,holds
rows,holds
versions,holds
initiatives,holds
links,holds
