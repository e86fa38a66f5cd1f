# The framework of collaboration comes from coded facts by rules, and each initiative says which rule fired

file rules.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-tag-triangular</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>tag-triangular</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <tag vocabulary="99" code="FC02"><narrative>triangular</narrative></tag>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-tag-south-south</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>tag-south-south</narrative></title>
  <participating-org ref="DE-1" type="10" role="1"><narrative>Germany</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <tag vocabulary="99" code="FC01"><narrative>South-South</narrative></tag>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-tag-support</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>tag-support</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <tag vocabulary="99" code="FC03"><narrative>support</narrative></tag>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-collaboration-triangular</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>collaboration-triangular</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <collaboration-type code="8"/>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-partners-triangular</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>partners-triangular</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <participating-org ref="DE-1" type="10" role="1"><narrative>Germany</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-partners-support</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>partners-support</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <participating-org ref="XM-DAC-41114" type="40" role="1"><narrative>UNDP</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-partners-facilitated</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>partners-facilitated</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <participating-org ref="JP-8" type="10" role="4"><narrative>JICA</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-partners-south-south</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>partners-south-south</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-southern-institution</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>southern-institution</narrative></title>
  <participating-org ref="1024" type="40" role="1"><narrative>Asian Infrastructure Investment Bank</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-none-north</iati-identifier>
  <reporting-org ref="DE-1" type="10"><narrative>Germany</narrative></reporting-org>
  <title><narrative>none-north</narrative></title>
  <participating-org ref="DE-1" type="10" role="1"><narrative>Germany</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-none-title-of-a-target</iati-identifier>
  <reporting-org ref="DE-1" type="10"><narrative>Germany</narrative></reporting-org>
  <title><narrative>none-title-of-a-target</narrative></title>
  <participating-org ref="DE-1" type="10" role="1"><narrative>Germany</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <tag vocabulary="3" code="17.9"><narrative>Enhance North-South, South-South and triangular cooperation</narrative></tag>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>T-none-own-money</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>none-own-money</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="BR"/>
 </iati-activity>
</iati-activities>
end

$ austral import rules.xml
rules.xml: read 12, new 12, changed 0, unchanged 0, findings ... MB/s

$ austral find --format csv --columns identifier,framework_name,rule | sort
T-collaboration-triangular,Triangular,collaboration-triangular
T-none-north,Other,none
T-none-own-money,Other,none
T-none-title-of-a-target,Other,none
T-partners-facilitated,Triangular,partners-facilitated
T-partners-south-south,South-South,partners-south-south
T-partners-support,Multilateral support,partners-support
T-partners-triangular,Triangular,partners-triangular
T-southern-institution,South-South,southern-institution
T-tag-south-south,South-South,tag-south-south
T-tag-support,Multilateral support,tag-support
T-tag-triangular,Triangular,tag-triangular
identifier,framework_name,rule

$ austral show T-partners-south-south | grep -E 'framework|because|on facts'
  framework      South-South
  because        Developing countries provide to developing countries. [partners-south-south]
  on facts       providers: BR (country prefix of the reference); recipients: MZ (named as recipient); memberships of: 2015

$ austral show T-partners-facilitated | grep -E 'framework|because|on facts'
  framework      Triangular
  because        A developing country provides to another, and a developed country manages or carries out. [partners-facilitated]
  on facts       providers: BR (country prefix of the reference); recipients: MZ (named as recipient); facilitators: JP (organization list); memberships of: 2015

$ austral show T-none-title-of-a-target | grep -E 'framework|because|on facts'
  framework      Other
  because        No rule fits... [none]
  on facts       providers: DE (organization list); recipients: MZ (named as recipient); memberships of: 2015
