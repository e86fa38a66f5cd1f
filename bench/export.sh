#!/usr/bin/env bash
# Times downloads of a whole register over HTTP, with the server's peak memory, beside sqlite3:
# bench/export.sh REGISTER [GRAIN...]
# The peer joins the same rows' plain columns in SQL and writes CSV; it names nothing.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
austral=${AUSTRAL:-$here/../build/austral}
register=${1:?usage: bench/export.sh REGISTER [GRAIN...]}
shift
grains=("${@:-contribution}")
folder=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT

start() {
  port=$("$here/../scripts/free-port")
  taskset -c 0,1 "$austral" serve --register "$register" --listen "127.0.0.1:$port" \
    2>/dev/null >"$folder/told" &
  server=$!
  until curl -sf -o "$folder/first" "http://127.0.0.1:$port/"; do  # sums and columns are read
    kill -0 "$server"
    sleep 0.1
  done
  sleep "${SETTLE:-5}"
}
peak() { awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$server/status"; }
now() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$server/status"; }

for grain in "${grains[@]}"; do
  for format in csv json xlsx; do
    start
    echo 5 >"/proc/$server/clear_refs" 2>/dev/null || true  # the peak from here on
    before=$(now)
    told=$(curl -s -o "$folder/out" \
      -w '%{http_code} first byte %{time_starttransfer} s, all %{time_total} s' \
      "http://127.0.0.1:$port/initiatives.$format?grain=$grain")
    printf '%-14s %-5s %s, %d MB; server %d MB before, %d MB at most\n' "$grain" "$format" "$told" \
      "$(($(stat -c %s "$folder/out") / 1000000))" "$before" "$(peak)"
    [[ $format != csv ]] || echo "               rows: $(($(wc -l <"$folder/out") - 1))"
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
  done
done

TIMEFORMAT='sqlite3 .mode csv, the same contributions joined to titles: %R s'
time taskset -c 0,1 sqlite3 -readonly "$register" '.mode csv' '.headers on' \
  'SELECT i.identifier, i.title, c.day, c.year, c.kind, c.provider, c.recipient, c.unit, c.amount,
     c.scale, c.usd_cents, c.counted, r.standing, r.identifier AS record, c.n, c.part, c.sectors,
     c.goals, r.publisher
   FROM contribution c JOIN initiative i ON i.key = c.initiative JOIN record r ON r.key = c.record
   ORDER BY i.start_date DESC, i.key' >"$folder/out"
echo "               $(($(stat -c %s "$folder/out") / 1000000)) MB"
