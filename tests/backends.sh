#!/bin/sh
# Proof of the back-ends by other people's software: sh tests/backends.sh
# Needs zbarimg, ZXingReader (zxing-cpp-tools), pdftoppm and pdftotext (poppler-utils), rsvg-convert (librsvg2-bin).
set -eu
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cargo run --quiet --release --example gallery -- "$out"

decode() { zbarimg -q --nodbus "$1" | sort; }
number=CODE-128:SF1304857296031
for png in "$out"/*.png; do
    name=$(basename "$png" .png)
    decode "$png" >"$out/png.txt"
    grep -qx "$number" "$out/png.txt" || { echo "$name: no waybill number in the PNG"; exit 1; }
    grep -q '^QR-Code:WS1:' "$out/png.txt" || { echo "$name: no QR code in the PNG"; exit 1; }
    # Without -noscale Debian's ZXingReader trips over an assertion of its own (Result.cpp, lineCount).
    for format in QRCode Code128; do
        ZXingReader -noscale -format $format "$png" | sed -n 's/^Text: *"\(.*\)"$/\1/p' >"$out/zxing.txt"
        test -s "$out/zxing.txt" || { echo "$name: ZXing reads no $format"; exit 1; }
        grep -qF "$(cat "$out/zxing.txt")" "$out/png.txt" || { echo "$name: ZXing reads another $format"; exit 1; }
    done
    width=$(od -An -tu1 -j16 -N4 "$png" | awk '{ print $3 * 256 + $4 }')
    rsvg-convert -w "$((width * 2))" "$out/$name.svg" -o "$out/svg.ppm.png"
    decode "$out/svg.ppm.png" | cmp - "$out/png.txt" || { echo "$name: the SVG reads differently"; exit 1; }
    python3 tests/backends.py "$png" "$out/$name.zpl" "$out/$name.tspl" || { echo "$name: dots differ"; exit 1; }
    if [ -f "samples/gallery/$name.png" ]; then
        cmp "$png" "samples/gallery/$name.png" || { echo "$name: not the picture in samples/gallery"; exit 1; }
    fi
done
for pdf in "$out"/*.pdf; do
    pdftotext "$pdf" "$out/text"
    grep -q '1\*\*\*\*\*\*7385' "$out/text" || { echo "$pdf: no mask in the text"; exit 1; }
    # Whole mobile numbers; the sample waybill number is printed in groups and has none.
    if grep -Eq '1[3-9][0-9]{9}' "$out/text"; then echo "$pdf: a phone in the text"; exit 1; fi
    pdftoppm -r 300 -png "$pdf" "$out/page"
    for page in "$out"/page-*.png; do
        decode "$page" | grep -qx "$number" || { echo "$pdf: no waybill number on $page"; exit 1; }
        decode "$page" | grep -q '^QR-Code:WS1:' || { echo "$pdf: no QR code on $page"; exit 1; }
    done
    rm "$out"/page-*.png
done
echo "all back-ends read"
