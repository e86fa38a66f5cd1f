#!/usr/bin/env bash
# Times the first answers over a big register, of commands and of pages:
# bench/first_answer.sh REGISTER
# Make one with KEEP=big.db bench/import.sh 2500.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
austral=${AUSTRAL:-$here/../build/austral}
register=${1:?usage: bench/first_answer.sh REGISTER}
port=$("$here/../scripts/free-port")

export TIMEFORMAT='%3R s'
say() { printf '%-58s ' "$1"; }
command() {
  say "austral $*"
  time "$austral" "$@" --register "$register" >/dev/null 2>&1
}
command find water
command find --recipient Mozambique --format csv
command find --provider Brazil --year 2015
command report flows --provider Brazil
command report flows --format csv
command report countries
command report publishers

started=$(date +%s%N)
taskset -c 0,1 "$austral" serve --register "$register" --listen "127.0.0.1:$port" 2>/dev/null &
server=$!
trap 'kill "$server" 2>/dev/null' EXIT
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "$server"
  sleep 0.01
done
say "serve, until it answers"
echo "$((($(date +%s%N) - started) / 1000000)) ms"
python3 - "$port" <<'PYTHON'
import sys
import time
import urllib.request

for path in ["/", "/initiatives", "/initiatives?q=water", "/initiatives?recipient=MZ&year=2015",
             "/countries", "/countries/MZ", "/organizations", "/reports/flows",
             "/reports/flows?provider=BR", "/data"]:
    times, size = [], 0
    for _ in range(5):
        begun = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}{path}") as answer:
            size = len(answer.read())
        times.append(1000 * (time.monotonic() - begun))
    then = sorted(times[1:])[1]
    print(f"{path:44} first {times[0]:8.1f} ms, then {then:8.1f} ms  {size // 1024:5} KB")
PYTHON
