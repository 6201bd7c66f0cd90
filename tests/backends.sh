#!/bin/sh
# Proof of every back-end by other people's software: sh tests/backends.sh
# Needs zbarimg, ZXingReader (zxing-cpp-tools), pdftoppm and pdftotext (poppler-utils), rsvg-convert
# (librsvg2-bin), compare and convert (imagemagick), the fonts of fonts-noto-core, node with zpl-renderer-js in
# tests/interop-printers, and labelize: LABELIZE is its path. Without the last two, printers are not proved, and
# the script says so and fails unless SKIP_PRINTERS is set.
set -eu
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
labelize=${LABELIZE:-labelize}
cargo run --quiet --example gallery -- "$out" --formats

fail() { echo "$*"; exit 1; }
number=CODE-128:SF1304857296031
decode() { zbarimg -q --nodbus "$1" | LC_ALL=C sort; }
# Both codes of a picture, by both decoders, must be those of the label's PNG.
reads() {
    decode "$1" >"$out/zbar.txt"
    grep -qx "$number" "$out/zbar.txt" || fail "$1: zbarimg reads no waybill number"
    cmp -s "$out/zbar.txt" "$out/expected.txt" || fail "$1: zbarimg reads another text"
    for format in QRCode Code128; do
        # Without -noscale Debian's ZXingReader trips over an assertion of its own (Result.cpp, lineCount).
        ZXingReader -noscale -format $format "$1" | sed -n 's/^Text: *"\(.*\)"$/\1/p' >"$out/zxing.txt"
        test -s "$out/zxing.txt" || fail "$1: ZXing reads no $format"
        grep -qF "$(cat "$out/zxing.txt")" "$out/expected.txt" || fail "$1: ZXing reads another $format"
    done
}
# Not one dot may differ. Renderers round a page up to whole dots of theirs.
same() {
    convert "$1" -crop "$(identify -format '%wx%h' "$2")+0+0" +repage "$out/cropped.png"
    differing=$(compare -metric AE "$out/cropped.png" "$2" null: 2>&1) || true
    test "$differing" = 0 || fail "$1: $differing dots differ from $2"
}
# Where the printer draws the codes, not one dot may differ but in them.
same_but_codes() {
    convert "$2" -threshold 50% "pbm:$out/label.pbm"
    convert "$1" -threshold 50% "pbm:$out/drawn.pbm"
    python3 tests/native.py "$out/label.pbm" "$out/drawn.pbm" "$3" || fail "$1: differs from $2"
}
# Everything about one picture, in a folder of its own.
picture() {
    png=$1
    name=$(basename "$png" .png)
    made=$out
    out=$out/of-$name
    mkdir "$out"
    differing=$(compare -metric AE "$png" "samples/gallery/$name.png" null: 2>&1) || true
    [ "$differing" = 0 ] ||
        fail "$name: not the picture in samples/gallery; if it should be, run: cargo run --example gallery -- samples/gallery"
    decode "$png" >"$out/expected.txt"
    grep -q '^QR-Code:WS1:' "$out/expected.txt" || fail "$name: zbarimg reads no QR code in the PNG"
    reads "$png"
    width=$(identify -format %w "$png") height=$(identify -format %h "$png")
    rsvg-convert -w $((width * 2)) "$made/$name.svg" -o "$out/raster.png"
    reads "$out/raster.png"
    pdftoppm -r 300 -png -singlefile "$made/$name.pdf" "$out/raster"
    reads "$out/raster.png"
    python3 tests/backends.py "$png" "$made/$name.zpl" "$made/$name.tspl" "$made/$name.cpcl" || fail "$name: dots differ"
    [ -z "${SKIP_PRINTERS:-}" ] || { rm -r "$out"; return 0; }
    case $name in *-300) dpmm=12 ;; *) dpmm=8 ;; esac
    across=$(echo "scale=4; $width / $dpmm" | bc) down=$(echo "scale=4; $height / $dpmm" | bc)
    for job in zpl tspl cpcl native.zpl native.tspl; do
        "$labelize" convert --width "$across" --height "$down" --dpmm $dpmm -o "$out/drawn.png" \
            --format "${job##*.}" "$made/$name.$job" >/dev/null
        case $job in
            native.*) reads "$out/drawn.png"; same_but_codes "$out/drawn.png" "$png" "$made/$name.$job" ;;
            *) same "$out/drawn.png" "$png" ;;
        esac
    done
    for job in zpl native.zpl; do
        node tests/interop-printers/draw.mjs "$made/$name.$job" "$across" "$down" $dpmm "$out/drawn.png"
        case $job in
            native.*) reads "$out/drawn.png"; same_but_codes "$out/drawn.png" "$png" "$made/$name.$job" ;;
            *) same "$out/drawn.png" "$png" ;;
        esac
    done
    # Two labels of a stream: what the first stores the second recalls.
    stream=$made/$name.stream.zpl
    "$labelize" convert --width "$across" --height "$down" --dpmm $dpmm -o "$out/drawn.png" --format zpl "$stream" >/dev/null
    for label in 1 2; do
        node tests/interop-printers/draw.mjs "$stream" "$across" "$down" $dpmm "$out/other_$label.png" $label
        for drawn in "$out/drawn_$label.png" "$out/other_$label.png"; do
            reads "$drawn"
            same_but_codes "$drawn" "$png" "$stream"
        done
    done
    rm -r "$out"
}
# Two at a time: every decoder is one thread.
pictures=0
jobs=""
finish() {
    for job in $jobs; do wait "$job" || fail "a picture failed"; done
    jobs=""
}
for png in "$out"/*.png; do
    pictures=$((pictures + 1))
    (set -e; picture "$png") &
    jobs="$jobs $!"
    [ $((pictures % 2)) = 1 ] || finish
done
finish
[ "$pictures" = 13 ] || fail "$pictures pictures, not 13"

# QR codes without labels: both decoders read of each picture the text that the line beside it has.
alone=$out/alone
mkdir "$alone"
cargo build --quiet
wayseal=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug/wayseal
(cd "$alone" && "$wayseal" demo >demo.log)
for form in png svg; do
    "$wayseal" seal samples/orders.csv --limit 20 --grant "$alone/wayseal-demo/sealer.grant" --stations samples/stations.csv \
        --authority "$alone/wayseal-demo/authority/authority.pub" --out "$alone/$form" --format symbol-$form >/dev/null
done
for line in "$alone"/png/*.json; do
    name=$(basename "$line" .json)
    text=$(sed 's/.*"text":"\([^"]*\)".*/\1/' "$line")
    cmp -s "$line" "$alone/svg/$name.json" || fail "$name: another line beside the SVG"
    rsvg-convert -w 400 "$alone/svg/$name.svg" -o "$alone/raster.png"
    for drawn in "$alone/png/$name.png" "$alone/raster.png"; do
        [ "$(zbarimg -q --raw --nodbus "$drawn")" = "$text" ] || fail "$drawn: zbarimg reads another text"
        ZXingReader -noscale -format QRCode "$drawn" | sed -n 's/^Text: *"\(.*\)"$/\1/p' | grep -qxF "$text" ||
            fail "$drawn: ZXing reads another text"
    done
