# Money that goes from one publisher's activity to another's one to one is counted once

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
   <receiver-org ref="XM-DAC-41114" receiver-activity-id="XM-DAC-41114-WELLS"><narrative>UNDP</narrative></receiver-org>
  </transaction>
 </iati-activity>
</iati-activities>
end

file doer.xml
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
   <value currency="USD" value-date="2015-06-15">1000</value>
   <provider-org ref="BR-GOV" provider-activity-id="BR-GOV-FUND"><narrative>Brazil</narrative></provider-org>
  </transaction>
  <transaction>
   <transaction-type code="4"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">1000</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import giver.xml doer.xml
giver.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
doer.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
! 1 initiative joined from several records, 1 record not counted twice

$ austral find --format csv --columns identifier,disbursed_usd,records
identifier,disbursed_usd,records
BR-GOV-FUND,1000.00,2

$ austral show XM-DAC-41114-WELLS | grep -E '^[A-Z]|counted|joined'
Money for wells
Record of BR-GOV (Agency of Brazil), version 1 of 1, iati-2.03
  counted        yes
Record of XM-DAC-41114 (United Nations Development Programme), version 1 of 1, iati-2.03
  counted        no, financed by ...
joined with BR-GOV-FUND (BR-GOV): funded_by, Money for wells
joined with XM-DAC-41114-WELLS (XM-DAC-41114): funds, Money for wells

$ austral report flows --format csv | cut -d, -f1,3,7,8,11
provider,recipient,initiatives,contributions,disbursed_usd
BR,MZ,1,1,1000.00

$ austral report countries --format csv | cut -d, -f1,3,4,6,7
country,provides,receives,given_usd,received_usd
BR,1,0,1000.00,0.00
MZ,0,1,0.00,1000.00
