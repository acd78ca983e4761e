#!/usr/bin/env bash
# Makes pages and opens them in a browser (pages.js). Needs node, npm with a registry, and a Chromium; says what is missing.
#
#     tests/scripts/pages.sh BARAZA [all]
set -euo pipefail
cd "$(dirname "$0")/../.."
baraza="$(realpath "$1")" which="${2:-few}"

browser=""
for name in chromium chromium-browser google-chrome; do
    [ -n "$browser" ] || browser="$(command -v "$name" || true)"
done
if ! command -v node >/dev/null || ! command -v npm >/dev/null || [ -z "$browser" ]; then
    echo "SKIPPED: needs node, npm and a Chromium"
    exit 0
fi
modules="${CARGO_TARGET_DIR:-target}/browser"
mkdir -p "$modules"
if [ ! -d "$modules/node_modules/axe-core" ] || [ ! -d "$modules/node_modules/puppeteer-core" ]; then
    if ! npm install --prefix "$modules" --no-audit --no-fund --no-save --ignore-scripts --loglevel=error \
        puppeteer-core@25 axe-core@4 >/dev/null; then
        echo "SKIPPED: puppeteer-core and axe-core are not to be had"
        exit 0
    fi
fi

pages="$(mktemp -d)"
trap 'rm -rf "$pages"' EXIT
make() { # NAME COMMAND…: writes NAME.html
    local name="$1"
    shift
    "$baraza" "$@" --html "$pages/$name.html" >/dev/null 2>&1
}
make doha-ensemble ensemble scenarios/doha-2025.toml --runs 100
make doha-what-if what-if scenarios/doha-2025.toml --runs 40
make doha-pair what-if scenarios/doha-2025.toml press-kigali --pair 3
if [ "$which" = all ]; then
    make doha-run run scenarios/doha-2025.toml
    make exact exact scenarios/tutorial/2-mediator.toml
    make verify verify scenarios/tutorial/1-two-parties.toml --property 'possible item.water.settled'
    make resolve resolve scenarios/tutorial/2-mediator.toml --agent elders
    for scenario in doha-2025 camp-david-1978 tutorial/2-mediator; do
        file="scenarios/$scenario.toml" name="$(basename "$scenario")"
        make "$name-ensemble-all" ensemble "$file" --runs 200
        make "$name-what-if-all" what-if "$file" --runs 60
        make "$name-sensitivity" sensitivity "$file" --runs 40 --walks 3 --walk-runs 10
        make "$name-analyze" analyze "$file" --runs 100
        if grep -q '^\[\[history\]\]' "$file"; then make "$name-backtest" backtest "$file" --runs 100; fi
        "$baraza" ensemble "$file" --runs 100 --slides "$pages/$name-slides.html" >/dev/null 2>&1
        "$baraza" sheets "$file" --format html --out "$pages/$name-sheets" >/dev/null 2>&1 || true
        for sheet in "$pages/$name-sheets"/*.html; do
            [ ! -e "$sheet" ] || mv "$sheet" "$pages/$name-sheet-$(basename "$sheet")"
        done
    done
    yes auto | head -400 | "$baraza" play scenarios/tutorial/2-mediator.toml --as elders --no-predict --session "$pages/log.jsonl" \
        >/dev/null 2>&1 || true
    make debrief debrief "$pages/log.jsonl" --runs 50 --scenario scenarios/tutorial/2-mediator.toml
fi
[ "$which" = all ] || export FEW=1
node tests/scripts/pages.js "$modules" "$browser" "$pages"/*.html
