# Comments, CDATA and processing instructions that hold activities do not fool the reader

file tricks.xml
<?xml version="1.0"?>
<iati-activities version="2.03">
 <!-- <iati-activity><iati-identifier>X-COMMENT</iati-identifier></iati-activity> -->
 <?keep <iati-activity><iati-identifier>X-PI</iati-identifier></iati-activity> ?>
 <iati-activity last-updated-datetime="2020-01-10T00:00:00Z" default-currency="USD">
  <iati-identifier>BR-GOV-TRUE</iati-identifier>
  <reporting-org ref="BR-GOV" type="10"><narrative>Agency of Brazil</narrative></reporting-org>
  <title><narrative>True</narrative></title>
  <participating-org ref="BR-GOV" type="10" role="1"><narrative>Government of Brazil</narrative></participating-org>
  <description><narrative><![CDATA[</iati-activity><iati-activity><iati-identifier>X-CDATA</iati-identifier>]]></narrative></description>
 </iati-activity>
</iati-activities>
end

file bomb.xml
<?xml version="1.0"?>
<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<iati-activities version="2.03"><iati-activity><iati-identifier>&c;</iati-identifier></iati-activity></iati-activities>
end

$ austral import tricks.xml
tricks.xml: read 1, new 1, changed 0, unchanged 0, findings ... MB/s

$ austral find --format csv | cut -d, -f1
identifier
BR-GOV-TRUE

$ austral import bomb.xml
bomb.xml: read 0, new 0, changed 0, unchanged 0, findings ... MB/s
! austral: bomb.xml, line 2, column 14: the file declares its own entities (<!ENTITY ...>), which can blow up or fetch other files; such a file is not read. Write the texts out and remove the DOCTYPE
= 2
