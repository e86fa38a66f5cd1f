# One activity that finances two others is not merged with them, and its money counts once

file giver.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-FUND</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Money for wells</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">1000</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

file doers.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>XM-DAC-41114-WELLS</iati-identifier>
  <reporting-org ref="XM-DAC-41114" type="40"><narrative>United Nations Development Programme</narrative></reporting-org>
  <title><narrative>Wells carried out</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Brazil</narrative></participating-org>
  <participating-org ref="XM-DAC-41114" type="40" role="4"><narrative>UNDP</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <transaction>
   <transaction-type code="1"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">600</value>
   <provider-org ref="BR-GOV" provider-activity-id="BR-GOV-FUND"><narrative>Brazil</narrative></provider-org>
  </transaction>
  <transaction>
   <transaction-type code="4"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">600</value>
  </transaction>
 </iati-activity>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>XM-DAC-41114-PUMPS</iati-identifier>
  <reporting-org ref="XM-DAC-41114" type="40"><narrative>United Nations Development Programme</narrative></reporting-org>
  <title><narrative>Wells carried out</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Brazil</narrative></participating-org>
  <participating-org ref="XM-DAC-41114" type="40" role="4"><narrative>UNDP</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <transaction>
   <transaction-type code="1"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">400</value>
   <provider-org ref="BR-GOV" provider-activity-id="BR-GOV-FUND"><narrative>Brazil</narrative></provider-org>
  </transaction>
  <transaction>
   <transaction-type code="4"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">400</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import giver.xml doers.xml
giver.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
doers.xml: read 2, new 2, changed 0, unchanged 0, findings ... MB/s

$ austral find --format csv --columns identifier,disbursed_usd,records
identifier,disbursed_usd,records
BR-GOV-FUND,1000.00,1
XM-DAC-41114-WELLS,,1
XM-DAC-41114-PUMPS,,1

$ austral show XM-DAC-41114-PUMPS | grep -E 'counted|linked|joined'
  counted        no, financed by ...
linked to BR-GOV-FUND (BR-GOV): funded_by, Money for wells

$ austral report flows --format csv | cut -d, -f1,3,5,6,7,8,11
provider,recipient,year,framework,initiatives,contributions,disbursed_usd
BR,MZ,2015,South-South,3,1,1000.00

# The list under the filters of that row shows the same three.
$ austral find --provider BR --recipient MZ --year 2015 --framework south_south --format csv --columns identifier
identifier
BR-GOV-FUND
XM-DAC-41114-WELLS
XM-DAC-41114-PUMPS