done
[ "$(ls "$alone"/png/*.png | wc -l)" = 20 ] || fail "not twenty symbols"
rm -r "$alone"

pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
[ "$(pages "$out/all.pdf")" = 13 ] || fail "all.pdf: not a page for each label"
[ "$(pages "$out/all-a4.pdf")" -lt 13 ] || fail "all-a4.pdf: no page with two labels"
for pdf in "$out"/*.pdf; do
    case $pdf in *-a4.pdf | *-letter.pdf) pdfinfo "$pdf" >/dev/null ;; esac
    pdffonts "$pdf" | awk 'NR > 2 && ($(NF-4) != "yes" || $(NF-2) != "yes") { bad = 1 } END { exit bad }' ||
        fail "$pdf: a font is not embedded or has no text"
done
pdftotext "$out/all.pdf" "$out/text"
# Masks are there, in every script.
for mask in '孙\*\*' '1\*\*\*\*\*\*7385' '阿\*\*' '欧阳\*\*' 'ส\*\*\*' 'प\*\*\*' '佐\*\*' '羽林街道' 'الرياض' 'जयपुर'; do
    grep -q "$mask" "$out/text" || fail "all.pdf: no $mask in the text"
done
# What is hidden is nowhere: not in the text, not in any byte of any file as it is or unpacked.
python3 tests/hidden.py "$out" || fail "something hidden is printed"
echo "all back-ends read"
