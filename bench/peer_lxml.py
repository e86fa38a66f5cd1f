#!/usr/bin/env python3
# What the import is compared with: lxml's iterparse takes 19 fields of each activity to a CSV file.
"""peer_lxml.py FILE OUT.csv: no checks, no money, no database; memory is freed as it goes."""
import csv
import sys

from lxml import etree

FIELDS = [
    "iati-identifier/text()", "reporting-org/@ref", "reporting-org/@type", "title/narrative/text()",
    "description/narrative/text()", "participating-org/@ref", "participating-org/@role",
    "activity-status/@code", "activity-date/@type", "activity-date/@iso-date",
    "recipient-country/@code",
    "recipient-country/@percentage", "recipient-region/@code", "sector/@code", "sector/@vocabulary",
    "transaction/transaction-type/@code", "transaction/transaction-date/@iso-date",
    "transaction/value/text()",
    "transaction/value/@currency",
]
assert len(FIELDS) == 19
paths = [etree.XPath(field) for field in FIELDS]

count = 0
with open(sys.argv[2], "w", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for _, activity in etree.iterparse(sys.argv[1], tag="iati-activity", huge_tree=True):
        writer.writerow(["|".join(path(activity)) for path in paths])
        activity.clear()
        while activity.getprevious() is not None:
            del activity.getparent()[0]
        count += 1
print(count, "activities", file=sys.stderr)
