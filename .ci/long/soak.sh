#!/usr/bin/env bash
# Kills a batch a hundred times at random moments, searches each command's memory for secrets, and watches the order in which a device
# writes its files.
set -euo pipefail
cd "$(dirname "$0")/../.."
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
command -v gdb > /dev/null || apt-get install -y -qq gdb > /dev/null
command -v strace > /dev/null || apt-get install -y -qq strace > /dev/null
command -v age > /dev/null || apt-get install -y -qq age > /dev/null
bash .ci/release.sh
begun=$SECONDS
bash tests/soak/kill.sh "$CARGO_TARGET_DIR/release/wayseal" 100
python3 tests/soak/residue.py "$CARGO_TARGET_DIR/release/wayseal"
python3 tests/soak/order.py "$CARGO_TARGET_DIR/release/wayseal"
echo "100 kills and the residues in $((SECONDS - begun)) s"
