#!/usr/bin/env bash
# Tests the C interface from C.
set -euo pipefail
rustup target add aarch64-linux-android
apt-get install -y -qq gcc g++ valgrind > /dev/null
bash samples/c/check.sh
