# Initiatives are found by words and by each filter; several filters narrow, values of one widen

file three.xml
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
  <tag vocabulary="3" code="6.1"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">1250.50</value>
  </transaction>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>IN-GOV-SOLAR</iati-identifier>
  <reporting-org ref="IN-GOV" type="10"><narrative>Agency of India</narrative></reporting-org>
  <title><narrative>Solar training in Ghana</narrative></title>
  <participating-org ref="IN-GOV" type="10" role="1"><narrative>Government of India</narrative></participating-org>
  <participating-org ref="DE-1" type="10" role="1"><narrative>Germany</narrative></participating-org>
  <activity-status code="4"/>
  <activity-date type="2" iso-date="2012-03-01"/>
  <activity-date type="4" iso-date="2013-06-30"/>
  <recipient-country code="GH"/>
  <sector vocabulary="1" code="23230"/>
  <tag vocabulary="2" code="7"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2012-05-01"/>
   <value currency="USD" value-date="2012-05-01">900</value>
  </transaction>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>FR-6-ROAD</iati-identifier>
  <reporting-org ref="FR-6" type="10"><narrative>Agency of France</narrative></reporting-org>
  <title><narrative>A road in Ghana</narrative></title>
  <participating-org ref="FR-6" type="10" role="1"><narrative>Government of France</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="GH"/>
  <sector vocabulary="1" code="21020"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">100</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import three.xml
three.xml: read 3, new 3, changed 0, unchanged 0, findings ... MB/s

$ austral find --format csv training | cut -d, -f1
identifier
IN-GOV-SOLAR

$ austral find --format csv 'WELLS mozambique' | cut -d, -f1
identifier
BR-GOV-WELLS

$ austral find --format csv --provider Brazil | cut -d, -f1
identifier
BR-GOV-WELLS

$ austral find --format csv --provider DE | cut -d, -f1
identifier
IN-GOV-SOLAR

$ austral find --format csv --recipient Ghana | cut -d, -f1
identifier
FR-6-ROAD
IN-GOV-SOLAR

$ austral find --format csv --recipient GH --recipient MZ | cut -d, -f1
identifier
BR-GOV-WELLS
FR-6-ROAD
IN-GOV-SOLAR

$ austral find --format csv --sector 140 | cut -d, -f1
identifier
BR-GOV-WELLS

$ austral find --format csv --sector 14031 | cut -d, -f1
identifier
BR-GOV-WELLS

$ austral find --format csv --goal 6 | cut -d, -f1
identifier
BR-GOV-WELLS

$ austral find --format csv --goal 6.1 | cut -d, -f1
identifier
BR-GOV-WELLS

$ austral find --format csv --goal 7 | cut -d, -f1
identifier
IN-GOV-SOLAR

$ austral find --format csv --year 2013 | cut -d, -f1
identifier
IN-GOV-SOLAR

$ austral find --format csv --framework triangular | cut -d, -f1
identifier
IN-GOV-SOLAR

$ austral find --format csv --framework FC01 | cut -d, -f1
identifier
BR-GOV-WELLS

$ austral find --format csv --framework other | cut -d, -f1
identifier
FR-6-ROAD

$ austral find --format csv --status closed | cut -d, -f1
identifier
IN-GOV-SOLAR

$ austral find --format csv --status 2 | cut -d, -f1
identifier
BR-GOV-WELLS
FR-6-ROAD

$ austral find --format csv --publisher FR-6 | cut -d, -f1
identifier
FR-6-ROAD

$ austral find --format csv --organization IN-GOV | cut -d, -f1
identifier
IN-GOV-SOLAR

$ austral find --format csv --recipient Ghana --year 2012 | cut -d, -f1
identifier
IN-GOV-SOLAR

$ austral find --format csv --facilitator BR | cut -d, -f1
identifier

$ austral find --format csv nothing-like-it | cut -d, -f1
identifier

$ austral find --recipient Atlantis
! austral: 'Atlantis' is no country; use an ISO 3166 code such as KE, or its name in ...
= 1

$ austral find --provider Atlantis --format csv | wc -l
1
! austral: no initiative has 'Atlantis' as provider

$ austral find --year soon
! austral: 'soon' is no year; use four digits, such as 2015
= 1

$ austral find --framework friendly
! austral: 'friendly' is no framework of collaboration; use south_south (FC01), triangular (FC02), multilateral_support (FC03) or other
= 1

$ austral find --status busy
! austral: 'busy' is no status; use one of 1 Pipeline/identification, 2 Implementation, 3 Finalisation, 4 Closed, 5 Cancelled, 6 Suspended
= 1

$ austral find --sector water
! austral: 'water' is no sector; use a block (3 digits, such as 100 social infrastructure), a DAC category (3 digits, such as 140 water) or a CRS purpose (5 digits, such as 14030)
= 1

$ austral find --goal 99
! austral: '99' is no Sustainable Development Goal (1 to 17) or target (such as 6.1)
= 1
