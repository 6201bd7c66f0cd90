#!/bin/sh
# Makes regular.otf and bold.otf from Debian's fonts-noto-cjk (needs fonttools): sh build.sh [FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
fonts=${1:-/usr/share/fonts/opentype/noto}
list=$(mktemp)
trap 'rm -f "$list"' EXIT
export SOURCE_DATE_EPOCH=0 PYTHONUTF8=1
for face in regular bold; do
    case $face in regular) style=Regular ;; bold) style=Bold ;; esac
    python3 "$here/charset.py" "$(test $face = bold && echo bold || echo '')" >"$list"
    # Face 2 of the collection is Noto Sans CJK SC. Scaled to 1000 units it stays; kerning and
    # alternates go, since the label sets its text on a grid.
    pyftsubset "$fonts/NotoSansCJK-$style.ttc" --font-number=2 --text-file="$list" \
        --layout-features='' --no-hinting --name-IDs=0,1,2,5,6,13,14 \
        --drop-tables+=vhea,vmtx,VORG,BASE,GPOS,GSUB,GDEF --notdef-outline --no-recalc-timestamp \
        --output-file="$here/$face.otf"
done
ls -l "$here"/*.otf
