#!/usr/bin/env bash
# A short lesson in a browser: a teacher and six students at phone size, with a lost network and a killed server (class.js).
# Needs node, npm with a registry, and a Chromium; says what is missing.
#
#     tests/scripts/class.sh BARAZA [FOLDER FOR SCREENSHOTS]
set -euo pipefail
cd "$(dirname "$0")/../.."
baraza="$(realpath "$1")" shots="${2:-}"

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
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
node tests/scripts/class.js "$modules" "$browser" "$baraza" "$folder" $shots
