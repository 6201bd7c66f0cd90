#!/usr/bin/env bash
# Runs the command for Windows under wine: tests/windows.sh WAYSEAL.EXE, with the command for Linux in LINUX, to compare.
#
# Wine shows that files, locks, renames, pipes, processes and the spooler's calls are used as Windows has them. It does not
# show Windows' console, its drivers, its virus scanners or its permissions.
set -euo pipefail
exe=$(realpath "$1")
linux=$(realpath "$LINUX")
samples=$(realpath "$(dirname "$0")/../samples")
work=$(mktemp -d)
export WINEDEBUG=-all WINEPREFIX="${WINEPREFIX:-$work/wine}" WINEDLLOVERRIDES="mscoree=;mshtml=" LC_ALL=C.UTF-8
trap 'wineserver -k 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

fail() { echo "FAILED: $*"; exit 1; }
# A command's exit code must be the first argument.
expect() {
  local code=$1 got=0
  shift
  "$@" > out.txt 2>&1 || got=$?
  [ "$got" = "$code" ] || { cat out.txt; fail "exit code $got, not $code: $*"; }
}
says() { grep -q -- "$1" out.txt || { cat out.txt; fail "does not say: $1"; }; }
run() { wine "$exe" --lang en "$@"; }

# Wine 8 has no bcryptprimitives.dll, whose one function gives random bytes.
cat > random.c << 'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T count) { return SystemFunction036(to, (ULONG)count); }
C
mkdir -p 程序
cp "$exe" 程序/wayseal.exe
exe=$PWD/程序/wayseal.exe
x86_64-w64-mingw32-gcc -shared -O1 -o 程序/bcryptprimitives.dll random.c -ladvapi32

# Chinese paths, and the demonstration from keys to scan.
day=2026-11-24
expect 0 run demo 打印室 --day $day
[ "$(find 打印室/labels -name '*.png' | wc -l)" -ge 20 ] || fail "too few labels"
cd 打印室
# Other stations' labels are refused.
expect 1 run scan labels --grant scanner.grant --authority authority/authority.pub --day $day --lang zh
says '王芳'
says '其他网点'
# Every label is the same, bit for bit, as the one that Linux makes.
seal=(seal "$samples/orders.csv" --grant sealer.grant --authority authority/authority.pub --stations "$samples/stations.csv" --day $day)
chmod 600 ./*.grant
expect 0 run "${seal[@]}" --out 面单.zip
expect 0 "$linux" "${seal[@]}" --out linux.zip
cmp 面单.zip linux.zip || fail "other labels than on Linux"

# A batch that is killed is resumed, and is the one that was not. It has 40 parts, so that no machine is past the last
# when the third is seen.
{ head -1 "$samples/orders.csv"
  row=$(sed -n 2p "$samples/orders.csv")
  for number in $(seq 8000); do printf 'YT88000010%05d,%s\n' "$number" "${row#*,}"; done; } > many.csv
many=(seal many.csv "${seal[@]:2}" --part 200)
expect 0 "$linux" "${many[@]}" --out whole.tar
wine "$exe" "${many[@]}" --out killed.tar > /dev/null 2>&1 &
for _ in $(seq 3000); do [ ! -e killed-0003.tar ] || break; sleep 0.01; done
kill -9 $!
wineserver -k
wait
[ ! -e killed-0040.tar ] || fail "the batch was not killed in the middle"
expect 0 run "${many[@]}" --out killed.tar --resume
for part in killed*.tar; do cmp "$part" "${part/killed/whole}" || fail "$part differs"; done

# A second process at the same output is refused; one that reads is not in the way of a rename.
mkfifo orders
run seal - "${seal[@]:2}" --out locked.zip < orders > locked.txt 2>&1 &
exec 3> orders
head -5 "$samples/orders.csv" >&3
for _ in $(seq 100); do ls -A | grep -q 'locked.*lock' && break; sleep 0.1; done
expect 5 run "${seal[@]}" --out locked.zip
says 'another wayseal is writing'
exec 3>&-
wait
[ -s locked.zip ] || { cat locked.txt; fail "no locked.zip"; }

# A reader that goes away ends the output, and not with a panic.
{ run inspect --json labels 2> pipe.txt || true; } | head -1 > /dev/null
! grep -qi panick pipe.txt || { cat pipe.txt; fail "a closed pipe is a panic"; }

# A spool file and a name that is no printer.
expect 0 run "${seal[@]}" --print ./spool --limit 3
says '3 labels written'
expect 1 run "${seal[@]}" --print ./spool --limit 3
says '3 labels were not sent'
expect 5 run "${seal[@]}" --print "No such printer" --limit 3 --ledger other.jsonl
says 'no label was sent'

# A file that is dropped into a folder with a Chinese name.
mkdir 收件
cp "$samples/orders.csv" 收件/订单.csv
expect 0 run watch 收件 "${seal[@]:2}" --out 'sealed/{}.zip' --once --settle 1
[ -s 收件/done/订单.csv ] || { cat out.txt; fail "the file is not in done/"; }
cmp sealed/订单.zip linux.zip || fail "the watched file gave other labels"

# The spooler by a printer's name: a queue of CUPS, as wine shows it to the program.
if [ -n "${PRINTER:-}" ]; then
  expect 0 "$linux" "${seal[@]}" --out labels.zpl --limit 3
  : > "$PAPER"
  expect 0 run "${seal[@]}" --print "$PRINTER" --limit 3 --ledger spooler.jsonl
  says '3 labels sent, not confirmed'
  for _ in $(seq 50); do cmp -s "$PAPER" labels.zpl && break; sleep 0.2; done
  cmp "$PAPER" labels.zpl || fail "the spooler got other bytes"
fi
echo "the command for Windows runs under wine"
