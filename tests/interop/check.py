"""Checks with the reader of reader.py, which was written from docs/format.md alone.

    python3 check.py [--format FORMAT.md] vectors FOLDER
    python3 check.py [--format FORMAT.md] labels LABELS.jsonl BUNDLES.txt DAY

`vectors` runs the test vectors of FOLDER. `labels` opens labels of another sealer: a line of LABELS.jsonl is an
object with at least "text", "name" and "phone", a line of BUNDLES.txt is "generation hex-of-44-bytes".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any, Callable, Iterator

import reader
import signed

LEAST_OPENED = 200
LEAST_REFUSED = 500
INPUTS = {"name", "note", "day", "nodes", "revoked", "want", "text", "expect"}


class Wrong(Exception):
    """A vector and the reader differ."""


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines. Only LF ends a line: str.splitlines would cut at U+2028 too."""
    for line in path.read_text("utf-8").split("\n"):
        if line:
            yield json.loads(line)


def same(what: str, got: object, want: object) -> None:
    """Raises Wrong if the two differ in value or type."""
    if got != want or type(got) is not type(want):
        raise Wrong(f"{what} is {got!r} and should be {want!r}")


def node(generation: int, bundle: str) -> reader.Node:
    """A node from a bundle in hexadecimal, which must be written back the same."""
    found = reader.Node.from_bundle(generation, bytes.fromhex(bundle))
    same("the bundle written back", found.bundle().hex(), bundle)
    return found


def check_label(vector: dict[str, Any], tables: dict[str, reader.Table]) -> str:
    """Test vectors: open/*.jsonl and refuse/*.jsonl. Returns "opened" or "refused"."""
    nodes = [node(n["generation"], n["bundle"]) for n in vector["nodes"]]
    revoked = [(sealer, day) for sealer, day in vector["revoked"]]
    try:
        opened = reader.open_label(vector["text"], vector["day"], nodes, vector["want"], revoked, tables)
    except reader.Refused as refused:
        if refused.kind != vector["expect"]:
            raise Wrong(f"refused with {refused} and should be {vector['expect']}") from None
        same("members besides the input", set(vector) - INPUTS, set())
        return "refused"
    same("the outcome", "opened", vector["expect"])
    got = asdict(opened)
    same("the members", sorted(got), sorted(set(vector) - INPUTS))
    for member, value in got.items():
        want = vector[member]
        if isinstance(value, dict) and isinstance(want, dict):
            same(f"the members of {member}", sorted(value), sorted(want))
            for inner in value:
                same(f"{member}.{inner}", value[inner], want[inner])
        else:
            same(member, value, want)
    return "opened"


def check_key(vector: dict[str, Any]) -> None:
    """Test vectors: keys.jsonl."""
    path, generation = vector["path"], vector["generation"]
    region, site, alias = (path.get(member, 0) for member in ("region", "site", "alias"))
    level = 1 + sum(member in path for member in ("region", "site", "alias"))
    top = reader.day_node(bytes.fromhex(vector["root"]), generation, path["tier"], path["day"])
    key = top.key_at(level, region, site, alias)
    made = reader.Node(generation, level, path["tier"], path["day"], region, site, alias, key)
    same("the bundle", made.bundle().hex(), vector["bundle"])
    same("the node", node(generation, vector["bundle"]), made)


def check_label_key(vector: dict[str, Any]) -> None:
    """Test vectors: labels.jsonl."""
    leaf = node(vector["generation"], vector["leaf"])
    same("the leaf's level", leaf.level, reader.SEALER)
    same("the key", reader.label_key(leaf.key, bytes.fromhex(vector["header"])).hex(), vector["key"])


def check_alias(vector: dict[str, Any]) -> None:
    """Test vectors: aliases.jsonl, both ways."""
    site = node(0, vector["site"])  # the generation is not in the vector and not in the derivation
    same("the site's level and tier", (site.level, site.tier), (reader.SITE, reader.DELIVERY))
    key = reader.alias_key(site.key)
    same("the alias key", key.hex(), vector["alias_key"])
    same("the alias", reader.number_to_alias(key, vector["number"]), vector["alias"])
    same("the number", reader.alias_to_number(key, vector["alias"]), vector["number"])


def check_salt(vector: dict[str, Any]) -> None:
    """Test vectors: salts.jsonl."""
    origin = node(vector["generation"], vector["origin"])
    same("the origin's level and tier", (origin.level, origin.tier), (reader.SEALER, reader.ORIGIN))
    same("the origin's day", origin.day, vector["day"])
    key = reader.salt_key(origin.key)
    same("the salt key", key.hex(), vector["salt_key"])
    header, delivery, contact = (bytes.fromhex(vector[member]) for member in ("header", "delivery", "contact"))
    same("the salt", reader.label_salt(key, vector["day"], header, delivery, contact).hex(), vector["salt"])


def check_tenant(vector: dict[str, Any]) -> None:
    """Test vectors: tenants.jsonl."""
    origin = node(vector["generation"], vector["origin"])
    key = reader.tenant_key(origin.key, vector["tenant"])
    same("the tenant key", key.hex(), vector["tenant_key"])
    same("the salt key", reader.salt_key(key).hex(), vector["salt_key"])


def check_code(vector: dict[str, Any]) -> None:
    """Test vectors: codes.jsonl."""
    origin = node(vector["generation"], vector["origin"])
    header = bytes.fromhex(vector["header"])
    same("the key", reader.child_key(origin.key, reader.CODE, header).hex(), vector["key"])
    same("the code", reader.delivery_code(origin.key, header), vector["code"])


