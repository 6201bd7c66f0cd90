#!/usr/bin/env bash
# Runs the second implementation, written from docs/format.md alone, on all vectors, and on labels and grants of a new
# month: it must open as many as the library.
set -euo pipefail
python3 -c 'import cryptography' 2>/dev/null || apt-get install -y -qq python3-cryptography > /dev/null
python=python3
"$python" -c 'import cryptography' 2>/dev/null || python=/usr/bin/python3
"$python" tests/interop/check.py vectors tests/vectors
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
bash .ci/release.sh
"$CARGO_TARGET_DIR/release/examples/insider" --reduced --seed 45 --emit "$folder" > /dev/null
"$python" tests/interop/recount.py "$folder"
