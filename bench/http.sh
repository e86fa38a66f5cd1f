#!/usr/bin/env bash
# Asks a served register for pages, wrk on the other cores, beside a server of plain files:
# bench/http.sh REGISTER
# Server on cores 0 and 1, wrk on 2 and 3; SECONDS_EACH (default 8), CONNECTIONS (default 64).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
austral=${AUSTRAL:-$here/../build/austral}
register=${1:?usage: bench/http.sh REGISTER}
seconds=${SECONDS_EACH:-8} connections=${CONNECTIONS:-64}
folder=$(mktemp -d "${TMPDIR:-/tmp}/austral-http.XXXXXX")
servers=()
clean_up() {
  for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap clean_up EXIT
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true

wait_for() {  # wait_for PORT
  until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do sleep 0.05; done
}
port=$("$here/../scripts/free-port")
taskset -c 0,1 "$austral" serve --register "$register" --listen "127.0.0.1:$port" \
  2>"$folder/access.log" &
servers+=($!)
wait_for "$port"
base=http://127.0.0.1:$port
curl -fs "$base/" >/dev/null   # sums are read once

curl -fs "$base/initiatives.json?provider=BR&per_page=100" 2>/dev/null | head -c 20000000 |
  grep -ao '"identifier":"[^"]*"' | cut -d'"' -f4 | head -2000 >"$folder/identifiers" || true
[[ -s $folder/identifiers ]] || for page in $(seq 20); do
  curl -fs "$base/initiatives?page=$page" | grep -o 'href="/initiatives/[^"]*"' | cut -d/ -f3 |
    tr -d '"'
done >"$folder/identifiers"

cat >"$folder/lists.lua" <<'LUA'
-- A list with other filters each time, so that no answer is asked for twice.
local recipients = {"KE", "MZ", "ET", "UG", "TZ", "NP", "BD", "VN", "HT", "BO", "MW", "ZM", "SN",
  "ML", "NE", "BF", "GH", "NG", "RW", "KH"}
local sectors = {"110", "111", "121", "122", "130", "140", "151", "160", "210", "230", "311", "410"}
local count = 0
function init() math.randomseed(os.time()) end
function request()
  count = count + 1
  return wrk.format("GET", "/initiatives?recipient=" .. recipients[math.random(#recipients)] ..
    "&sector=" .. sectors[math.random(#sectors)] .. "&utm_term=" .. count .. math.random(1e9))
end
LUA
cat >"$folder/initiatives.lua" <<LUA
-- One initiative after another, under an address that nobody asked for before.
local names = {}
for line in io.lines("$folder/identifiers") do names[#names + 1] = line end
function init() math.randomseed(os.time()) end
function request()
  return wrk.format("GET", "/initiatives/" .. names[math.random(#names)] .. "?utm_term=" ..
    math.random(1e9))
end
LUA

printf '%-44s %10s %9s %9s  %s\n' "$connections connections, $seconds s each" \
  requests/s p50 p99 errors
run_wrk() {  # run_wrk NAME ADDRESS [WRK-ARGUMENTS...]
  local name=$1 address=$2
  shift 2
  taskset -c 2,3 wrk -t2 -c"$connections" -d"${seconds}s" --latency "$@" "$address" \
    >"$folder/wrk" 2>&1
  awk -v name="$name" '/50%/ {p50 = $2} /99%/ {p99 = $2} /Requests.sec/ {rate = $2}
    /Non-2xx/ {bad = $NF} /Socket errors/ {bad = $0}
    END {printf "%-44s %10.0f %9s %9s  %s\n", name, rate, p50, p99, bad}' "$folder/wrk"
}
zipped=(-H "Accept-Encoding: br, gzip")
run_wrk "list page, other filters each time" "$base" -s "$folder/lists.lua" "${zipped[@]}"
run_wrk "list page, the same address" "$base/initiatives?recipient=KE" "${zipped[@]}"
run_wrk "initiative page, another each time" "$base" -s "$folder/initiatives.lua" "${zipped[@]}"
run_wrk "report, kept" "$base/reports/flows" "${zipped[@]}"
etag=$(curl -fsI "$base/reports/flows" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p')
run_wrk "report, 304" "$base/reports/flows" -H "If-None-Match: $etag"
asset=$(curl -fs "$base/" | grep -o '/assets/austral-[0-9a-f]*\.css' | head -1)
run_wrk "asset" "$base$asset" "${zipped[@]}"

# The peer gives the report's very bytes from a file.
curl -fs -H "Accept-Encoding: br" "$base/reports/flows" -o "$folder/flows.html"
peer_port=$("$here/../scripts/free-port")
if command -v nginx >/dev/null; then
  cat >"$folder/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $folder/nginx.pid; error_log $folder/nginx.log;
events { worker_connections 4096; }
http { access_log $folder/nginx-access.log; keepalive_requests 1000000;
  server { listen 127.0.0.1:$peer_port; root $folder; } }
CONF
  peer="nginx, the report's bytes as a file"
  chmod 755 "$folder"
  taskset -c 0,1 nginx -c "$folder/nginx.conf" &
else
  peer="python3 http.server, the same bytes as a file"
  taskset -c 0,1 python3 -m http.server --protocol HTTP/1.1 --bind 127.0.0.1 \
    --directory "$folder" "$peer_port" >/dev/null 2>&1 &
fi
servers+=($!)
wait_for "$peer_port"
run_wrk "$peer" "http://127.0.0.1:$peer_port/flows.html"

python3 "$here/slow_clients.py" "$port"
