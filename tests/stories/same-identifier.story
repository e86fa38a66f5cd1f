# Two publishers report one identifier: one initiative, counted once, the provider's own record before the third party's

file agency.xml
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

file portal.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-WELLS</iati-identifier>
  <reporting-org ref="XM-DAC-41114" type="40" secondary-reporter="1"><narrative>United Nations Development Programme</narrative></reporting-org>
  <title><narrative>Wells in Mozambique (portal)</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">9999</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import agency.xml portal.xml
agency.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
portal.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
! 1 initiative joined from several records, 1 record not counted twice

$ austral find --format csv --columns identifier,title,disbursed_usd,publisher,records
identifier,title,disbursed_usd,publisher,records
BR-GOV-WELLS,Wells in Mozambique,1250.50,BR-GOV,2

$ austral report flows --format csv | cut -d, -f1,3,7,8,11
provider,recipient,initiatives,contributions,disbursed_usd
BR,MZ,1,2,1250.50

$ austral report publishers --format csv | cut -d, -f1,3-6
publisher,records,versions,initiatives,not_counted
BR-GOV,1,1,1,0
XM-DAC-41114,1,1,1,1

$ austral show BR-GOV-WELLS | grep -E 'Record|counted|joined'
Record of BR-GOV (Agency of Brazil), version 1 of 1, iati-2.03
  counted        yes
Record of XM-DAC-41114 (United Nations Development Programme), version 1 of 1, iati-2.03
  counted        no, same as ...
joined with BR-GOV-WELLS (XM-DAC-41114): same_identifier, Wells in Mozambique

$ austral check --format csv | cut -d, -f1,3
check,result
journal,holds
rows,holds
versions,holds
initiatives,holds
links,holds
