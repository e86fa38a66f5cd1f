#!/usr/bin/env python3
# Times the questions of the search bench in SQLite FTS5 and in PostgreSQL's tsvector.
"""search_peers.py TEXTS.tsv WORDS.tsv FOLDER: TEXTS.tsv is bench_export_texts' (key, recipient,
publisher, text), WORDS.tsv is choose_words.py's.

The address of PostgreSQL stands in AUSTRAL_TEST_POSTGRESQL (scripts/with-postgres); without it only
SQLite is asked. Prints: peer, kind, median and 99th percentile in milliseconds, questions. The slow
kinds are asked the first 25 of their questions only. Both peers count facets over one recipient an
initiative, kept in a column of its own beside its number."""
import collections
import os
import re
import sqlite3
import sys
import time

from peer_postgres import run_psql

texts, words, folder = sys.argv[1:4]
SLOW = 25
questions = collections.defaultdict(list)
with open(words, encoding="utf-8") as file:
    for line in file:
        kind, asked = line.rstrip("\n").split("\t")
        questions[kind].append(asked)
questions = {kind: asked if kind in ("rare", "mid") else asked[:SLOW]
             for kind, asked in questions.items()}
questions["facets"] = questions["common"][:SLOW]


def tell(peer, kind, times):
    times.sort()
    print(f"{peer}\t{kind}\t{times[len(times) // 2]:.2f}\t"
          f"{times[min(len(times) - 1, len(times) * 99 // 100)]:.2f}\t{len(times)}", flush=True)


def read_rows():
    with open(texts, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            yield number, *line.rstrip("\n").split("\t")[1:]


def ask_sqlite():
    path = os.path.join(folder, "words.db")
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -262144")
    database.execute("CREATE TABLE document (id INTEGER PRIMARY KEY, recipient TEXT, "
                     "publisher TEXT)")
    database.executemany("INSERT INTO document VALUES (?, ?, ?)", (row[:3] for row in read_rows()))
    database.commit()
    begun, before = time.monotonic(), os.path.getsize(path)
    database.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='', "
                     "tokenize='unicode61')")
    database.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)",
                         ((row[0], row[3]) for row in read_rows()))
    database.commit()
    taken = time.monotonic() - begun
    count = database.execute("SELECT count(*) FROM document").fetchone()[0]
    print(f"SQLite FTS5\tindex\t{count / taken:.0f} documents/s\t"
          f"{(os.path.getsize(path) - before) / 1e6:.0f} MB\t{count}", flush=True)
    database.execute("PRAGMA mmap_size = 4000000000")
    for kind, asked in questions.items():
        times = []
        for one in asked:
            begun = time.monotonic()
            if kind == "facets":
                for column in ("recipient", "publisher"):
                    database.execute(
                        f"SELECT {column}, count(*) AS n FROM words JOIN document ON id = "
                        "words.rowid WHERE words MATCH ? GROUP BY 1 ORDER BY n DESC LIMIT 20",
                        (one,)).fetchall()
            else:
                database.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank "
                                 "LIMIT 20", (one,)).fetchall()
            times.append(1000 * (time.monotonic() - begun))
        tell("SQLite FTS5", kind, times)


def ask_postgres():
    run_psql("CREATE TABLE loaded (key bigint, recipient text, publisher text, text text);\n"
             f"\\copy loaded FROM '{os.path.abspath(texts)}'\n")
    begun = time.monotonic()
    run_psql("SET maintenance_work_mem = '1GB';\n"
             "CREATE TABLE document AS SELECT key, recipient, publisher, "
             "to_tsvector('simple', text) AS words FROM loaded;\n"
             "CREATE INDEX document_words ON document USING gin (words);\n"
             "VACUUM ANALYZE document;\n")
    taken = time.monotonic() - begun
    count, size = run_psql("SELECT count(*), pg_total_relation_size('document') FROM document;"
                           ).strip().split("|")
    print(f"PostgreSQL\tindex\t{int(count) / taken:.0f} documents/s\t"
          f"{int(size) / 1e6:.0f} MB\t{count}", flush=True)
    start = "SET max_parallel_workers_per_gather = 2;\nSET work_mem = '256MB';\n\\timing on\n"
    for kind, asked in questions.items():
        sql = []
        for one in asked:
            query = f"plainto_tsquery('simple', '{one}')"
            if kind == "facets":
                sql += [f"SELECT {column}, count(*) FROM document WHERE words @@ {query} "
                        "GROUP BY 1 ORDER BY 2 DESC LIMIT 20;"
                        for column in ("recipient", "publisher")]
            else:
                sql.append(f"SELECT key FROM document WHERE words @@ {query} ORDER BY "
                           f"ts_rank(words, {query}) DESC LIMIT 20;")
        times = [float(one) for one in
                 re.findall(r"^Time: ([\d.]+) ms", run_psql(start + "\n".join(sql)), re.M)]
        if kind == "facets":
            times = [left + right for left, right in zip(times[::2], times[1::2])]
        tell("PostgreSQL", kind, times)


ask_sqlite()
if os.environ.get("AUSTRAL_TEST_POSTGRESQL"):
    ask_postgres()
