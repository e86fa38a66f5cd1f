# IATI 1.05 is read like 2.03

file old.xml
<iati-activities version="1.05">
 <iati-activity default-currency="USD" last-updated-datetime="2014-01-01T00:00:00">
  <reporting-org ref="BR-GOV" type="10">Agency of Brazil</reporting-org>
  <iati-identifier>BR-GOV-OLD</iati-identifier>
  <title>Sesame seed</title>
  <activity-status code="2">Implementation</activity-status>
  <activity-date type="start-actual" iso-date="2012-02-01">2012</activity-date>
  <participating-org role="Funding" ref="BR-GOV" type="10">Brazil</participating-org>
  <recipient-country code="BJ">Benin</recipient-country>
  <transaction>
   <transaction-type code="D">Disbursement</transaction-type>
   <transaction-date iso-date="2012-03-01"/>
   <value value-date="2012-03-01">250</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import old.xml
old.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral find --format csv --columns identifier,title,provider_names,recipient_names,framework_name,status_name,start,disbursed_usd
identifier,title,provider_names,recipient_names,framework_name,status_name,start,disbursed_usd
BR-GOV-OLD,Sesame seed,Brazil,Benin,South-South,Implementation,2012-02-01,250.00
