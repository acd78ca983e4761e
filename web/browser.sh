#!/usr/bin/env bash
# Opens workbenches in a browser (browser.js): answers are the command line's to the byte, with workers and without; keyboard, widths,
# light and dark, faults of accessibility, requests; and what it measures. Needs node, npm with a registry, and a Chromium.
#
#     web/browser.sh BARAZA [all]
set -euo pipefail
cd "$(dirname "$0")/.."
baraza="$(realpath "$1")" which="${2:-few}"
browser=""
for name in chromium chromium-browser google-chrome; do
    [ -n "$browser" ] || browser="$(command -v "$name" || true)"
done
if ! command -v node >/dev/null || ! command -v npm >/dev/null || [ -z "$browser" ]; then
    echo "SKIPPED: needs node, npm and a Chromium"
    exit 0
fi
# The folder of tests/scripts/pages.sh: what one has fetched the other has.
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
scenarios=(scenarios/doha-2025.toml)
[ "$which" = few ] || scenarios=(scenarios/*.toml scenarios/tutorial/*.toml)
for scenario in "${scenarios[@]}"; do
    "$baraza" workbench "$scenario" --html "$pages/$(basename "$scenario" .toml).html" --runs 20 2>/dev/null
done
[ "$which" = all ] || export FEW=1
node web/browser.js "$modules" "$browser" "$baraza" "$pages"/*.html
