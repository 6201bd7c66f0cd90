"""Compares a drawn job with its label's PNG, the two codes left out: native.py LABEL.pbm DRAWN.pbm JOB.

The codes are where the job says; how wide they are, the label's own dots say."""
import re
import sys


def read(path):
    data = open(path, "rb").read()
    header = re.match(rb"P4\s(?:#[^\n]*\n)?(\d+)\s(\d+)\s", data)
    width, height = int(header[1]), int(header[2])
    stride = (width + 7) // 8
    rows = [data[header.end() + y * stride :][:stride] for y in range(height)]
    dots = [int.from_bytes(row, "big") >> (stride * 8 - width) for row in rows]
    return width, height, dots


width, height, label = read(sys.argv[1])
drawn_width, drawn_height, drawn = read(sys.argv[2])
assert drawn_width >= width and drawn_height >= height, "the drawn page is smaller"
# Renderers round a page up to whole dots of theirs.
drawn = [row >> (drawn_width - width) for row in drawn[:height]]

job = open(sys.argv[3], "rb").read()
bars = re.search(rb"\^FO(\d+),(\d+)\^BY\d+,2,(\d+)\^BC", job) or re.search(rb'BARCODE (\d+),(\d+),"128",(\d+),', job)
x, y, tall = map(int, bars.groups())
boxes = [(x, y, width - 2 * x, tall)]
zpl = re.search(rb"\^FO(\d+),(\d+)\^BY2,2,10\^BQN,2,(\d+),", job)
if zpl:
    x, y, dots = map(int, zpl.groups())
    y += 10
else:
    x, y, dots = map(int, re.search(rb"QRCODE (\d+),(\d+),\w,(\d+),", job).groups())


def column(at):
    return any(label[row] >> (width - 1 - at) & 1 for row in range(y, y + 7 * dots))


# The symbol ends where its quiet zone, four blank modules, begins.
side = next(end for end in range(7 * dots, width - x) if not any(column(x + end + at) for at in range(4 * dots)))
assert side % dots == 0 and (side // dots - 17) % 4 == 0, f"no symbol has {side // dots} modules"
boxes.append((x, y, side, side))

keep = [(1 << width) - 1] * height
for left, top, wide, tall in boxes:
    for row in range(top, top + tall):
        keep[row] &= ~(((1 << wide) - 1) << (width - left - wide))
black = sum((a & k).bit_count() for a, k in zip(label, keep))
assert black > 10_000, f"only {black} dots are compared"
differing = sum(((a ^ b) & k).bit_count() for a, b, k in zip(label, drawn, keep))
if differing:
    rows = [row for row, (a, b, k) in enumerate(zip(label, drawn, keep)) if (a ^ b) & k]
    sys.exit(f"{sys.argv[3]}: {differing} dots differ, in rows {rows[0]} to {rows[-1]}")
