#!/usr/bin/env bash
# The worst processor time and memory of each kind of file: files as large as their bounds allow, made to be slow.
set -euo pipefail
cd "$(dirname "$0")/../.."
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
bash .ci/release.sh
wayseal="$CARGO_TARGET_DIR/release/wayseal"
orders=$PWD/samples/orders.csv
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
export WAYSEAL_PASSPHRASE=bounds
authority=demo/authority/authority.pub
"$wayseal" demo demo > /dev/null
"$wayseal" log auditor > /dev/null
"$wayseal" log enrol pda --authority "$authority" -o pda.enrolment > /dev/null 2>&1
"$wayseal" courier init --enrolment pda.enrolment --state pda > /dev/null
"$wayseal" device init --folder device --name pda --authority "$authority" > /dev/null 2>&1
python3 - << 'P'
import base64, os, struct, zipfile, zlib
MIB = 1 << 20
def write(name, content):
    with open(name, "wb") as file:
        file.write(content)
    os.chmod(name, 0o600)
# A header of the device, and noise up to the bound.
log = open("pda/log", "rb").read()
write("garbage.log", log + os.urandom(256 * MIB - len(log)))
place = lambda at: f"s{at},{at >> 12},{at & 4095}"
write("stations.csv", ("code,region,site,divisions\n" + "".join(place(at) + ",\n" for at in range(131072))).encode())
served = ";".join(f"US:{at:07d}*" for at in range(1 << 20))
write("served.csv", ("code,region,site,divisions\n" + place(0) + "," + served + "\n").encode())
write("cells.csv", b"code,region\n" + b"a,b\n" * ((1 << 20) - 1))
write("quote.csv", b"code,region,site\n\"" + b"x" * (63 * MIB))
stanza = lambda: b"-> X25519 " + base64.b64encode(os.urandom(32)).rstrip(b"=") + b"\n" + base64.b64encode(os.urandom(32)).rstrip(b"=") + b"\n"
header = b"age-encryption.org/v1\n" + b"".join(stanza() for _ in range(160))
write("stanzas.grant", header + b"--- " + base64.b64encode(os.urandom(32)).rstrip(b"=") + b"\n" + bytes(16))
write("zeros.grant", bytes(64 * MIB))
# A signed file whose body has the longest list of names.
body = b"\xa6\x01\x01" + bytes(64 * MIB - 200)
write("body.list", b"\x84\x73wayseal revocations\x01\x5a" + struct.pack(">I", len(body)) + body + b"\x58\x40" + bytes(64))
def png(name, width, height, row):
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    data = zlib.compress(b"".join(b"\0" + row() for _ in range(height)), 1)
    write(name, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
png("noise.png", 12000, 12000, lambda: os.urandom(12000))
# Corners of a code everywhere, and no code.
finder = [0b1111111, 0b1000001, 0b1011101, 0b1011101, 0b1011101, 0b1000001, 0b1111111, 0, 0]
lines = [bytes((0 if finder[row] >> (at % 9) & 1 else 255) if at % 9 < 7 else 255 for at in range(400)) for row in range(9)]
count = [0]
def corner():
    count[0] += 1
    line = lines[(count[0] - 1) // 8 % 9]
    return b"".join(bytes([dot]) * 8 for dot in line)[:3200]
png("corners.png", 3200, 3200, corner)
sheet = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
with zipfile.ZipFile("rows.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
    book.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
    book.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    book.writestr("xl/workbook.xml", '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>')
    book.writestr("xl/_rels/workbook.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
    with book.open("xl/worksheets/sheet1.xml", "w") as part:
        part.write(sheet)
        row = b'<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>' * 1000
        for _ in range(1 << 10):
            part.write(row)
        part.write(b"</sheetData></worksheet>")
P
worst() {
  local name=$1
  shift
  local code=0
  /usr/bin/time -f "%U %S %M" -o cost "$@" > out 2> err || code=$?
  tail -n 1 cost | awk -v name="$name" -v code="$code" '{ printf "%-10s %6.1f s %5d MiB  exit %s  ", name, $1 + $2, $3 / 1024, code }'
  tail -n 1 err | cut -c1-100
  [ "$code" -lt 100 ] || { echo "$name: a crash"; cat err; exit 1; }
}
worst log      "$wayseal" log verify garbage.log
worst stations "$wayseal" mask "$orders" --stations stations.csv
worst served   "$wayseal" mask "$orders" --stations served.csv
worst cells    "$wayseal" mask "$orders" --stations cells.csv
worst quote    "$wayseal" mask "$orders" --stations quote.csv
worst envelope "$wayseal" device accept --folder device stanzas.grant
worst grant    "$wayseal" device accept --folder device zeros.grant
worst list     "$wayseal" device accept --folder device body.list
worst noise    "$wayseal" scan noise.png --grant demo/scanner.grant --authority "$authority"
worst corners  "$wayseal" scan corners.png --grant demo/scanner.grant --authority "$authority"
worst workbook "$wayseal" mask rows.xlsx
echo "bounds: no crash, and no file took longer than the time beside it"
