#!/usr/bin/env bash
# Measures the explorer beside its peers, in one run on the same generated data and two cores:
# bench/explorer.sh [INITIATIVES]
# Needs a build with -DAUSTRAL_BENCH=ON (BUILD names its folder), scripts/packages bench test, and
# for a million initiatives 40 GB of disk. REGISTER=world.db measures a register that is there.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${BUILD:-$here/../build}" && pwd)
initiatives=${1:-1000000}
questions=${QUESTIONS:-100}
python=/usr/bin/python3
folder=$(mktemp -d "${TMPDIR:-/tmp}/austral-explorer.XXXXXX")
trap 'rm -rf "$folder"' EXIT
chmod 711 "$folder"   # the database server, another user, never reads here; psql copies
export AUSTRAL_POSTGRES_OPTIONS="-c shared_buffers=1GB -c max_wal_size=4GB"

title() { printf '\n## %s\n' "$*"; }
on_two() { taskset -c 0,1 "$@"; }
timed() {  # timed COMMAND... : and its seconds and peak megabytes
  on_two /usr/bin/time -o "$folder/time" -f '%e %M' "$@" >"$folder/log" 2>&1 ||
    { tail -5 "$folder/log" >&2; exit 1; }
  tail -1 "$folder/log"
  awk '{printf "%.1f s, peak %d MB\n", $1, $2 / 1000}' "$folder/time"
}

register=${REGISTER:-$folder/world.db}
if [[ -z ${REGISTER:-} ]]; then
  title "Register of $initiatives initiatives"
  "$python" "$here/make_world.py" "$folder/xml" --initiatives "$initiatives"
  du -sm "$folder/xml" | awk '{print $1 " MB of XML"}'
  timed "$build/austral" import --register "$register" "$folder"/xml/*.xml
  rm -r "$folder/xml"
fi
stat -c '%s' "$register" | awk '{printf "register: %d MB\n", $1 / 1e6}'

title "Cube: milliseconds, of the processor, what came out"
on_two "$build/bench/bench_cube_sums" "$register"
title "Cube's peers: milliseconds, what came out"
"$python" "$here/peers/export_facts.py" "$register" "$folder/facts.csv"
on_two "$here/../scripts/with-postgres" "$python" "$here/peers/cube_peers.py" \
  "$folder/facts.csv" "$folder"
rm -f "$folder"/facts*

title "Search: index"
timed "$build/austral" index --register "$register" --index "$folder/index" --rebuild
"$build/bench/bench_export_texts" "$register" "$folder/texts.tsv"
"$python" "$here/peers/choose_words.py" "$folder/texts.tsv" "$questions" >"$folder/words.tsv"
title "Search: milliseconds, 99th percentile, questions"
on_two "$build/bench/bench_search" "$register" "$folder/index" "$folder/words.tsv"
title "Search's peers: milliseconds, 99th percentile, questions"
on_two "$here/../scripts/with-postgres" "$python" "$here/peers/search_peers.py" \
  "$folder/texts.tsv" "$folder/words.tsv" "$folder"
