#!/usr/bin/env python3
# Chooses the questions of the search bench by how many initiatives have their words.
"""choose_words.py TEXTS.tsv COUNT: prints KIND <tab> WORDS, COUNT of each kind.

Document frequencies of large files are those of each 20th text. rare: 20 to 200 in a million;
mid: 2,000 to 10,000; common: 100,000 and more; and: two of the common words; mixed: a mid and a
common one."""
import collections
import os
import random
import re
import sys

path, count = sys.argv[1], int(sys.argv[2])
STEP = 20 if os.path.getsize(path) > 500_000_000 else 1
frequency, read = collections.Counter(), 0
with open(path, encoding="utf-8") as file:
    for number, line in enumerate(file):
        if number % STEP == 0:
            read += 1
            frequency.update(set(re.findall(r"\b[a-z]{4,}\b", line.lower())))
scale = 1_000_000 / read
chance = random.Random(1)


def pick(low, high):
    words = sorted(word for word, n in frequency.items() if low <= n * scale <= high)
    return [chance.choice(words) for _ in range(count)]


common = sorted(word for word, n in frequency.items() if n * scale >= 100_000)
for kind, low, high in (("rare", 20, 200), ("mid", 2_000, 10_000)):
    for word in pick(low, high):
        print(kind, word, sep="\t")
for number in range(count):
    print("common", common[number % len(common)], sep="\t")
for _ in range(count):
    print("and", " ".join(chance.sample(common, 2)), sep="\t")
for word in pick(2_000, 10_000):
    print("mixed", f"{word} {chance.choice(common)}", sep="\t")
