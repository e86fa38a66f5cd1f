# Words for generated initiatives: the labels of data/codes in seven languages, most frequent first,
# and behind them made-up words that are spelled alike, so that rare words are there too.
"""Vocabulary of a generated register; everything follows from the seed."""
import csv
import itertools
import os
import random
import re
from collections import Counter

CODES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "codes")
LANGUAGES = ["en", "fr", "es", "pt", "ar", "ru", "zh"]
SIZES = {"en": 80_000, "fr": 40_000, "es": 40_000, "pt": 30_000, "ar": 30_000, "ru": 30_000,
         "zh": 20_000}
LABELLED = ["sectors", "goals", "targets", "iati", "regions", "organizations", "tossd",
            "critical_areas", "groupings"]


def read_codes(name):
    """The rows of data/codes/NAME.tsv."""
    with open(os.path.join(CODES, name + ".tsv"), encoding="utf-8") as file:
        return list(csv.DictReader(itertools.islice(file, 1, None), delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


def script_of(text):
    for low, high, language in (("\u0600", "\u06ff", "ar"), ("\u0400", "\u04ff", "ru"),
                                ("\u4e00", "\u9fff", "zh")):
        if any(low <= letter <= high for letter in text):
            return language
    return None


def split(text, language):
    if language == "zh":  # two signs a word, as most Chinese words have
        return [run[i:i + 2] for run in re.findall("[\u4e00-\u9fff]+", text)
                for i in range(0, len(run), 2)]
    return [word.lower() for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text)]


def count_label_words():
    counts = {language: Counter() for language in LANGUAGES}
    for name in LABELLED:
        for row in read_codes(name):
            counts["en"].update(split(row["label"], "en"))
            for language in LANGUAGES[1:]:
                counts[language].update(split(row.get("label_" + language) or "", language))
    for row in read_codes("country_names"):
        language = script_of(row["name"])
        for one in [language] if language else ["en", "fr", "es", "pt"]:
            counts[one].update(split(row["name"], one))
    return counts


def spell_more(words, size, chance):
    """New words by the pairs of letters that follow one another in `words`."""
    following = {}
    for word in words:
        marked = "^^" + word + "$"
        for i in range(len(marked) - 2):
            following.setdefault(marked[i:i + 2], []).append(marked[i + 2])
    known, made = set(words), []
    while len(words) + len(made) < size:
        word = "^^"
        while not word.endswith("$") and len(word) < 16:
            word += chance.choice(following[word[-2:]])
        word = word[2:].rstrip("$")
        if len(word) > 2 and word not in known:
            known.add(word)
            made.append(word)
    return words + made


def pair_signs(words, size, chance):
    signs = sorted(set("".join(words)))
    known, made = set(words), []
    while len(words) + len(made) < size:
        word = chance.choice(signs) + chance.choice(signs)
        if word not in known:
            known.add(word)
            made.append(word)
    return words + made


class Vocabulary:
    """Words of one language by rank, and their cumulated Zipf weights (1 / (rank + 2))."""

    def __init__(self, counted, language, seed):
        chance = random.Random(f"{seed} words {language}")
        words = [word for word, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
        longer = pair_signs if language == "zh" else spell_more
        self.words = longer(words, SIZES[language], chance)
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))


def read_vocabularies(seed):
    counts = count_label_words()
    return {language: Vocabulary(counts[language], language, seed) for language in LANGUAGES}
