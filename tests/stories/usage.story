# A command line that is not understood ends with 64 and says what is wrong

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

$ austral --version
0.1.0

$ austral
Austral: the register of South-South and triangular cooperation
Usage: austral [OPTIONS] [SUBCOMMAND]

Options:
  -h,--help                   Print this help message and exit
  --version                   Display program version information and exit

Subcommands:
  import                      Read files into the register
  validate                    Judge IATI files as the official validator does
  mapping                     Make and try the mapping of a sheet of your own
  template                    Make a form to fill offline; compare one that came back
  find                        Find initiatives by words and filters
  index                       Bring the index of words up to the register
  show                        Show all that is known of one initiative
  report                      Make a report, or list them all
  measure                     Measure contributions by a methodology
  bridge                      Tell why two methodologies give two answers
  methodology                 Check, publish, read and compare methodologies
  recompute                   Compute a frozen answer again
  export                      Write records as IATI, GeoJSON or tables
  prices                      Import, show and check dated prices
  check                       Check the register's integrity
  serve                       Serve the web pages

Results go to standard output, remarks to standard error. 'austral COMMAND --help' has an example.

$ austral conquer
! The following argument was not expected: conquer
! Run with --help for more information.
= 64

$ austral import
! files is required
! Run with --help for more information.
= 64

$ austral find --colour blue
! The following argument was not expected: --colour
! Run with --help for more information.
= 64

$ austral import --help
Read files into the register
Usage: austral import [OPTIONS] files...

Positionals:
  files TEXT ... REQUIRED     Files to read; also gzip or zip

Options:
  -h,--help                   Print this help message and exit
  --register PATH|postgresql://...=./austral.db (Env:AUSTRAL_REGISTER)
                              The register: a file, or postgresql://...
  --as TEXT                   The files' format, where it should not be recognised: iati
  --mapping TEXT              Of sheets: how they are read, by a mapping's name or file
  --sheet TEXT                The sheet, where a workbook has several
  --member TEXT               The file inside an archive with several
  --take TEXT:{register,sheet}=register
                              Of forms, where sheet and register changed the same: register or sheet

Example:
  austral import activities.xml organisations.xml.gz

$ austral find --help
Find initiatives by words and filters
Usage: austral find [OPTIONS] [words...]

Positionals:
  words TEXT ...              Words in any language; of a title in double quotes: side by side

Options:
  -h,--help                   Print this help message and exit
  --register PATH|postgresql://...=./austral.db (Env:AUSTRAL_REGISTER)
                              The register: a file, or postgresql://...
  --format TEXT=table         table, csv, json or xlsx
  -o,--output FILE            Write to this file
  --lang TEXT=en              Language of names: en fr es ar ru zh pt
  --provider VALUE ...        Country (name or code) or organization
  --recipient VALUE ...       Country (name or code)
  --facilitator VALUE ...     Country or organization
  --sector VALUE ...          DAC category (3 digits) or CRS purpose (5 digits)
  --goal VALUE ...            Sustainable Development Goal (6) or target (6.1)
  --year VALUE ...            A year in which it ran
  --framework VALUE ...       south_south, triangular, multilateral_support or other
  --status VALUE ...          IATI activity status, by code or word
  --publisher VALUE ...       The reporting organization's reference
  --organization VALUE ...    An organization taking part, by reference
  --critical_area VALUE ...   A critical area of paragraph 12
  --index PATH                The folder of the index of words
  --sort TEXT=relevance       relevance (of words), start, title, disbursed_usd ... (as columns are called)
  --limit INT                 At most so many; 0: all
  --grain TEXT                One row is an initiative, a contribution or a participation
  --columns NAME,NAME         Names of columns, in the order wanted

Example:
  austral find water --recipient Kenya --framework south_south --year 2015

$ austral report --help
Make a report, or list them all
Usage: austral report [OPTIONS] [name]

Positionals:
  name TEXT                   The report's name

Options:
  -h,--help                   Print this help message and exit
  --register PATH|postgresql://...=./austral.db (Env:AUSTRAL_REGISTER)
                              The register: a file, or postgresql://...
  --format TEXT=table         table, csv, json or xlsx
  -o,--output FILE            Write to this file
  --lang TEXT=en              Language of names: en fr es ar ru zh pt
  --list                      List the reports
  --answers_for VALUE ...     Filter by answers_for
  --by VALUE ...              Dimensions of a breakdown, separated by commas
  --carries_out VALUE ...     Filter by carries_out
  --critical_area VALUE ...   Filter by critical_area
  --facilitator VALUE ...     Filter by facilitator
  --flow_type VALUE ...       Filter by flow_type
  --framework VALUE ...       Filter by framework
  --funds VALUE ...           Filter by funds
  --goal VALUE ...            Filter by goal
  --kind VALUE ...            Filter by kind
  --manages VALUE ...         Filter by manages
  --marker VALUE ...          Filter by marker
  --modality VALUE ...        Filter by modality
  --organization VALUE ...    Filter by organization
  --perspective VALUE ...     Whose records are asked: reconciled, provider or recipient
  --prices,--price_year VALUE ...
                              US dollars at the prices of that year
  --provider VALUE ...        Filter by provider
  --provider_in VALUE ...     Filter by provider_in
  --publisher VALUE ...       Filter by publisher
  --recipient VALUE ...       Filter by recipient
  --recipient_in VALUE ...    Filter by recipient_in
  --region VALUE ...          Filter by region
  --sector VALUE ...          Filter by sector
  --since VALUE ...           Filter by since
  --status VALUE ...          Filter by status
  --until VALUE ...           Filter by until
  --year VALUE ...            Filter by year
  --limit INT                 At most so many rows; 0: all

Example:
  austral report flows --provider Brazil --format csv

$ austral show --help
Show all that is known of one initiative
Usage: austral show [OPTIONS] id

Positionals:
  id TEXT REQUIRED            The identifier of an initiative or of one of its records

Options:
  -h,--help                   Print this help message and exit
  --register PATH|postgresql://...=./austral.db (Env:AUSTRAL_REGISTER)
                              The register: a file, or postgresql://...
  --source                    Print the text as its publisher published it
  --format TEXT=table         table (for people) or json
  --lang TEXT=en              Language of names

Example:
  austral show XM-DAC-41114-PROJECT-00012345

$ austral check --help
Check the register's integrity
Usage: austral check [OPTIONS]

Options:
  -h,--help                   Print this help message and exit
  --register PATH|postgresql://...=./austral.db (Env:AUSTRAL_REGISTER)
                              The register: a file, or postgresql://...
  --format TEXT=table         table, csv, json or xlsx
  -o,--output FILE            Write to this file
  --lang TEXT=en              Language of names: en fr es ar ru zh pt

Example:
  austral check --register ministry.db

$ austral serve --help
Serve the web pages
Usage: austral serve [OPTIONS]

Options:
  -h,--help                   Print this help message and exit
  --register PATH|postgresql://...=./austral.db (Env:AUSTRAL_REGISTER)
                              The register: a file, or postgresql://...
  --listen ADDR:PORT=127.0.0.1:8080
                              Address and port
  --index PATH                Where the index of words stands
  --map-note TEXT             Words under every map, on boundaries and names; the catalogue's when not given
  --allow-import              Lets whoever sits at this machine import sheets on the page /sheet

Example:
  austral serve --listen 127.0.0.1:8080
