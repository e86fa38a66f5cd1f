# A newer version of a record supersedes the old one, which is kept; an older file changes nothing back

file january.xml
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

file june.xml
<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity last-updated-datetime="2020-06-01T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-WELLS</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Deep wells in Mozambique</narrative></title>
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
   <value currency="USD" value-date="2015-06-15">2000.00</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import january.xml
january.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral import june.xml
june.xml: read 1, new 0, changed 1, unchanged 0, findings ... MB/s

$ austral find --format csv --columns identifier,title,disbursed_usd
identifier,title,disbursed_usd
BR-GOV-WELLS,Deep wells in Mozambique,2000.00

$ austral report publishers --format csv | cut -d, -f1-4
publisher,name,records,versions
BR-GOV,Agency of Brazil,1,2

$ austral show BR-GOV-WELLS | grep version
Record of BR-GOV (Agency of Brazil), version 2 of 2, iati-2.03

$ austral import january.xml
january.xml: read 1, new 0, changed 0, unchanged 1, findings ... MB/s

$ austral find --format csv --columns identifier,title,disbursed_usd
identifier,title,disbursed_usd
BR-GOV-WELLS,Deep wells in Mozambique,2000.00

$ austral check --format csv | cut -d, -f1,3
check,result
journal,holds
rows,holds
versions,holds
initiatives,holds
links,holds
