#!/usr/bin/env bash
# Times `austral validate`, all checks, beside `xmllint --stream --schema`: validate.sh [MB...]
# Needs AUSTRAL_DATA, libxml2-utils and time (scripts/packages bench); both get core 0 alone.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
austral=${AUSTRAL:-$here/../build/austral}
rounds=${ROUNDS:-5}
[[ -d ${AUSTRAL_DATA:-} ]] ||
  { echo "AUSTRAL_DATA does not name the unpacked data pack" >&2; exit 2; }
[[ $# -gt 0 ]] || set -- 250 2500
schema=$AUSTRAL_DATA/iati-standard/schemas-all-versions/2.03/iati-activities-schema.xsd

folder=$(mktemp -d "${TMPDIR:-/tmp}/austral-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
median() { sort -n | awk '{line[NR] = $1} END {print line[int((NR + 1) / 2)]}'; }
timed() {  # timed NAME CORES COMMAND... : seconds and peak kilobytes to $folder/NAME
  local name=$1 cores=$2
  shift 2
  # Neither finds the file valid: that is no failure of theirs, a status above 3 is.
  local status=0
  taskset -c "$cores" /usr/bin/time -q -a -o "$folder/$name" -f '%e %M' "$@" \
    >"$folder/log" 2>&1 || status=$?
  [[ $status -le 3 ]] || { tail -5 "$folder/log" >&2; exit 1; }
}

for megabytes in "$@"; do
  file=$folder/big.xml
  python3 "$here/make_big.py" "$AUSTRAL_DATA/iati-publishers" "$megabytes" "$file"
  size=$(stat -c %s "$file")
  cat "$file" >/dev/null   # both read from memory
  rm -f "$folder/alone" "$folder/peer" "$folder/four" "$folder/csv"
  for _ in $(seq "$rounds"); do
    timed alone 0 "$austral" validate --workers 1 "$file"
    timed peer 0 xmllint --stream --noout --schema "$schema" "$file"
    timed four 0-3 "$austral" validate --workers 4 "$file"
  done
  timed csv 0-3 "$austral" validate --workers 4 --format csv "$file"
  for name in alone peer four csv; do
    printf -v "$name" '%s' "$(cut -d' ' -f1 "$folder/$name" | median)"
    printf -v "${name}_memory" '%s' "$(cut -d' ' -f2 "$folder/$name" | median)"
  done
  awk -v size="$size" -v alone="$alone" -v peer="$peer" -v four="$four" -v csv="$csv" \
    -v alone_memory="$alone_memory" -v peer_memory="$peer_memory" \
    -v four_memory="$four_memory" -v csv_memory="$csv_memory" \
    'function line(name, seconds, memory) {
      printf "  %-36s %7.2f s  %6.1f MB/s  peak %4.0f MB\n", name, seconds, size / 1e6 / seconds,
             memory / 1024
    }
    BEGIN {
      printf "%.0f MB of XML, median of the rounds\n", size / 1e6
      line("austral validate, all, one thread", alone, alone_memory)
      line("xmllint --stream --schema", peer, peer_memory)
      line("austral validate, all, four threads", four, four_memory)
      line("the same, every fault as CSV", csv, csv_memory)
      printf "  ratio on one thread %.2f\n", peer / alone
    }'
done
