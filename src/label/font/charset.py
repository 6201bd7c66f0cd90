"""Prints the characters of the embedded font, one string, sorted.

Without an argument: the regular face. With `bold`: the face of routing codes and fixed words.
Beside this file, `names.txt` has what GB 2312 lacks of division names and of characters in people's names,
`surnames.txt` the Hundred Family Surnames.
"""
import pathlib
import sys

here = pathlib.Path(__file__).parent


def gb2312():
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                pass


def jis_level_1():
    """The 2,965 kanji of everyday Japanese, JIS X 0208 rows 16 to 47."""
    for row in range(0xB0, 0xD0):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("euc_jp")
            except UnicodeDecodeError:
                pass


def span(first, last):
    return map(chr, range(first, last + 1))


ascii_ = set(span(0x20, 0x7E))
if "bold" in sys.argv:
    chars = ascii_ | set("·—–…¥€£°№") | set((here / "bold.txt").read_text()) - {"\n"}
else:
    chars = ascii_ | set(gb2312()) | set(jis_level_1()) | set("々〆")
    chars |= set(span(0xA0, 0x17F)) | {chr(0x218), chr(0x219), chr(0x21A), chr(0x21B)}  # Latin
    chars |= set(span(0x1EA0, 0x1EF9))  # Vietnamese
    chars |= set(span(0x370, 0x3FF)) | set(span(0x400, 0x45F)) | set("ҐґҒғҚқҢңҮүҰұҲҳҺһӘәӨө")
    chars |= set("‐‑‒–—―‘’‚“”„†•…‰′″‹›※€№™−") | set("、。〈〉《》「」『』【】〔〕〇")
    chars |= set(span(0xFF01, 0xFF5E)) | {"￥"} | set(span(0x30A0, 0x30FF))
    for names in ("names.txt", "surnames.txt"):
        chars |= set((here / names).read_text()) - {"\n"}
print("".join(sorted(c for c in chars if c.isprintable())), end="")
