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

# Enough of them that nobody asks for one twice. The stream is cut, which is no failure.
{ curl -fs "$base/initiatives.csv?grain=initiative&columns=identifier" || true; } |
  tr -d '\r"' | sed '1s/^\xEF\xBB\xBF//; /^identifier$/d; s/ /%20/g' |
  head -200000 >"$folder/identifiers" || true

cat >"$folder/lists.lua" <<'LUA'
-- Lists by country, sector and years: NEW in a hundred are questions that nobody asked before, the
-- others some of 240 that are asked again and again.
local recipients = {"KE", "MZ", "ET", "UG", "TZ", "NP", "BD", "VN", "HT", "BO", "MW", "ZM", "SN",
  "ML", "NE", "BF", "GH", "NG", "RW", "KH", "LA", "MM", "PH", "ID", "PE", "CO", "EC", "HN", "NI",
  "GT", "SV", "DO", "CU", "JM", "FJ", "MG", "ZW", "NA", "BW", "LS", "AO", "CD", "CM", "CI", "BJ",
  "TG", "GN", "LR", "SL", "GM"}
local sectors = {"111", "121", "122", "130", "140", "151", "160", "210", "230", "311", "410", "112",
  "113", "114", "123", "152", "220", "231", "232", "240", "250", "312", "313", "321", "322", "331",
  "430", "510", "520"}
local new = tonumber(os.getenv("NEW"))
local threads = 0
function setup(thread)
  thread:set("seed", os.time() + 7919 * threads)
  threads = threads + 1
end
function init() math.randomseed(seed) end
function request()
  if math.random(100) > new then
    return wrk.format("GET", "/initiatives?recipient=" .. recipients[math.random(20)] ..
      "&sector=" .. sectors[math.random(12)])
  end
  return wrk.format("GET", "/initiatives?recipient=" .. recipients[math.random(#recipients)] ..
    "&sector=" .. sectors[math.random(#sectors)] .. "&since=" .. math.random(1990, 2024) ..
    "&until=" .. math.random(2024, 2060))
end
LUA
cat >"$folder/initiatives.lua" <<LUA
-- One initiative after another that nobody asked for before.
local names, threads = {}, 0
for line in io.lines("$folder/identifiers") do names[#names + 1] = line end
function setup(thread)
  thread:set("at", threads - 2)
  threads = threads + 1
end
function request()
  at = (at + 2) % #names
  return wrk.format("GET", "/initiatives/" .. names[at + 1])
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
export NEW=100
run_wrk "list page, a new question each time" "$base" -s "$folder/lists.lua" "${zipped[@]}"
for NEW in 20 1 0; do
  run_wrk "list page, $NEW in 100 questions new" "$base" -s "$folder/lists.lua" "${zipped[@]}"
done
run_wrk "list page, the same address" "$base/initiatives?recipient=KE" "${zipped[@]}"
run_wrk "initiative page, a new one each time" "$base" -s "$folder/initiatives.lua" "${zipped[@]}"
curl -fs -H "Accept-Encoding: br, gzip" "$base/reports/flows" >/dev/null
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
