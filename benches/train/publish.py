#!/usr/bin/env python3
"""Publishes the token tables and the division table: the appendix of docs/format.md, files in docs/tables, their sums.

    python3 benches/train/publish.py

It reads the tables of src/core/record, so it follows `train.py` and `divisions.py`.
"""
import hashlib
import itertools
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECORD = ROOT / "src" / "core" / "record"
OUT = ROOT / "docs" / "tables"
NAMES = ["names", "chinese", "latin", "script", "japanese", "korean"]


def listed(name):
    """A table as the format lists it: on each line a code length and its tokens; 0 is end, 1 escape, 2 window."""
    source = (RECORD / "tables" / f"{name}.rs").read_text(encoding="utf-8")
    field = lambda key: re.search(rf"^    {key}: &?(.*),$", source, re.MULTILINE).group(1)
    value = lambda key: json.loads(re.search(rf"^const {key}: .* = &?(.*);$", source, re.MULTILINE).group(1))
    counts, lengths, text = json.loads(field("counts")), value("LENGTHS"), value("TEXT")
    offsets = [0, *itertools.accumulate(lengths)]
    commands = {int(field(key)): number for number, key in enumerate(("end", "escape", "window"))}
    data, place, lines = text.encode(), 0, []
    for length, count in enumerate(counts):
        places = range(place, place + count)
        tokens = [commands[p] if p in commands else data[offsets[p] : offsets[p + 1]].decode() for p in places]
        if tokens:
            lines.append(f"{length} {json.dumps(tokens, ensure_ascii=False, separators=(',', ':'))}\n")
        place += count
    return "".join(lines)


def divisions():
    source = (RECORD / "division" / "table.rs").read_text(encoding="utf-8")
    numbers = lambda key: json.loads("[" + re.search(rf"{key}: \[u\d+; \d+\] = \[(.*?),\s*\]", source, re.DOTALL).group(1) + "]")
    codes, offsets = itertools.accumulate(numbers("STEPS")), [0, *itertools.accumulate(numbers("LENGTHS"))]
    data = re.search(r'TEXT: &str = "(.*?)"', source, re.DOTALL).group(1).encode()
    return "".join(f"{c}\t{data[a:b].decode()}\n" for c, a, b in zip(codes, offsets, offsets[1:]))


OUT.mkdir(exist_ok=True)
document = ROOT / "docs" / "format.md"
text, appendix = document.read_text(encoding="utf-8").split("\n## Appendix: token tables\n", 1)
introduction = appendix.split("\n### ", 1)[0].rstrip("\n")
files = {}
for name in NAMES:
    files[f"{name}.txt"] = listed(name)
    introduction += f"\n\n### {name}\n\n```text\n{files[f'{name}.txt']}```"
document.write_text(f"{text}\n## Appendix: token tables\n{introduction}\n", encoding="utf-8")
files["divisions-2023.tsv"] = divisions()
for name, content in files.items():
    (OUT / name).write_text(content, encoding="utf-8")
sums = {name: hashlib.sha256(content.encode()).hexdigest() for name, content in files.items()}
(OUT / "SHA256SUMS").write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)))
