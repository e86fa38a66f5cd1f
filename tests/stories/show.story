# An initiative is shown with its records, the rule behind its framework, and its source as published

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

$ austral show BR-GOV-WELLS
Wells in Mozambique

  identifier     BR-GOV-WELLS
  providers      Brazil (BR)
  recipients     Mozambique (MZ)
  sectors        Basic drinking water supply (14031)
  status         Implementation
  dates          2015-01-01 to
  committed      5000.00 USD
  disbursed      1250.50 USD
  framework      South-South
  because        Developing countries provide to developing countries. [partners-south-south]
  on facts       providers: BR (country prefix of the reference); recipients: MZ (named as recipient); memberships of: 2015

Record of BR-GOV (Agency of Brazil), version 1 of 1, iati-2.03
  identifier     BR-GOV-WELLS
  updated        2020-01-10T00:00:00Z
  counted        yes
  funds          Government of Brazil [BR-GOV]
  contributions  2
  results        0
  locations      0
  documents      0

$ austral show BR-GOV-WELLS --source
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

$ austral show BR-GOV-WELLS --format json | grep -o '"rule": *"[a-z-]*"'
"rule":"partners-south-south"

$ austral show BR-GOV-NONE
! austral: no initiative has the identifier 'BR-GOV-NONE'; austral find WORDS lists those that there are
= 1

$ austral show BR-GOV-NONE --source
! austral: no record has the identifier 'BR-GOV-NONE'
= 1
