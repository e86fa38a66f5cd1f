#!/usr/bin/env bash
# Times reading generated CRS files into records beside Python's csv module, which only splits them:
# bench/crs.sh [MB]
# Needs bench_read_rows (-DAUSTRAL_BENCH=ON; BUILD names its folder) and time; both get core 0.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
reader=${BUILD:-$here/../build}/bench/bench_read_rows
rounds=${ROUNDS:-3}
megabytes=${1:-100}
folder=$(mktemp -d "${TMPDIR:-/tmp}/austral-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
median() { sort -n | awk '{line[NR] = $1} END {print line[int((NR + 1) / 2)]}'; }
timed() {  # timed NAME COMMAND... : seconds and peak kilobytes to $folder/NAME
  local name=$1
  shift
  taskset -c 0 /usr/bin/time -a -o "$folder/$name" -f '%e %M' "$@" >"$folder/log" ||
    { cat "$folder/log" >&2; exit 1; }
}
split='import csv, sys
csv.field_size_limit(1 << 27)
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print(sum(len(row) for row in csv.reader(file, delimiter=sys.argv[2])))'

for layout in "activities |" "observations ,"; do
  read -r name separator <<<"$layout"
  file=$folder/$name.txt
  python3 "$here/make_crs.py" "$megabytes" "$file" $([[ $separator == , ]] && echo --explorer)
  size=$(stat -c %s "$file")
  cat "$file" >/dev/null   # both read from memory
  rm -f "$folder/ours" "$folder/peer"
  for _ in $(seq "$rounds"); do
    timed ours "$reader" "$file"
    tail -1 "$folder/log" | sed "s|$folder/||"
    timed peer python3 -c "$split" "$file" "$separator"
  done
  awk -v name="$name" -v size="$size" \
    -v ours="$(cut -d' ' -f1 "$folder/ours" | median)" \
    -v peer="$(cut -d' ' -f1 "$folder/peer" | median)" \
    -v memory="$(cut -d' ' -f2 "$folder/ours" | median)" \
    -v peer_memory="$(cut -d' ' -f2 "$folder/peer" | median)" \
    'BEGIN {
      printf "%.0f MB of %s, one core, median of the rounds\n", size / 1e6, name
      printf "  austral, records  %6.1f s  %6.1f MB/s  peak %4.0f MB\n", ours, size / 1e6 / ours,
             memory / 1024
      printf "  python csv        %6.1f s  %6.1f MB/s  peak %4.0f MB\n", peer, size / 1e6 / peer,
             peer_memory / 1024
    }'
done
