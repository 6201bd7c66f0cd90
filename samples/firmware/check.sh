#!/usr/bin/env bash
# Builds the firmware, runs it in QEMU, and holds its figures to ceilings a few percent above those measured.
# Needs qemu-system-arm, python3, readelf, and the targets thumbv7em-none-eabihf, thumbv7m-none-eabi and
# thumbv6m-none-eabi.
set -euo pipefail
cd "$(dirname "$0")"
target=thumbv7em-none-eabihf
out="${CARGO_TARGET_DIR:-$PWD/target}"
elf="$out/$target/release/firmware"
small='--cfg aes_backend_soft="compact" --cfg sha2_backend_soft="compact"'
work=$(mktemp -d)
trap 'rm -rf "$work"; rm -f ram.bin' EXIT
failed=0

build() { # extra rustflags, cargo's arguments
  local flags=$1
  shift
  rm -f "$elf"
  RUSTFLAGS="$small $flags" cargo build --quiet --locked --release "$@"
}
run() { # where the log goes
  timeout 60 qemu-system-arm -M mps2-an386 -nographic -semihosting-config enable=on,target=native \
    -icount shift=0 -kernel "$elf" 2>"$1" || { cat "$1"; echo "the firmware did not exit with 0"; exit 1; }
}
section() { readelf -SW "$elf" | sed 's/^ *\[ *[0-9]*\] //' | awk -v s="$1" '$1 == s { print $5 }'; }
bytes() { local hex; hex=$(section "$1"); echo $((16#${hex:-0})); }
figure() { awk -v n="$2" '$1 == n { print $2 }' "$1"; }
within() { # name, value, ceiling, goal
  printf '%-28s %8d  ceiling %8d  goal %8d\n' "$1" "$2" "$3" "$4"
  [ -n "$2" ] && [ "$2" -le "$3" ] || { echo "  beyond its ceiling"; failed=1; }
}

for other in thumbv7m-none-eabi thumbv6m-none-eabi; do build "" --target "$other"; done

# What a device uses before the wipe, and the control of the scan.
build "--cfg wayseal_unwiped" --target $target
run "$work/control.log"
mv ram.bin "$work/control.bin"

build "" --target $target --no-default-features
within code_without_symbol "$(bytes .text)" 39400 24576

build "" --target $target
run "$work/log"
mv ram.bin "$work/wiped.bin"
within code_with_symbol "$(bytes .text)" 44000 34816
within tables "$(bytes .rodata)" 19240 81920
within data_and_bss "$(($(bytes .data) + $(bytes .bss)))" 0 0
within stack_before_the_wipe "$(figure "$work/control.log" stack)" 6500 4096
within hkdf_expand_instructions "$(figure "$work/log" hkdf_expand_instructions)" 20300 40000
within seal_80_bytes_instructions "$(figure "$work/log" seal_80_bytes_instructions)" 55500 60000
within open_80_bytes_instructions "$(figure "$work/log" open_80_bytes_instructions)" 55500 60000
grep -v '^label ' "$work/log"
python3 residue.py "$work/log" "$work/wiped.bin" "$work/control.bin" || failed=1
exit $failed
