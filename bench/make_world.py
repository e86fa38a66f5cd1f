#!/usr/bin/env python3
# Makes a world to measure on: IATI files of any number of initiatives with ten times as many
# contributions, skewed as real ones are, the same for the same seed.
"""make_world.py FOLDER [--initiatives 1000000] [--seed 1] [--jobs 3]: writes FOLDER/part-NNNN.xml.

A hundredth of the initiatives is told by a second publisher too, under the same identifier.
Nothing here is a fact: publishers, amounts and partners are drawn."""
import argparse
import itertools
import multiprocessing
import os
import random

from world_words import LANGUAGES, read_codes, read_vocabularies

PER_FILE = 20_000
SHARES = [50, 15, 15, 5, 5, 5, 5]  # of LANGUAGES, per cent
# Weights of ours, no ranking: large publishers of the South first, then some others.
PROVIDERS = ("CN IN BR TR SA AE ZA MX ID KW TH CL AR CO CU EG MY QA MA NG KR SG PE UY VN PK KE TN "
             "DZ CR KZ PH EC BO GT SN GH RW US DE JP FR GB NO SE CA ES NL").split()
RECIPIENTS = ("BD ET AF MZ TZ KE NP UG ML SN BF NE HT SO YE SS SD ZM MW RW GH NG CD MM KH LA VN PS "
              "SY JO LB PK LK ID PH BO HN GT NI SV PE CO EC CU DO JM GY FJ PG SB VU WS TO TV KI MH "
              "MV TL CV GW ST AO GN SL LR CI BJ TG CM TD CF GA CG BI DJ ER KM MG MU SC LS SZ NA BW "
              "ZW ZA TN MA EG DZ MR TJ KG UZ MN BT IN CN BR AR PY UY CL MX CR PA BZ").split()
CURRENCIES = {"CN": "CNY", "IN": "INR", "BR": "BRL", "TR": "TRY", "SA": "SAR", "ZA": "ZAR",
              "MX": "MXN", "KR": "KRW", "DE": "EUR", "FR": "EUR", "ES": "EUR", "NL": "EUR",
              "GB": "GBP", "JP": "JPY", "NO": "NOK", "SE": "SEK", "CA": "CAD"}
PUBLISHERS = 2_000
MODALITIES = ["C01", "D02", "D01", "B03", "E01", "A02", "G01", "F01"]


class Drawn:
    """Values with Zipf weights, the first the most frequent."""

    def __init__(self, values, bend=1.0):
        self.values = values
        self.weights = list(itertools.accumulate(1 / (i + 3) ** bend for i in range(len(values))))

    def draw(self, chance, count=1):
        return chance.choices(self.values, cum_weights=self.weights, k=count)

    def draw_different(self, chance, count):
        return list(dict.fromkeys(self.draw(chance, 2 * count)))[:count]


class World:
    """What all files share."""

    def __init__(self, seed):
        self.seed = seed
        chance = random.Random(f"{seed} world")
        self.vocabularies = read_vocabularies(seed)
        names = {row["alpha2"]: row["alpha2"] for row in read_codes("countries")}
        for row in read_codes("country_names"):
            if row["name"].isascii() and names.get(row["country"]) == row["country"]:
                names[row["country"]] = row["name"]
        self.names = {code: name.replace("&", "and") for code, name in names.items()}
        rows = [row for row in read_codes("sectors")
                if row["scheme"] == "purpose" and row["status"] == "active"]
        chance.shuffle(rows)
        self.purposes = Drawn([row["code"] for row in rows], 0.9)
        self.topics = {row["code"]: {language: (row.get("label_" + language) or row["label"])
                                     .replace("&", "and").replace("<", "").split()
                                     for language in LANGUAGES} for row in rows}
        self.targets = Drawn([row["code"] for row in read_codes("targets")], 0.7)
        recipients = [code for code in RECIPIENTS]
        self.recipients = Drawn(recipients, 0.8)
        homes = Drawn(PROVIDERS, 0.9)
        self.publishers = Drawn([self.make_publisher(homes.draw(chance)[0], number)
                                 for number in range(PUBLISHERS)], 0.8)
        self.homes = homes
        self.years = list(range(2000, 2026))
        self.year_weights = list(itertools.accumulate(1 + (year - 2000) / 4 for year in self.years))

    def make_publisher(self, home, number):
        kind = ["10", "15", "21", "40"][number % 4]
        return home, f"{home}-GOV-{1000 + number}", kind, f"Office {number} of {self.names[home]}"


