# A record that names another's identifier as its own other identifier is the same initiative

file provider.xml
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

file recipient.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>MZ-GOV-17</iati-identifier>
  <reporting-org ref="MZ-GOV" type="10"><narrative>Government of Mozambique</narrative></reporting-org>
  <title><narrative>Poços</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Brasil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="MZ"/>
  <other-identifier ref="BR-GOV-WELLS" type="A9"/>
  <transaction>
   <transaction-type code="1"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">1250.50</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import provider.xml recipient.xml
provider.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
recipient.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s
! 1 initiative joined from several records, 1 record not counted twice

$ austral find --format csv --columns identifier,disbursed_usd,records
identifier,disbursed_usd,records
BR-GOV-WELLS,1250.50,2

$ austral show MZ-GOV-17 | grep -E '^[A-Z]|counted|joined'
Wells in Mozambique
Record of BR-GOV (Agency of Brazil), version 1 of 1, iati-2.03
  counted        yes
Record of MZ-GOV (Government of Mozambique), version 1 of 1, iati-2.03
  counted        no, same as ...
joined with BR-GOV-WELLS (BR-GOV): other_identifier, Wells in Mozambique

$ austral report flows --format csv | cut -d, -f1,3,7,8,10,11
provider,recipient,initiatives,contributions,committed_usd,disbursed_usd
BR,MZ,1,2,5000.00,1250.50
