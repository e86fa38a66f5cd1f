# A first import makes the register, counts what it read, and every number can be followed

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
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-MILK</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>Milk banks in Peru</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2015-01-01"/>
  <recipient-country code="PE"/>
  <sector vocabulary="1" code="12240"/>
  <transaction>
   <transaction-type code="3"/><transaction-date iso-date="2015-06-15"/>
   <value currency="USD" value-date="2015-06-15">700</value>
  </transaction>
 </iati-activity>
</iati-activities>
end

$ austral import wells.xml
wells.xml: read 2, new 2, changed 0, unchanged 0, findings ... MB/s

$ austral find
Initiatives

Identifier    Title                Providers  Recipients  Framework    Start       Disbursed (USD)
────────────  ───────────────────  ─────────  ──────────  ───────────  ──────────  ───────────────
BR-GOV-WELLS  Wells in Mozambique  Brazil     Mozambique  South-South  2015-01-01         1,250.50
BR-GOV-MILK   Milk banks in Peru   Brazil     Peru        South-South  2015-01-01           700.00

2 rows
Source: records as published, priced at the exchange rate of their value date
Revision: 4

$ austral find wells --format csv
identifier,title,providers,provider_names,recipients,recipient_names,facilitators,facilitator_names,framework,framework_name,rule,status,status_name,start,end,sectors,sector_names,goals,goal_names,targets,target_names,regions,region_names,modalities,modality_names,flow_types,flow_type_names,budgeted_usd,committed_usd,disbursed_usd,publisher,publisher_name,records,updated,permalink
BR-GOV-WELLS,Wells in Mozambique,BR,Brazil,MZ,Mozambique,,,south_south,South-South,partners-south-south,2,Implementation,2015-01-01,,14031,Basic drinking water supply,,,,,,,,,,,,5000.00,1250.50,BR-GOV,Agency of Brazil,1,2020-01-10,/initiatives/BR-GOV-WELLS

$ austral report flows
Flows between partners

Provider code  Provider  Recipient code  Recipient   Year  Framework    Initiatives  Contributions  Budgeted (USD)  Committed (USD)  Disbursed (USD)  Without price
─────────────  ────────  ──────────────  ──────────  ────  ───────────  ───────────  ─────────────  ──────────────  ───────────────  ───────────────  ─────────────
BR             Brazil    MZ              Mozambique  2015  South-South            1              2               –         5,000.00         1,250.50              0
BR             Brazil    PE              Peru        2015  South-South            1              1               –             –              700.00              0

2 rows
– = unknown
Source: records as published, priced at the exchange rate of their value date
Revision: 4

$ austral report publishers --format csv | cut -d, -f1-6
publisher,name,records,versions,initiatives,not_counted
BR-GOV,Agency of Brazil,2,2,2,0

$ austral check
Integrity of the register

Check        Examined  Result
───────────  ────────  ──────
journal             4  holds
rows ... holds
versions            2  holds
initiatives         2  holds
links               0  holds

5 rows
Source: ...
