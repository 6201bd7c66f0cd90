#!/usr/bin/env bash
# Builds the static library for the host and for Android, uses it from C and C++, and checks it with valgrind.
# Needs gcc, g++ and valgrind; `rustup target add aarch64-linux-android` for the Android build.
set -euo pipefail
cd "$(dirname "$0")"
target=${CARGO_TARGET_DIR:-$PWD/target}/c
export CARGO_TARGET_DIR=$target
library=$target/release/libwayseal.a
rm -f "$library" "$target/aarch64-linux-android/release/libwayseal.a"
cargo build --release --locked
cargo build --release --locked --target aarch64-linux-android
gcc -std=c99 -Wall -Wextra -Werror -pedantic -O1 -g -Iinclude main.c "$library" -o "$target/main" -lpthread -ldl -lm
g++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only -Iinclude -x c++ include/wayseal.h
"$target/main"
valgrind --quiet --error-exitcode=1 --leak-check=full --show-leak-kinds=all "$target/main"
# Every declared function is defined, for both targets.
for built in "$library" "$target/aarch64-linux-android/release/libwayseal.a"; do
  for name in wayseal_seal wayseal_open wayseal_handle wayseal_error wayseal_wipe; do
    nm --defined-only "$built" 2> /dev/null | grep -c " T $name\$" > /dev/null \
      || { echo "$built: no $name"; exit 1; }
  done
  printf '%s: %s bytes\n' "${built#"$target"/}" "$(stat -c %s "$built")"
done
size "$target/main" | tail -1 | awk '{ print "linked: " $1 " bytes of text, " $2 " of data" }'
