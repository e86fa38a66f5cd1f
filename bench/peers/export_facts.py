#!/usr/bin/env python3
# Writes a register's counted contributions as small whole numbers, for the peers of the cube.
"""export_facts.py REGISTER OUT.csv: provider, recipient, category, year, kind, cents.

One row a contribution, under the sector category with the greatest share of its initiative: the
peers need not split amounts over categories, and need not join. Codes are numbered by first
appearance; OUT.csv.codes tells each number's code. The provider with most rows comes first."""
import collections
import csv
import sqlite3
import sys

CATEGORY = 6  # registry::Dimension
KINDS = (2, 3, 4, 12, 14)  # ContributionKind: what has a sum of its own in the cube

register = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
best = {}
for value, initiative, share in register.execute(
        "SELECT value, initiative, share FROM facet WHERE dim = ?", (CATEGORY,)):
    held = best.get(initiative)
    if held is None or share > held[1]:
        best[initiative] = (value, share)

numbers = [{"": 0}, {"": 0}, {"": 0}]
counts = collections.Counter()
with open(sys.argv[2], "w", newline="", encoding="ascii") as out:
    writer = csv.writer(out)
    for initiative, provider, recipient, year, kind, cents in register.execute(
            "SELECT initiative, provider, recipient, year, kind, usd_cents FROM contribution "
            f"WHERE counted = 1 AND kind IN {KINDS} AND usd_cents IS NOT NULL"):
        category = best.get(initiative, ("",))[0]
        row = [codes.setdefault(code, len(codes))
               for codes, code in zip(numbers, (provider, recipient, category))]
        counts[row[0]] += 1
        writer.writerow(row + [year or 0, kind, cents])
with open(sys.argv[2] + ".codes", "w", encoding="utf-8") as out:
    for name, codes in zip(("provider", "recipient", "category"), numbers):
        for code, number in codes.items():
            out.write(f"{name}\t{number}\t{code}\t{counts[number] if name == 'provider' else ''}\n")
