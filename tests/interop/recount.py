"""Counts again what the insiders of samples/insider opened, from the labels and nodes that it wrote.

    python3 recount.py FOLDER          the folder of `--emit`
"""

from __future__ import annotations

import sys
from pathlib import Path

import reader
from check import json_lines


def opened(labels: list[dict], nodes: list[reader.Node], day: int, tables: dict[str, reader.Table]) -> int:
    """The labels that open and have the record in the carrier's books."""
    count = 0
    for label in labels:
        try:
            found = reader.open_label(label["text"], day, nodes, "held", [], tables)
        except reader.Refused:
            continue
        if found.delivery is None or found.delivery["name"] != label["name"]:
            raise SystemExit(f"{label['waybill']} opens with another record")
        if found.contact is not None and found.contact["phone"] != label["phone"]:
            raise SystemExit(f"{label['waybill']} opens with another phone")
        count += 1
    return count


def main(folder: Path) -> int:
    tables = reader.token_tables()
    labels = list(json_lines(folder / "labels.jsonl"))
    passed = failed = total = 0
    # Only the first holder of each insider, since Python is slow.
    for row in json_lines(folder / "counts.jsonl"):
        kind, holder = row["grant"].split("-")
        lines = (folder / "bundles" / f"{row['grant']}.txt").read_text().splitlines()
        # A sealer's grant has thousands of leaves, and this reader has no index.
        if holder != "0" or len(lines) > 200:
            continue
        nodes = [reader.Node.from_bundle(int(bit), bytes.fromhex(key)) for bit, key in map(str.split, lines)]
        count = opened(labels, nodes, row["day"], tables)
        total += count
        print(f"{row['insider']}: {count} records open, the library says {row['opened']}")
        passed, failed = passed + (count == row["opened"]), failed + (count != row["opened"])
    if total < 600:
        print(f"only {total} records were opened")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1])))
