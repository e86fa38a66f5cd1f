# An office imports its pay table and the UN's rates, corrects a cell, and sees what changed

file pay.csv
Series;Grade;Country;From;To;Value;Unit;Currency;Source
salary;A;Brazil;2024-01-01;;18.000,00;per month;BRL;Pay table 2024
employer charge;;BR;2024-01-01;;28%;;;Law 1
months paid;;BR;2024-01-01;;13;;;Law 2
working days;;BR;2024-01-01;;220;;;Law 2
salary;B;Brazil;2024-01-01;;228.000,00;year;BRL;Pay table 2024
end

file corrected.csv
Series;Grade;Country;From;To;Value;Unit;Currency;Source
salary;A;Brazil;2024-01-01;;18.500,00;per month;BRL;Pay table 2024
employer charge;;BR;2024-01-01;;28%;;;Law 1
months paid;;BR;2024-01-01;;13;;;Law 2
salary;B;Brazil;2024-01-01;;19.000,00;month;BRL;Pay table 2024
end

file rates.csv
Country,Currency,Effective Date,Rate
Brazil,BRL Real,01 Jun 2016,3.57
Kenya,KES Kenya Shilling,01 Jun 2016,100.8
Brazil,BRL Real,15 Jun 2016,3.45
end

$ austral prices show ppp --country Brazil --year 2024 --format csv | cut -d, -f1-8
series,key,country,from,to,value,unit,currency
ppp,,BR,2024-01-01,2024-12-31,2.487317189,,BRL

$ austral prices import pay.csv
pay: version 1; read 5, left out 1; added 4, changed 0, removed 0, unchanged 0; findings 2
! austral: pay.csv: G6: it is per 'year'; a price of salary is per month: convert the value and write that unit
! austral: pay.csv: read as text separated by semicolons: 6 of the first 6 lines have 9 cells
= 2

$ austral prices import corrected.csv --set pay
pay: version 2; read 4, left out 0; added 1, changed 1, removed 1, unchanged 2; findings 1
! austral: corrected.csv: read as text separated by semicolons: 5 of the first 5 lines have 9 cells

$ austral prices show salary --country BR --format csv
series,key,country,from,to,value,unit,currency,source,set
salary,A,BR,2024-01-01,,18500,month,BRL,Pay table 2024,pay
salary,B,BR,2024-01-01,,19000,month,BRL,Pay table 2024,pay

$ austral prices show salary --set pay --version 1 --format csv
series,key,country,from,to,value,unit,currency,source,set
salary,A,BR,2024-01-01,,18000,month,BRL,Pay table 2024,pay

$ austral prices import rates.csv
! austral: rates.csv does not say where its prices come from; add a column 'source', or say --source "document, edition, page"
= 1

$ austral prices import rates.csv --source 'UN Treasury, June 2016'
rates: version 1; read 3, left out 0; added 3, changed 0, removed 0, unchanged 0; findings 1
! austral: rates.csv: read as text separated by commas: 4 of the first 4 lines have 4 cells

$ austral prices show exchange_rate --key brl --format csv
series,key,country,from,to,value,unit,currency,source,set
exchange_rate,BRL,,2016-06-01,2016-06-14,3.57,,BRL,"UN Treasury, June 2016",rates
exchange_rate,BRL,,2016-06-15,2016-06-30,3.45,,BRL,"UN Treasury, June 2016",rates

$ austral prices check --format csv
severity,place,rule,message

$ austral prices show wages
! austral: 'wages' is no series of prices; there are salary, months_paid, ...
= 1

$ austral prices remove rates
rates: removed 3

$ austral prices sets --format csv | cut -d, -f1-3
set,version,prices
pay,2,4
rates,2,0

$ austral check | grep -c holds
5
