# Days, scholarships and an ambulance become a table, get a price, are bridged, frozen, recomputed

file prices.csv
Series;Key;Country;From;To;Value;Unit;Currency;Source
public spending;tertiary;BR;2024-01-01;2024-12-31;120.000.000;year;BRL;An invented budget 2024
enrolment;tertiary;BR;2024-01-01;2024-12-31;12.000;;;An invented register of students 2024
end

$ austral import $EXAMPLES/measurement/example.csv --mapping $EXAMPLES/measurement/example.yaml
... read 4, new 4, changed 0, unchanged 0, findings 2, ... MB/s

$ austral measure --methodology unctad --format csv | grep '^B,\|^B[1256],\|^A+B\|^C[1245]'
B,Non-financial modalities with a computed value,49871.72,49871.72,63134.11,26.6,,,,,
B1,Technical cooperation: experts' time,11368.75,11368.75,24631.14,116.7,,,1,1,M1
B2,Technical cooperation: travel and allowances,2364.10,2364.10,2364.10,0.0,,,1,1,M0
B5,"Scholarships, student costs",30061.60,30061.60,30061.60,0.0,,,1,1,M5s
B6,In-kind donations,6077.27,6077.27,6077.27,0.0,,,1,1,M6
C1,Experts,,,,,1,person,1,1,
C1,"  sex: F",,,,,1,person,,,
C2,Experts' time,,,,,45,person-day,1,1,
C4,Scholarships,,,,,,,0,,
C4m,Months of scholarships,,,,,108,person-month,1,1,
C5,"Missions, exchanges, study visits",,,,,4,trip,1,1,
A+B,"Monetised South-South cooperation, A + B",49871.72,49871.72,63134.11,26.6,,,,,
! austral: 2 prices are missing; `--show needs` lists them

$ austral measure --show needs --format csv
series,key,country,year
enrolment,tertiary,BR,2024
public_spending,tertiary,BR,2024
! austral: 2 prices are missing; `--show needs` lists them

$ austral measure --show left-out --format csv
reason,why,rows,initiatives
no_price,A price or an exchange rate is missing.,1,1
! austral: 2 prices are missing; `--show needs` lists them

$ austral measure --show left-out --reason no_price --format csv | cut -d, -f1,3-8
initiative,day,provider,recipient,stated,unit,reason
XX-EXAMPLE-X-2,2024-12-15,BR,TL,12,person,no_price
! austral: 2 prices are missing; `--show needs` lists them

$ austral prices import prices.csv
prices: version 1; read 2, left out 0; added 2, changed 0, removed 0, unchanged 0; findings 1
! austral: prices.csv: read as text separated by semicolons: 3 of the first 3 lines have 9 cells

$ austral measure --show left-out --format csv
reason,why,rows,initiatives

$ austral measure --format csv | grep '^B5\|^A+B'
B5,"Scholarships, student costs",52329.45,52329.45,52329.45,0.0,,,2,1,"M5 (1), M5s (1)"
A+B,"Monetised South-South cooperation, A + B",72139.57,72139.57,85401.96,18.4,,,,,

$ austral measure --show rows --item B5 --format csv | cut -d, -f1,3-16
initiative,day,provider,recipient,stated,unit,code,quantity,method,formula,native,currency,rate,rate_source,amount
XX-EXAMPLE-X-2,2024-12-15,BR,TL,108,person-month,B5,,M5s,108 * 1500,162000,BRL,5.3889,BRL average of 2024,30061.60
XX-EXAMPLE-X-2,2024-12-15,BR,TL,12,person,B5,,M5,12 * 120000000 / 12000,120000,BRL,5.3889,BRL average of 2024,22267.85

$ austral bridge unctad oda-cash --format csv
cause,left_item,right_item,rows,left,right,difference
"Only in the first: Time, persons and goods are no money, whatever they are worth.",B5,,2,52329.45,0.00,-52329.45
"Only in the first: Time, persons and goods are no money, whatever they are worth.",B1,,1,11368.75,0.00,-11368.75
"Only in the first: Time, persons and goods are no money, whatever they are worth.",B6,,1,6077.27,0.00,-6077.27
Only in the first: The amount is the value of work or goods that were given in kind.,B2,,1,2364.10,0.00,-2364.10
Total,,,5,72139.57,0.00,-72139.57

$ austral measure --freeze answer.json --format csv | grep ^A+B
A+B,"Monetised South-South cooperation, A + B",72139.57,72139.57,85401.96,18.4,,,,,

$ austral recompute answer.json
answer.json: computed again from its own facts and prices, every byte is the same

$ sed 's/"30061.5989/"30062.5989/' answer.json > changed.json; austral recompute changed.json
changed.json: line 44 says ["4","B5","M5s","30062.598966361684"],; computed again it is ["4","B5","M5s","30061.598966361684"],
= 2

$ austral measure --methodology unctat
! austral: there is no methodology 'unctat'; there are: ...
= 1
