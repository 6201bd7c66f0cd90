"""Searches every byte of the files of a folder, as they are and unpacked, for what labels hide."""
import base64
import functools
import pathlib
import re
import sys
import unicodedata
import zlib

# Whole names, and what masks hide of phones and addresses; samples/gallery/main.rs has the people.
HIDDEN = """孙静杰 静杰 15800007385 5800007385 58号 陈伟 13760000797 9号3栋 阿布都热合曼 买买提 13800005678 3组12号 欧阳修远
修远 86543212 1203室 B座 周鑫 13900000225 5号502室 502室 عبد الغامدي 501234567 304 สมชาย ใจดี 812345678 1203 12 ชั้น
प्रियंका शर्मा 9876543210 तीसरी 佐々木 健太郎 9012345678 1-2-3 405号室 Featherstonehaugh Cholmondeley 7700900456
Amelia Hart 7700900123 Cotton Flat ئابدۇرېھىم مەمەتئېلى 13899990246 9990246 8-ئۆي ใจดีมากสกุล 1203 ห้อง الغامدي
شقة الرحمن मंज़िल शर्मा""".split()
HIDDEN = [word for word in HIDDEN if len(word) > 3 or not word.isascii()]


def unpacked(data):
    yield data
    for start in re.finditer(rb"stream\r?\n", data):
        try:
            yield zlib.decompressobj().decompress(data[start.end() :])
        except zlib.error:
            pass
    for packed in re.findall(rb":Z64:([^:]+):", data):
        yield zlib.decompress(base64.b64decode(packed))


def written(word):
    """A word in each way that software writes it: composed, decomposed, in presentation forms' letters, and backwards."""
    forms = {word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC", "NFKD"))}
    return forms | {form[::-1] for form in forms if not word.isascii()}


CODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")


@functools.cache
def needles(word):
    return {form.encode(coding) for form in written(word) for coding in CODINGS}


def found(parts, word):
    return any(needle in part for needle in needles(word) for part in parts)


def plain(data):
    """Text with ligatures and shaped letters taken back to what was typed."""
    return unicodedata.normalize("NFKC", data.decode("utf-8", "ignore")).encode()


files = [path for path in pathlib.Path(sys.argv[1]).iterdir() if path.suffix in (".png", ".svg", ".pdf", ".zpl", ".tspl", "")]
assert len(files) > 80, len(files)
for word in ("ئابدۇرېھىم", "สมชาย", "عبد الغامدي", "प्रियंका", "Élodie"):
    for form in ("NFC", "NFD"):
        for coding in CODINGS[:3]:
            control = b"<" + unicodedata.normalize(form, word).encode(coding) + b">"
            assert found([control], word), f"the control of {word} in {form}, {coding}"
bad = 0
for path in files:
    data = path.read_bytes()
    if path.name == "text":
        data += plain(data)
    parts = list(unpacked(data))
    if path.name.startswith("plain") and path.suffix == ".svg":
        assert found(parts, "孙**"), "the control"
    if path.name == "text":
        # What a script's text looks like is known by what the masks show of it.
        assert all(found(parts, word) for word in ("สมชาย"[0] + "***", "กรุงเทพ", "العليا")), "the controls of scripts"
        assert found(parts, "孙**"), "the control in the text of the PDF"
    # Short words may occur by chance in pictures, which hold no text.
    for word in HIDDEN:
        if len(word.encode()) >= 6 and found(parts, word):
            print(f"{path.name}: {word}")
            bad = 1
sys.exit(bad)
