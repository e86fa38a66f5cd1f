# Reports are listed, an unknown one or an unknown filter is refused by name

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

$ austral report --list --format csv | cut -d, -f1,2,3
name,title,filters
breakdown,Breakdown,by perspective price_year provider recipient facilitator sector goal year since until framework status publisher organization critical_area modality flow_type region marker provider_in recipient_in funds answers_for manages carries_out
flows,Flows between partners,provider recipient year framework
allocation,Allocations,provider recipient year framework perspective price_year
countries,Countries,framework year
publishers,Publishers,
contributions,Contributions,provider recipient year framework kind initiative

$ austral report flow
! austral: there is no report 'flow'; there are: breakdown, flows, allocation, countries, publishers, contributions
= 1

$ austral report publishers --year 2015
! austral: the report 'publishers' cannot be filtered by year; it takes no filters
= 1

$ austral report flows --provider Brazil --year 2015 --framework south_south --format csv | cut -d, -f1,3,5,6
provider,recipient,year,framework
BR,MZ,2015,South-South

$ austral report flows --year 1066 --format csv | wc -l
1

$ austral report flows --kind nonsense
! austral: 'nonsense' is no kind of contribution; use budgeted, committed, disbursed, flows (all three) or a kind such as pledge or planned_disbursement
= 1
