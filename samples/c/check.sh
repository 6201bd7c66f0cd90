#!/usr/bin/env bash
# Builds the libraries for C for the host and for Android, uses them from C and C++, and checks them with valgrind and AddressSanitizer.
#
#   libwayseal.a            sealing and opening, without the standard library of Rust
#   libwayseal_device.a/.so a device and the reader
#
# Needs gcc, g++, valgrind, python3, pkg-config, cmake and the command (WAYSEAL, or target/debug/wayseal); `rustup target add aarch64-linux-android
# armv7-linux-androideabi` for Android, for which neither NDK nor emulator is needed: what is linked is measured, and not run.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
target=${CARGO_TARGET_DIR:-$PWD/target}/c
wayseal=${WAYSEAL:-${CARGO_TARGET_DIR:-$root/target}/debug/wayseal}
export CARGO_TARGET_DIR=$target
flags=(-std=c99 -Wall -Wextra -Werror -pedantic -Iinclude)
failed=0
within() { # name, value, ceiling, goal
  local beyond=""
  if [ "$2" -gt "$3" ]; then beyond="  BEYOND ITS CEILING" failed=1; fi
  printf '%-44s %9d  ceiling %9d  goal %9d%s\n' "$1" "$2" "$3" "$4" "$beyond"
}

# Sealing and opening.
library=$target/release/libwayseal.a
rm -f "$library"
RUSTFLAGS="-C force-unwind-tables=no" cargo build --release --locked
gcc "${flags[@]}" -O1 -g main.c "$library" -o "$target/main"
for header in wayseal.h wayseal_device.h; do
  g++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only -Iinclude -x c++ "include/$header"
done
"$target/main"
valgrind --quiet --error-exitcode=1 --leak-check=full --show-leak-kinds=all "$target/main"
gcc "${flags[@]}" -O1 -g -fsanitize=address,undefined main.c "$library" -o "$target/main-asan"
"$target/main-asan"
# A program of the first header, as it was, runs with today's library.
gcc -std=c99 -O1 -Ifirst first/main.c "$library" -o "$target/first"
"$target/first"
gcc "${flags[@]}" -Os open.c "$library" -o "$target/open" -Wl,--gc-sections -Wl,-z,noseparate-code -s
within "a program that opens, without codecs 5 and 6" "$(stat -c %s "$target/open")" 150000 150000

# A device. What is only run here is not linked as tightly as what ships, and the Kotlin side's checks build the same dependencies.
CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
  cargo build --release --locked --manifest-path device/Cargo.toml
libraries=(-lpthread -ldl -lm)
gcc "${flags[@]}" -O1 -g day.c "$target/release/libwayseal_device.a" -o "$target/day" "${libraries[@]}"
gcc "${flags[@]}" -O1 -g -fsanitize=address,undefined day.c "$target/release/libwayseal_device.a" -o "$target/day-asan" "${libraries[@]}"
bash day.sh "$wayseal" "$target/day"
bash day.sh "$wayseal" "$target/day-asan"
bash day.sh "$wayseal" valgrind --quiet --error-exitcode=1 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite "$target/day"
# The program of the first header of the device, as it was, with today's shared library.
gcc -std=c99 -O1 -Ifirst first/day.c -o "$target/day-first" -L"$target/release" -lwayseal_device "${libraries[@]}"
FIRST=1 LD_LIBRARY_PATH=$target/release bash day.sh "$wayseal" "$target/day-first"
if grep -n 'unsafe {\|unsafe fn\|unsafe impl' device/src/*.rs | grep -v '^device/src/raw.rs:'; then
  echo "unsafe beside raw.rs"
  exit 1
fi

# By pkg-config and by CMake, from where they are installed.
prefix=$target/prefix
rm -rf "$prefix" "$target/cmake"
bash install.sh "$prefix" "$target/release"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
# shellcheck disable=SC2046 # the flags are words
gcc -std=c99 day.c -o "$target/day-pkg" $(pkg-config --cflags --libs wayseal-device)
cmake -S cmake/app -B "$target/cmake" -DCMAKE_PREFIX_PATH="$prefix" > /dev/null
cmake --build "$target/cmake" > /dev/null
for program in "$target/day-pkg" "$target/cmake/day"; do
  if LD_LIBRARY_PATH=$prefix/lib "$program"; then exit 1; else [ $? = 2 ]; fi
done

# Android.
# shellcheck source=samples/c/android.sh
source android.sh
android_begin
for android in aarch64-linux-android armv7-linux-androideabi; do
  RUSTFLAGS="-C force-unwind-tables=no" cargo build --release --locked --target "$android"
  android_library "$android" device/Cargo.toml
  shared=$target/$android/phone/libwayseal_device.so
  python3 elf.py "$shared" include/wayseal_device.h
  within "$android, gzip" "$(gzip -9 -c "$shared" | wc -c)" 900000 900000
  for name in wayseal_seal wayseal_open wayseal_open2 wayseal_scanned wayseal_handle wayseal_error wayseal_wipe; do
    nm --defined-only "$target/$android/release/libwayseal.a" 2> /dev/null | grep -c " T $name\$" > /dev/null \
      || { echo "$android: no $name"; exit 1; }
  done
done
exit $failed
