#!/usr/bin/env bash
# Builds the firmware, runs it in QEMU, and holds its figures to ceilings a few percent above those measured.
# Needs qemu-system-arm, python3, and the targets thumbv7em-none-eabihf, thumbv7m-none-eabi and thumbv6m-none-eabi.
set -euo pipefail
cd "$(dirname "$0")"
target=thumbv7em-none-eabihf
out="${CARGO_TARGET_DIR:-$PWD/target}"
small='--cfg aes_backend_soft="compact" --cfg sha2_backend_soft="compact"'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

build() { # where the ELF goes, cargo's arguments
  local elf="$out/$target/release/firmware" to=$1
  shift
  # A failed build must not leave an older one to be measured.
  rm -f "$elf"
  RUSTFLAGS="$small" cargo build --quiet --locked --release --target "$target" "$@"
  mv "$elf" "$to"
}
run() { # ELF, folder for the log and the RAM
  mkdir "$2"
  (cd "$2" && timeout 60 qemu-system-arm -M mps2-an386 -nographic -semihosting-config enable=on,target=native \
    -icount shift=0 -kernel "$1" >log 2>&1) || { cat "$2/log"; echo "the firmware did not exit with 0"; exit 1; }
}
bytes() { # ELF, sections
  local elf=$1
  shift
  python3 sections.py "$elf" "$@"
}
figure() { awk -v n="$2" '$1 == n { print $2; found = 1 } END { exit !found }' "$1"; }
within() { # name, value, ceiling, goal
  local beyond=""
  if [ "$2" -gt "$3" ]; then beyond="  BEYOND ITS CEILING" failed=1; fi
  printf '%-28s %8d  ceiling %8d  goal %8d%s\n' "$1" "$2" "$3" "$4" "$beyond"
}

for target in thumbv7m-none-eabi thumbv6m-none-eabi; do
  build "$work/$target" && build "$work/$target-names" --features names
  printf '%-28s %8d  of code\n' "$target" "$(bytes "$work/$target" .text)"
done
target=thumbv7em-none-eabihf

# What a device has without the sample's own measuring: it seals, opens, refuses, and its exit code says so.
build "$work/plain" --no-default-features
build "$work/drawing" --no-default-features --features symbol
build "$work/symbol"
build "$work/names" --features names
build "$work/control" --features control
# Without the wipe: what a device uses before it, and the control of the scan.
python3 unwiped.py "$work/control" "$work/unwiped"
run "$work/plain" "$work/bare"
run "$work/drawing" "$work/drawn"
run "$work/symbol" "$work/run"
run "$work/names" "$work/named"
run "$work/control" "$work/wiped"
run "$work/unwiped" "$work/shown"
log="$work/run/log" before="$work/shown/log"
depth=$(sort -n <(figure "$before" depth_of_seal) <(figure "$before" depth_of_open) | tail -1)
stack=$(awk '/^stack_of_/ && $2 > most { most = $2 } END { print most + 0 }' "$before")
wipe=$(figure "$log" wipe_bytes)

within code_without_symbol "$(bytes "$work/plain" .text)" 29400 24576
within code_with_symbol "$(bytes "$work/drawing" .text)" 33700 34816
within code_with_measuring "$(bytes "$work/symbol" .text)" 35000 34816
within tables_without_names "$(bytes "$work/symbol" .rodata)" 21700 81920
within tables_with_names "$(bytes "$work/names" .rodata)" 78700 81920
within data_and_bss "$(bytes "$work/symbol" .data .bss)" 0 0
within stack_before_the_wipe "$stack" 4096 4096
within hkdf_expand_instructions "$(figure "$log" hkdf_expand_instructions)" 21600 40000
within seal_80_bytes_instructions "$(figure "$log" seal_80_bytes_instructions)" 48900 60000
within open_80_bytes_instructions "$(figure "$log" open_80_bytes_instructions)" 48900 60000
within seal_label_instructions "$(figure "$log" seal_label_instructions)" 260000 0
within open_label_instructions "$(figure "$log" open_label_instructions)" 197000 0
within symbol_instructions "$(figure "$log" symbol_instructions)" 205000 0
echo "depth $depth, wipe $wipe"
if [ $((4 * wipe)) -lt $((5 * depth)) ]; then
  echo "the wipe is less than the depth and a quarter: DEPTH in src/core/secret/stack.rs"
  failed=1
fi
python3 residue.py "$work/shown/log" "$work/wiped/ram.bin" "$work/shown/control.bin" || failed=1
exit $failed
