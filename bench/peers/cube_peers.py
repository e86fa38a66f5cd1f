#!/usr/bin/env python3
# Times the cube's questions in SQLite with covering indexes and in PostgreSQL.
"""cube_peers.py FACTS.csv FOLDER [ROUNDS]: FACTS.csv is export_facts.py's.

The address of PostgreSQL stands in AUSTRAL_TEST_POSTGRESQL (scripts/with-postgres); without it only
SQLite is asked. Prints: peer, question, median milliseconds, groups."""
import os
import re
import sqlite3
import statistics
import sys
import time

from peer_postgres import run_psql

facts, folder = sys.argv[1:3]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
with open(facts + ".codes", encoding="utf-8") as file:
    providers = [line.rstrip("\n").split("\t") for line in file if line.startswith("provider")]
providers = sorted((row for row in providers if len(row[2]) == 2),  # countries, as bench_cube_sums
                   key=lambda row: -int(row[3]))
SUMS = ("count(*) AS n, sum(cents) FILTER (WHERE kind = 14) AS budgeted, "
        "sum(cents) FILTER (WHERE kind = 2) AS committed, "
        "sum(cents) FILTER (WHERE kind IN (3, 4)) AS disbursed")
BY = "recipient, category, year"


def group(where):
    return (f"SELECT count(*), sum(n), sum(budgeted), sum(committed), sum(disbursed) FROM "
            f"(SELECT {BY}, {SUMS} FROM fact{where} GROUP BY {BY}) AS groups")


questions = {"all contributions": group("")}
for number, name in ((0, "largest provider"), (len(providers) // 3, "middle provider")):
    questions[name] = group(f" WHERE provider = {providers[number][1]}")
COLUMNS = "provider {0}, recipient {0}, category {0}, year {0}, kind {0}, cents {1}"
INDEXES = [f"CREATE INDEX fact_all ON fact ({BY}, kind, cents)",
           f"CREATE INDEX fact_provider ON fact (provider, {BY}, kind, cents)"]


def ask_sqlite():
    database = sqlite3.connect(os.path.join(folder, "facts.db"))
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("CREATE TABLE fact (" + COLUMNS.format("INTEGER", "INTEGER") + ")")
    begun = time.monotonic()
    with open(facts, encoding="ascii") as file:
        database.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)",
                             (tuple(map(int, line.split(","))) for line in file))
    for index in INDEXES:
        database.execute(index)
    database.execute("ANALYZE")
    database.commit()
    print(f"SQLite\tload and index\t{1000 * (time.monotonic() - begun):.0f}\t")
    database.execute("PRAGMA mmap_size = 4000000000")
    database.execute("PRAGMA cache_size = -1000000")
    for name, sql in questions.items():
        times = []
        for _ in range(rounds + 1):
            begun = time.monotonic()
            answer = database.execute(sql).fetchone()
            times.append(1000 * (time.monotonic() - begun))
        print(f"SQLite\t{name}\t{statistics.median(times[1:]):.1f}\t{answer}", flush=True)


def ask_postgres():
    begun = time.monotonic()
    run_psql("CREATE TABLE fact (" + COLUMNS.format("smallint NOT NULL", "bigint NOT NULL") + ");\n"
             f"\\copy fact FROM '{os.path.abspath(facts)}' CSV\n" +
             ";\n".join(INDEXES) + ";\nVACUUM ANALYZE fact;\n")
    print(f"PostgreSQL\tload and index\t{1000 * (time.monotonic() - begun):.0f}\t")
    for name, sql in questions.items():
        out = run_psql("SET max_parallel_workers_per_gather = 2;\nSET work_mem = '512MB';\n"
                       "SET jit = off;\n\\timing on\n" + (sql + ";\n") * (rounds + 1))
        times = [float(one) for one in re.findall(r"^Time: ([\d.]+) ms", out, re.M)]
        answer = out.splitlines()[0]
        print(f"PostgreSQL\t{name}\t{statistics.median(times[1:]):.1f}\t{answer}", flush=True)


ask_sqlite()
if os.environ.get("AUSTRAL_TEST_POSTGRESQL"):
    ask_postgres()
