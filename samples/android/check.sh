#!/usr/bin/env bash
# Builds the native library for this machine, and tests the Kotlin side against it on a JVM; then links it for Android. Needs Maven, a JDK of 17 and python3.
set -euo pipefail
cd "$(dirname "$0")"
# The folder of the C library: what both are made of is built once.
target=${CARGO_TARGET_DIR:-$PWD/jni/target}/c
export CARGO_TARGET_DIR=$target

host() {
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo "$@" --release --locked --manifest-path jni/Cargo.toml -p wayseal-jni -p wayseal-depot
}
host build
host test --quiet
if grep -n 'unsafe {\|unsafe fn\|unsafe impl' jni/src/*.rs | grep -v '^jni/src/vm.rs:'; then
  echo "unsafe beside vm.rs"
  exit 1
fi

# A disk of a megabyte, to be filled: only root mounts one.
small=$(mktemp -d)
mounted=""
if mount -t tmpfs -o size=1m,mode=700 tmpfs "$small" 2> /dev/null; then
  mounted=$small
else
  echo "full disk: not tested, since no file system can be mounted here"
fi
trap '[ -z "$mounted" ] || umount "$mounted"; rm -r "$small"' EXIT
mvn -q --batch-mode test -Dwayseal.natives="$target/release" -Dwayseal.small="$mounted"
# The times, which are not seen else unless they fail.
grep -ho 'open [0-9.]* ms.*' sdk/target/surefire-reports/TEST-io.wayseal.device.SkinTest.xml

# shellcheck source=samples/c/android.sh
source ../c/android.sh
android_begin
failed=0
for android in aarch64-linux-android armv7-linux-androideabi; do
  android_library "$android" jni/Cargo.toml -p wayseal-jni
  shared=$target/$android/phone/libwayseal.so
  python3 ../c/elf.py "$shared" sdk/src/main/kotlin/io/wayseal/device/internal/Native.kt
  size=$(gzip -9 -c "$shared" | wc -c)
  beyond=""
  if [ "$size" -gt 900000 ]; then beyond="  BEYOND ITS CEILING" failed=1; fi
  printf '%-44s %9d  ceiling %9d%s\n' "$android for Kotlin, gzip" "$size" 900000 "$beyond"
done
exit $failed
