# A file is judged without a register; the exit status says how it went

file wells.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD" xml:lang="en">
  <iati-identifier>BR-GOV-WELLS</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Wells in Mozambique</narrative></title>
  <description><narrative>Wells</narrative></description>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="01/02/2015"/>
  <recipient-country code="MZ"/>
  <sector vocabulary="1" code="14031"/>
  <colour/>
 </iati-activity>
</iati-activities>
end

$ austral validate wells.xml | head -2
wells.xml: not valid: activity file, version 2.03, 1 activity
  2 critical, ...

$ austral validate wells.xml | grep -A 3 'once: <colour'
Critical 0.3.1, once: <colour> is not an element of <iati-activity> in IATI 2.03
  How to mend it: Remove it
    line 13, column 3  BR-GOV-WELLS (Wells in Mozambique)
      the colour

$ austral validate --format csv wells.xml | grep iso-date | cut -d, -f1-3
wells.xml,critical,0.3.1

$ austral validate -o report.txt wells.xml
= 1

$ austral validate nothing.xml >report.txt
= 2

$ austral validate --format pdf wells.xml
! austral: unknown format 'pdf'; there are text, json, csv and html
= 1
