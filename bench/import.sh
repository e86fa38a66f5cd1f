#!/usr/bin/env bash
# Times `austral import` beside a Python script that only extracts 19 fields:
# bench/import.sh [MB...]
# Needs AUSTRAL_DATA, python3-lxml and time (scripts/packages bench); both get cores 0 and 1.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
austral=${AUSTRAL:-$here/../build/austral}
python=/usr/bin/python3   # Debian's, the one that sees python3-lxml
rounds=${ROUNDS:-3}
[[ -d ${AUSTRAL_DATA:-} ]] ||
  { echo "AUSTRAL_DATA does not name the unpacked data pack" >&2; exit 2; }
[[ $# -gt 0 ]] || set -- 250 2500

folder=$(mktemp -d "${TMPDIR:-/tmp}/austral-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
median() { sort -n | awk '{line[NR] = $1} END {print line[int((NR + 1) / 2)]}'; }
timed() {  # timed NAME COMMAND... : seconds and peak kilobytes to $folder/NAME
  local name=$1
  shift
  taskset -c 0,1 /usr/bin/time -a -o "$folder/$name" -f '%e %M' "$@" >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; exit 1; }
}

for megabytes in "$@"; do
  file=$folder/big.xml
  "$python" "$here/make_big.py" "$AUSTRAL_DATA/iati-publishers" "$megabytes" "$file"
  size=$(stat -c %s "$file")
  cat "$file" >/dev/null   # both read from memory
  rm -f "$folder/ours" "$folder/peer"
  for _ in $(seq "$rounds"); do
    rm -f "$folder"/r.db*
    timed ours "$austral" import --register "$folder/r.db" "$file"
    timed peer "$python" "$here/peer_lxml.py" "$file" "$folder/peer.csv"
  done
  ours=$(cut -d' ' -f1 "$folder/ours" | median) peer=$(cut -d' ' -f1 "$folder/peer" | median)
  awk -v size="$size" -v ours="$ours" -v peer="$peer" -v register="$(stat -c %s "$folder/r.db")" \
    -v memory="$(cut -d' ' -f2 "$folder/ours" | median)" \
    -v peer_memory="$(cut -d' ' -f2 "$folder/peer" | median)" \
    'BEGIN {
      printf "%.0f MB of XML, 2 cores, median of the rounds\n", size / 1e6
      printf "  austral import   %7.1f s  %6.1f MB/s  peak %4.0f MB  register %.2f x the XML\n",
             ours, size / 1e6 / ours, memory / 1024, register / size
      printf "  lxml, 19 fields  %7.1f s  %6.1f MB/s  peak %4.0f MB\n",
             peer, size / 1e6 / peer, peer_memory / 1024
      printf "  ratio %.2f\n", peer / ours
    }'
  if [[ -n ${KEEP:-} ]]; then mv -f "$folder/r.db" "$KEEP"; fi   # for bench/first_answer.sh
done
