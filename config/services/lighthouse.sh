#!/usr/bin/env bash
# Lighthouse (mobile) on the main pages of a shop of its own with DEMO=off; prints a table, keeps JSON in var/lighthouse.
set -euo pipefail
cd "$(dirname "$0")/../.."
py=${VENV:-.venv}/bin/python
chrome=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)}
out=$PWD/var/lighthouse
mkdir -p "$out"
[ -d "$out/node_modules/lighthouse" ] || npm install --prefix "$out" --no-audit --no-fund --silent node@22 lighthouse@13.5.0
export VAR_DIR=$PWD/var/bench/lighthouse RATE_LIMITS=off
mkdir -p "$VAR_DIR"
export DATABASE_URL=sqlite:///$VAR_DIR/db.sqlite3
DEMO=on $py manage.py prepare
[ -f "$VAR_DIR/seeded" ] || { DEMO=on $py manage.py seed_demo && DEMO=on $py manage.py worker --once && touch "$VAR_DIR/seeded"; }
DEMO=off $py manage.py serve --no-worker --port 8793 >/dev/null &
server=$!
trap 'kill $server' EXIT
for _ in $(seq 100); do curl -fs http://127.0.0.1:8793/healthz >/dev/null && break; sleep 0.3; done
printf '%-10s %5s %5s %5s %5s %8s %6s %8s\n' page perf a11y best seo "LCP ms" CLS KiB
$py - <<'P' | while read -r name path; do
from config.tour import public_stops
for stop in public_stops("http://127.0.0.1:8793"):
    if stop.name in {"home", "list", "product", "passport", "story"}:
        print(stop.name, stop.path)
P
  CHROME_PATH=$chrome "$out/node_modules/.bin/node" "$out/node_modules/lighthouse/cli/index.js" "http://127.0.0.1:8793$path" \
    --quiet --output=json --output-path="$out/$name.json" --no-enable-error-reporting \
    --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --user-data-dir=$(mktemp -d)" </dev/null
  $py - "$name" "$out/$name.json" <<'P'
import json, sys
report = json.load(open(sys.argv[2]))
score = {k: round(100 * (v["score"] or 0)) for k, v in report["categories"].items()}
audit = report["audits"]
print(f"{sys.argv[1]:<10} {score['performance']:>5} {score['accessibility']:>5} {score['best-practices']:>5} {score['seo']:>5} "
      f"{audit['largest-contentful-paint']['numericValue']:>8.0f} {audit['cumulative-layout-shift']['numericValue']:>6.3f} "
      f"{audit['total-byte-weight']['numericValue'] / 1024:>8.0f}")
P
done
