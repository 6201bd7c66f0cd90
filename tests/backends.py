"""Compares the dots of a 1-bit PNG with those of our ZPL, TSPL and CPCL, decoded by Python's zlib, base64 and hexadecimal."""
import base64
import re
import struct
import sys
import zlib

png, zpl, tspl, cpcl = (open(path, "rb").read() for path in sys.argv[1:5])

at, idat = 8, b""
while at < len(png):
    length, kind = struct.unpack(">I4s", png[at : at + 8])
    body = png[at + 8 : at + 8 + length]
    if kind == b"IHDR":
        width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        assert (depth, colour) == (1, 0), "one bit, grey"
    elif kind == b"IDAT":
        idat += body
    at += length + 12
stride = (width + 7) // 8
raw = zlib.decompress(idat)
above, rows = bytes(stride), []
for y in range(height):
    line = raw[y * (stride + 1) : (y + 1) * (stride + 1)]
    assert line[0] in (0, 2), "filter none or up"
    above = bytes((a + b) & 255 for a, b in zip(line[1:], above)) if line[0] == 2 else line[1:]
    rows.append(above)
expected = b"".join(rows)

header = re.search(rb"BITMAP 0,0,(\d+),(\d+),0,", tspl)
assert (int(header[1]), int(header[2])) == (stride, height)
bitmap = tspl[header.end() : header.end() + stride * height]
assert bitmap == expected, "TSPL"

graphics = b""
for y, size, across, data in re.findall(rb"\^FO0,(\d+)\^GFA,\d+,(\d+),(\d+),:Z64:([^:]+):", zpl):
    assert int(y) * stride == len(graphics) and int(across) == stride and int(size) < 99999
    band = zlib.decompress(base64.b64decode(data, validate=True))
    assert len(band) == int(size)
    graphics += band
assert bytes(byte ^ 255 for byte in graphics) == expected, "ZPL"

head, wide, *commands = cpcl.decode("ascii").split("\r\n")
assert head.startswith("! 0 ") and head.split()[4:] == [str(height), "1"] and wide == f"PAGE-WIDTH {width}", "CPCL"
assert commands[-3:] == ["FORM", "PRINT", ""], "CPCL"
page = [bytearray(stride) for _ in range(height)]
for command in commands[:-3]:
    name, across, tall, x, y, data = command.split()
    across, tall, x, y = map(int, (across, tall, x, y))
    dots = bytes.fromhex(data)
    assert name == "EG" and x % 8 == 0 and len(dots) == across * tall
    for row in range(tall):
        for at, byte in enumerate(dots[row * across : (row + 1) * across], x // 8):
            assert page[y + row][at] == 0, "drawn twice"
            page[y + row][at] = byte
# In a PNG white is 1, the padding of a row included in what is written, not in what counts.
assert all(bytes(byte ^ 255 for byte in row) == expected[y * stride : (y + 1) * stride] for y, row in enumerate(page)), "CPCL"