def told(item: Any) -> Any:
    """A value of CBOR in the terms of the vectors."""
    if isinstance(item, bytes):
        return item.hex()
    if isinstance(item, list):
        return [told(part) for part in item]
    if isinstance(item, dict):
        return {str(key): told(value) for key, value in item.items()}
    return item


def check_signed(vector: dict[str, Any]) -> str:
    """Test vectors: signed.jsonl."""
    try:
        fields, by = signed.take(vector["kind"], bytes.fromhex(vector["file"]), bytes.fromhex(vector["authority"]))
    except (signed.Refused, ValueError) as refused:
        same(f"the outcome ({refused})", "refused", vector["expect"])
        return "signed files"
    same("the outcome", "taken", vector["expect"])
    same("the fields", told(fields), vector["fields"])
    same("the certificate", told(by), vector.get("certificate"))
    return "signed files"


def check_log(vector: dict[str, Any]) -> str:
    """Test vectors: logs.jsonl; no byte of a log may change."""
    first, log = bytes.fromhex(vector["first"]), bytes.fromhex(vector["log"])
    same("the first key", signed.first_key(bytes.fromhex(vector["log_root"]), vector["device"]), first)
    device, macs, entries = signed.read_log(log, first)
    same("the device", device, vector["device"])
    same("the MACs", macs, vector["macs"])
    same("the entries", entries, vector["entries"])
    for at in range(0, len(log), 61):
        altered = log[:at] + bytes([log[at] ^ 1]) + log[at + 1 :]
        try:
            signed.read_log(altered, first)
        except (signed.Refused, UnicodeDecodeError):
            continue
        if macs:
            raise Wrong(f"byte {at} may change")
    return "logs"


def vectors(folder: Path, tables: dict[str, reader.Table]) -> int:
    """Runs all vectors of a folder; the exit code."""
    count: Counter[str] = Counter()
    names: set[str] = set()

    def run(path: Path, check: Callable[[dict[str, Any]], Any]) -> None:
        for vector in json_lines(path):
            name = vector["name"]
            try:
                outcome = check(vector)
                if name in names:
                    raise Wrong("another vector has this name")
                count["passed"] += 1
                count[outcome or "of the key tree"] += 1
            except Exception as error:  # a crash of the reader is a failure of that vector
                count["failed"] += 1
                print(f"FAILED {path.relative_to(folder)} {name}: {type(error).__name__}: {error}")
            names.add(name)

    def expecting(kind: str) -> Callable[[dict[str, Any]], str]:
        def check(vector: dict[str, Any]) -> str:
            outcome = check_label(vector, tables)
            same("the folder", kind, outcome)
            return outcome

        return check

    for kind, below in (("opened", "open"), ("refused", "refuse")):
        for path in sorted((folder / below).glob("*.jsonl")):
            run(path, expecting(kind))
    run(folder / "keys.jsonl", check_key)
    run(folder / "labels.jsonl", check_label_key)
    run(folder / "aliases.jsonl", check_alias)
    run(folder / "salts.jsonl", check_salt)
    run(folder / "tenants.jsonl", check_tenant)
    run(folder / "codes.jsonl", check_code)
    run(folder / "signed.jsonl", check_signed)
    run(folder / "logs.jsonl", check_log)

    few = count["opened"] < LEAST_OPENED or count["refused"] < LEAST_REFUSED
    if few:
        print(f"too few: at least {LEAST_OPENED} must open and {LEAST_REFUSED} be refused")
    print(f"{count['opened']} opened, {count['refused']} refused, {count['of the key tree']} of the key tree")
    print(f"{count['signed files']} signed files, {count['logs']} logs")
    print(f"{count['passed']} passed, {count['failed']} failed")
    return 1 if few or count["failed"] else 0


def labels(path: Path, bundles: Path, today: int, tables: dict[str, reader.Table]) -> int:
    """Opens labels and compares name and phone; the exit code, which is 1 too if none opened."""
    lines = filter(None, map(str.split, bundles.read_text("ascii").splitlines()))
    nodes = [node(int(generation), key) for generation, key in lines]
    refusals: Counter[str] = Counter()
    passed = failed = details = 0
    for line, label in enumerate(json_lines(path), 1):
        try:
            opened = reader.open_label(label["text"], today, nodes, "held", (), tables)
        except reader.Refused as refused:
            refusals[refused.kind] += 1
            continue
        try:
            if opened.delivery is not None:
                same("name", opened.delivery["name"], label["name"])
                details += "detail" in label and opened.delivery["detail"] != label["detail"]
            if opened.contact is not None:
                same("phone", opened.contact["phone"], label["phone"])
            passed += 1
        except Wrong as wrong:
            failed += 1
            print(f"FAILED line {line} {opened.waybill}: {wrong}")
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(refusals.items()))
    print(f"{passed + failed} opened, {sum(refusals.values())} refused" + (f" ({kinds})" if kinds else ""))
    if details:
        print(f"{details} with another detail, which is not counted as failed")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--format", type=Path, default=reader.FORMAT, help="format.md, for its token tables")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("vectors")
    one.add_argument("folder", type=Path)
    two = commands.add_parser("labels")
    two.add_argument("labels", type=Path)
    two.add_argument("bundles", type=Path)
    two.add_argument("day", type=int)
    args = parser.parse_args()
    tables = reader.token_tables(args.format)
    if args.command == "vectors":
        return vectors(args.folder, tables)
    return labels(args.labels, args.bundles, args.day, tables)


if __name__ == "__main__":
    sys.exit(main())