def write_text(world, chance, language, count, topic):
    words = chance.choices(world.vocabularies[language].words,
                           cum_weights=world.vocabularies[language].weights, k=count)
    at = chance.randrange(count)
    words[at:at + len(topic)] = topic
    space = "" if language == "zh" else " "
    lines = [words[i:i + 15] for i in range(0, len(words), 15)]
    stop = "。" if language == "zh" else ". "
    return stop.join(space.join(line)[:1].upper() + space.join(line)[1:] for line in lines)


def spread(chance, values):
    """Percentages that add up to 100, for three of four lists; else none, as some publish."""
    if len(values) == 1:
        return [""]
    if chance.random() < 0.25:
        return [""] * len(values)
    cuts = sorted(chance.sample(range(1, 100), len(values) - 1))
    return [f' percentage="{high - low}"' for low, high in zip([0] + cuts, cuts + [100])]


def write_money(chance, year, count, home, recipients, purposes):
    currency = CURRENCIES.get(home, "USD") if chance.random() < 0.5 else "USD"
    budgets = min(count // 4, 5)
    out = []
    for n in range(budgets):
        at = min(year + n, 2025)
        out.append(f'<budget><period-start iso-date="{at}-01-01"/>'
                   f'<period-end iso-date="{at}-12-31"/>'
                   f'<value currency="{currency}" value-date="{at}-01-01">'
                   f'{int(chance.paretovariate(0.9) * 9000) % 900_000_000}</value></budget>')
    kinds = chance.choices("2343", cum_weights=(3, 9, 11, 12), k=count - budgets)
    for n, kind in enumerate(kinds):
        month, day = chance.randrange(1, 13), chance.randrange(1, 29)
        day = f"{min(year + n // 4, 2025)}-{month:02}-{day:02}"
        amount = chance.paretovariate(0.9) * 5000 % 500_000_000
        own = ""
        if len(recipients) > 1 and chance.random() < 0.1:
            own = f'<recipient-country code="{chance.choice(recipients)}"/>'
        if len(purposes) > 1 and chance.random() < 0.1:
            own = f'<sector vocabulary="1" code="{chance.choice(purposes)}"/>{own}'
        out.append(f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date='
                   f'"{day}"/><value currency="{currency}" value-date="{day}">{amount:.2f}</value>'
                   f'{own}</transaction>')
    return "".join(out)


def draw_count(chance, places):
    """How many contributions: few mostly, hundreds seldom, so that ten parts are the mean."""
    parts = min(chance.paretovariate(1.25) * 2.62, 400)
    return max(1, round(parts / places))


def draw_parties(world, chance, publisher):
    home, ref, kind, name = publisher
    funders = [(f"{home}-GOV", "10", "Government of " + world.names[home])]
    if chance.random() < 0.08:
        other = world.homes.draw(chance)[0]
        if other != home:
            funders.append((f"{other}-GOV", "10", "Government of " + world.names[other]))
    text = "".join(f'<participating-org ref="{one}" type="{type}" role="1"><narrative>{who}'
                   '</narrative></participating-org>' for one, type, who in funders)
    text += (f'<participating-org ref="{ref}" type="{kind}" role="3"><narrative>{name}</narrative>'
             '</participating-org>')
    if chance.random() < 0.6:
        _, ref, kind, name = world.publishers.draw(chance)[0]
        text += (f'<participating-org ref="{ref}" type="{kind}" role="4"><narrative>{name}'
                 '</narrative></participating-org>')
    return text


def draw_extras(world, chance, publisher, number):
    """Goals, tags, ways and, for some, what they name of other activities."""
    text = ""
    if chance.random() < 0.6:
        for target in world.targets.draw_different(chance, chance.choice((1, 1, 2, 3))):
            text += f'<tag vocabulary="3" code="{target}"/>'
    if chance.random() < 0.1:
        text += f'<tag vocabulary="99" code="FC0{chance.choice("1123")}"/>'
    if chance.random() < 0.7:
        text += f'<collaboration-type code="{chance.choice("1118346")}"/>'
    text += f'<default-flow-type code="{chance.choice(("10", "10", "10", "20", "30"))}"/>'
    aid = MODALITIES[min(int(chance.expovariate(0.7)), len(MODALITIES) - 1)]
    text += f'<default-aid-type code="{aid}"/>'
    related = ""
    if number % 50 == 7:
        related = f'<related-activity ref="{publisher[1]}-{number - 7}" type="1"/>'
    return text, related


def write_activity(world, chance, number):
    publisher = world.publishers.draw(chance)[0]
    language = chance.choices(LANGUAGES, weights=SHARES)[0]
    year = chance.choices(world.years, cum_weights=world.year_weights)[0]
    purposes = world.purposes.draw_different(chance, chance.choice((1, 1, 1, 2, 3)))
    recipients = [code for code in world.recipients.draw_different(
        chance, chance.choices((1, 2, 3, 5, 9), (75, 12, 7, 4, 2))[0]) if code != publisher[0]]
    recipients = recipients or [next(c for c in RECIPIENTS if c != publisher[0])]
    topic = world.topics[purposes[0]][language]
    title = write_text(world, chance, language, chance.randrange(6, 13), topic[:3])
    body = write_text(world, chance, language, chance.randrange(60, 121), topic)
    status = chance.choices("123456", (8, 35, 7, 45, 3, 2))[0]
    extras, related = draw_extras(world, chance, publisher, number)
    places = "".join(f'<recipient-country code="{code}"{share}/>'
                     for code, share in zip(recipients, spread(chance, recipients)))
    sectors = "".join(f'<sector vocabulary="1" code="{code}"{share}/>'
                      for code, share in zip(purposes, spread(chance, purposes)))
    end = min(year + chance.randrange(1, 7), 2030)
    month = chance.randrange(1, 13)
    money = write_money(chance, year, draw_count(chance, len(recipients)), publisher[0], recipients,
                        purposes)
    dates = (f'<activity-date type="2" iso-date="{year}-{month:02}-01"/>'
             f'<activity-date type="3" iso-date="{end}-12-31"/>')
    tags_at = extras.find("<collaboration-type")
    if tags_at < 0:
        tags_at = extras.find("<default-flow-type")
    head = f'<iati-identifier>{publisher[1]}-{number}</iati-identifier>'
    rest = (f'<title><narrative>{title}</narrative></title><description type="1"><narrative>{body}'
            f'</narrative></description>{draw_parties(world, chance, publisher)}'
            f'<activity-status code="{status}"/>{dates}{places}{sectors}'
            f'{extras[:tags_at]}{extras[tags_at:]}{money}{related}')
    opening = f'<iati-activity xml:lang="{language}" last-updated-datetime="{end}-01-01T00:00:00Z">'
    tellers = [publisher]
    if number % 100 == 42:
        tellers.append(world.publishers.draw(chance)[0])
    for at, (_, ref, kind, name) in enumerate(dict.fromkeys(tellers)):
        secondary = ' secondary-reporter="1"' if at else ""
        yield (f'{opening}{head}<reporting-org ref="{ref}" type="{kind}"{secondary}><narrative>'
               f'{name}</narrative></reporting-org>{rest}</iati-activity>\n')


def write_file(task):
    world, folder, part, first, last = task
    chance = random.Random(f"{world.seed} part {part}")
    with open(os.path.join(folder, f"part-{part:04}.xml"), "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" '
                   'generated-datetime="2026-01-01T00:00:00Z">\n')
        for number in range(first, last):
            file.writelines(write_activity(world, chance, number))
        file.write("</iati-activities>\n")


WORLD = None


def write_part(task):
    write_file((WORLD, *task))


def main():
    global WORLD
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--initiatives", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=3)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    WORLD = World(options.seed)
    tasks = [(options.folder, part, first, min(first + PER_FILE, options.initiatives))
             for part, first in enumerate(range(0, options.initiatives, PER_FILE))]
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        for _ in pool.imap_unordered(write_part, tasks, chunksize=1):
            pass


if __name__ == "__main__":
    main()
