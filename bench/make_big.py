#!/usr/bin/env python3
# Makes a big IATI file by repeating real activities of a folder: make_big.py FOLDER MEGABYTES OUT
"""Each repetition gives every activity an identifier of its own, so that all are new records."""
import glob
import re
import sys

folder, megabytes, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
activity = re.compile(rb"<iati-activity[\s>].*?</iati-activity>", re.S)
identifier = re.compile(rb"(<iati-identifier>\s*[^<]*?)(\s*</iati-identifier>)")

prefix = re.compile(rb'xmlns:([\w.-]+)\s*=\s*"([^"]*)"')

activities, prefixes = [], {}
for path in sorted(glob.glob(folder + "/*.xml")):
    with open(path, "rb") as file:
        text = file.read()
    if b'encoding="UTF-8"' in text[:200] or b"encoding" not in text[:200]:
        activities += activity.findall(text)
        for name, uri in prefix.findall(text[:text.find(b"<iati-activity ")]):
            prefixes.setdefault(name, uri)

written, copy = 0, 0
with open(out, "wb") as file:
    file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03"')
    file.write(b"".join(b' xmlns:%s="%s"' % item for item in prefixes.items()) + b">\n")
    while written < megabytes * 1_000_000:
        copy += 1
        mark = rb"\1-copy%d\2" % copy
        for one in activities:
            text = identifier.sub(mark, one, count=1)
            file.write(text + b"\n")
            written += len(text) + 1
            if written >= megabytes * 1_000_000:
                break
    file.write(b"</iati-activities>\n")
print(f"{out}: {written / 1e6:.0f} MB, {len(activities)} different activities, {copy} times",
      file=sys.stderr)
