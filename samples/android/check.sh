#!/usr/bin/env bash
# Builds the native library for this machine, and tests the Kotlin side against it on a JVM. Needs Maven and a JDK of 17.
set -euo pipefail
cd "$(dirname "$0")"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/jni/target}/android

cargo build --locked --manifest-path jni/Cargo.toml -p wayseal-jni -p wayseal-depot
cargo test --quiet --locked --manifest-path jni/Cargo.toml -p wayseal-jni -p wayseal-depot

# A disk of a megabyte, to be filled: only root mounts one.
small=$(mktemp -d)
mounted=""
if mount -t tmpfs -o size=1m,mode=700 tmpfs "$small" 2> /dev/null; then
  mounted=$small
else
  echo "full disk: not tested, since no file system can be mounted here"
fi
trap '[ -z "$mounted" ] || umount "$mounted"; rm -r "$small"' EXIT
mvn -q --batch-mode test -Dwayseal.library.dir="$CARGO_TARGET_DIR/debug" -Dwayseal.small="$mounted"
# The times, which are not seen else unless they fail.
grep -ho 'open [0-9.]* ms.*' sdk/target/surefire-reports/TEST-io.wayseal.device.SkinTest.xml
