# A sheet of an office's own is proposed, tried, corrected, imported, remembered and read again

file projects.csv
Código;Nombre del proyecto;País receptor;Estado;Monto;Moneda;Año;Observación interna
A-1;Semillas para el altiplano;Bolivia;Terminado;1.250.000,50;USD;2015;revisar
A-2;Salud rural en la costa;Perú;En curso;3.000,00;USD;2016;
;TOTAL;;;1.253.000,50;;;
A-3;Puentes;Atlántida;En curso;mucho;USD;2016;
end

file projects.yaml
# Projects of a ministry that lends its experience.
mapping: my-projects
language: es
fields:
  publisher: {value: AR-GOV-MFA}
  publisher_name: {value: Ministry of Foreign Affairs}
  publisher_type: {value: "10"}
  provider_country: {value: AR}
  identifier: {column: Código, prefix: AR-GOV-MFA-}
  title: Nombre del proyecto
  recipient: País receptor
  status: {column: Estado, values: {Terminado: Closed, En curso: Implementation}}
  amount: Monto
  kind: {value: disbursement}
  currency: Moneda
  year: Año
end

file faulty.yaml
mapping: my-projects
fields:
  publisher: {value: AR-GOV-MFA}
  tittle: Nombre del proyecto
end

$ austral import projects.csv
! austral: projects.csv is neither XML nor JSON; what can be read: ...; projects.csv is a sheet whose headers no mapping fits; ...
= 2

$ austral mapping propose projects.csv --format csv | cut -d, -f1-2
column,field
Código,identifier
Nombre del proyecto,title
País receptor,recipient
Estado,status
Monto,amount
Moneda,currency
Año,year
Observación interna,

$ austral mapping check faulty.yaml
! austral: faulty.yaml: line 4: 'tittle' is no field; do you mean 'title'?
= 1

$ austral mapping preview projects.csv --mapping projects.yaml --format csv | cut -d, -f1-3,6,8
identifier,title,status,recipients,contributions
AR-GOV-MFA-A-1,Semillas para el altiplano,4,BO,disbursement 1250000.50 USD 2015-01-01
AR-GOV-MFA-A-2,Salud rural en la costa,2,PE,disbursement 3000.00 USD 2016-01-01
AR-GOV-MFA-A-3,Puentes,2,,

$ austral mapping preview projects.csv --mapping projects.yaml --problems --format csv | cut -d, -f1-3 | grep cell
severity,cell,rule
warning,C5,cell.recipient
warning,E5,cell.amount

$ austral import projects.csv --mapping projects.yaml
projects.csv: read 3, new 3, changed 0, unchanged 0, findings ... MB/s

$ austral import projects.csv
projects.csv: read 3, new 0, changed 0, unchanged 3, findings ... MB/s
! austral: projects.csv is read by the mapping my-projects, whose headers fit

$ austral find altiplano --format csv --columns identifier,title,provider_names,recipient_names,disbursed_usd
identifier,title,provider_names,recipient_names,disbursed_usd
AR-GOV-MFA-A-1,Semillas para el altiplano,Argentina,Bolivia,1250000.50

$ austral show AR-GOV-MFA-A-3 --source
...
{"rows":[{"columns":{"Código":"A-3","Nombre del proyecto":"Puentes","País receptor":"Atlántida","Estado":"En curso","Monto":"mucho","Moneda":"USD","Año":"2016"}}]}
...

$ austral mapping list --format csv | grep my-projects | cut -d, -f1,3
my-projects,register

$ austral mapping show my-projectz
! austral: no mapping is called 'my-projectz'; do you mean 'my-projects'?
= 1

$ austral check
Integrity of the register

Check ...
...
journal ... holds
rows ... holds
versions ... holds
initiatives ... holds
links ... holds
...
