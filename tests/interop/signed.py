"""Signed files and logs, read by docs/format.md alone: deterministic CBOR, Ed25519, HMAC.

`take` verifies a grant, a list or additions and returns what it says; `Refused` is a file that no device takes.
`read_log` verifies a log with its first key and returns its entries.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import reader

SEALER, SCANNER, REGION, RELAY, DAY_ISSUER, DESK, PASS, REGION_ISSUER, STOP = range(1, 10)
SIGNING = (DAY_ISSUER, REGION_ISSUER, STOP)
# They may hold a key that signs passes alone.
GIVING = (SCANNER, DESK)
LEVELS = {
    SEALER: (4,), SCANNER: (3,), REGION: (2,), RELAY: (3,), DAY_ISSUER: (1,), DESK: (2, 3), PASS: (),
    REGION_ISSUER: (2,), STOP: (),
}
CURVE = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493


class Refused(Exception):
    """A file that is not taken."""


def need(held: bool, what: str) -> None:
    """Raises Refused unless a rule is held."""
    if not held:
        raise Refused(what)


class Cbor:
    """Reads deterministic CBOR."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def raw(self, count: int) -> bytes:
        need(self.at + count <= len(self.data), "cut")
        self.at += count
        return self.data[self.at - count : self.at]

    def item(self) -> Any:
        first = self.raw(1)[0]
        major, info = first >> 5, first & 31
        if major == 7:
            need(info in (20, 21), "a simple value")
            return info == 21
        if info < 24:
            number = info
        else:
            need(info < 28, "an indefinite length")
            number = int.from_bytes(self.raw(1 << (info - 24)), "big")
            need(number >= (24, 1 << 8, 1 << 16, 1 << 32)[info - 24], "a long form")
        match major:
            case 0:
                return number
            case 2:
                return self.raw(number)
            case 3:
                try:
                    return self.raw(number).decode("utf-8")
                except UnicodeDecodeError:
                    raise Refused("text that is not UTF-8") from None
            case 4:
                need(number <= len(self.data), "an array longer than the file")
                return [self.item() for _ in range(number)]
            case 5:
                need(number <= len(self.data), "a map longer than the file")
                pairs = [(self.item(), self.item()) for _ in range(number)]
                keys = [key for key, _ in pairs]
                need(all(a < b for a, b in zip(keys, keys[1:])), "keys out of order")
                return dict(pairs)
        raise Refused("an unknown type")


def whole(data: bytes) -> Any:
    """The one item of a byte string."""
    source = Cbor(data)
    item = source.item()
    need(source.at == len(data), "bytes after the end")
    return item


def typed(fields: dict[int, Any], kinds: dict[int, type], optional: dict[int, type]) -> None:
    """Checks the keys of a map and the types of their values."""
    need(set(kinds) <= set(fields) <= set(kinds) | set(optional), "other keys")
    for key, value in fields.items():
        need(type(value) is (kinds | optional)[key], f"the type of {key}")


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    """Ed25519, and canonical."""
    need(len(public) == 32 and len(signature) == 64, "a length")
    need(int.from_bytes(signature[32:], "little") < ORDER, "a signature that is not canonical")
    need(int.from_bytes(public, "little") & (2**255 - 1) < CURVE, "a key that is not canonical")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        raise Refused("signature") from None


def ascending(values: list[Any]) -> bool:
    return all(a < b for a, b in zip(values, values[1:]))


def named(name: str, most: int) -> bool:
    return 1 <= len(name.encode()) <= most and not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in name)


def certificate(data: bytes, authority: bytes, issuers: int = 1) -> dict[Any, Any]:
    """The body of a certificate that the authority signed, or an issuer of it; then with the issuer's as "by"."""
    parts = whole(data)
    need(isinstance(parts, list) and 2 <= len(parts) <= 2 + issuers, "a certificate")
    need(all(type(p) is bytes for p in parts), "a certificate's parts")
    body, signature = parts[:2]
    by = certificate(parts[2], authority, 0) if len(parts) == 3 else None
    verify(by[3] if by else authority, signature, b"WS1 issuer\0" + body)
    fields = whole(body)
    kinds = {key: int for key in range(1, 16)} | {2: str, 3: bytes, 8: list, 11: list, 12: list, 13: list}
    typed(fields, kinds, {})
    role, block = fields[1], fields[9] >> 20
    need(role in SIGNING + GIVING and named(fields[2], 64) and len(fields[3]) == 32, "role, name or key")
    need(role not in GIVING or fields[11] == [PASS], "a device that gives more than passes")
    need(fields[6] <= fields[7], "days backwards")
    need(ascending(fields[8]) and len(fields[8]) <= 256 and all(r < 4096 for r in fields[8]), "regions")
    need(role != REGION_ISSUER or fields[8] != [], "a region issuer of no region")
    need(2**20 <= block < 2**44 and fields[9] == block << 20, "the first serial")
    need(fields[10] == (block << 20) + 2**20 - 1, "the last serial")
    need(all(ascending(fields[key]) for key in (11, 12, 13)), "not ascending")
    need(not set(fields[11]) & set(SIGNING) and set(fields[11]) <= set(LEVELS), "roles")
    need(set(fields[12]) <= {0, 1, 2} and set(fields[13]) <= set(range(1, 6)), "tiers or purposes")
    if by is None:
        return fields
    need(by[1] in (DAY_ISSUER, REGION_ISSUER) and role in GIVING, "roles that certify, or are certified")
    need({PASS, role} <= set(by[11]) and fields[4] == by[4] and signs_at(by, fields[5]), "role, root or time")
    need(by[6] <= fields[6] and fields[7] <= by[7] and fields[15] <= by[15], "days of an issuer")
    need(set(fields[12]) <= set(by[12]) and set(fields[13]) <= set(by[13]), "tiers or purposes of an issuer")
    need(by[8] == [] or fields[8] != [] and set(fields[8]) <= set(by[8]), "regions of an issuer")
    return fields | {"by": by}


def day_of(moment: int) -> int:
    return moment // 86_400 - 18_262


def signs_at(fields: dict[int, Any], moment: int) -> bool:
    return fields[5] <= moment and day_of(moment) <= fields[7]


def envelope(data: bytes, name: str, lengths: tuple[int, ...]) -> list[Any]:
    parts = whole(data)
    need(isinstance(parts, list) and len(parts) in lengths, "the number of parts")
    need(parts[0] == name and parts[1] == 1 and type(parts[1]) is int, "name or version")
    need(all(type(part) is bytes for part in parts[2:]), "parts that are no byte strings")
    return parts


def grant(data: bytes, authority: bytes) -> tuple[dict[int, Any], dict[int, Any] | None]:
    """A grant, and the certificate that it was signed under."""
    parts = envelope(data, "wayseal grant", (5, 6))
    body, bundles, signature = parts[2:5]
    by = certificate(parts[5], authority) if len(parts) == 6 else None
    verify(by[3] if by else authority, signature, b"WS1 grant\0" + body)
    fields = whole(body)
    kinds = {key: int for key in range(1, 14)} | {2: str, 3: str, 9: list, 10: list, 13: bool, 14: bytes}
    typed(fields, kinds, {15: bytes, 16: int, 17: int, 18: bytes, 19: int})
    role = fields[1]
    need(role in LEVELS and named(fields[2], 64), "role or name")
    need(len(fields[3].encode()) <= 128 and fields[7] <= fields[8], "recipient or days")
    need(ascending(fields[9]) and ascending(fields[10]), "not ascending")
    allowed = {SEALER: {0, 1, 2}, DAY_ISSUER: {0, 1, 2}, STOP: set()}.get(role, {1, 2})
    need(set(fields[9]) <= allowed, "tiers")
    purposes = {DESK: {2, 3}, STOP: set()}.get(role, set(range(1, 6)))
    need(set(fields[10]) <= purposes, "purposes")
    need(15 in fields or role not in SIGNING, "no key to sign")
    need(15 not in fields or role in SIGNING + GIVING, "a key of another role")
    need((18 in fields) == (role == PASS), "a part of another role")
    need(19 not in fields or role == SEALER and fields[19] > 0, "signed stations")
    need(fields.get(16, 1) in (1, 3) and fields.get(17, 1) in (1, 2, 3), "rules")
    need(fields[14] == hashlib.sha256(bundles).digest() and len(bundles) % 44 == 0, "the nodes' digest")
    nodes = [reader.Node.from_bundle(fields[5] & 1, bundles[at : at + 44]) for at in range(0, len(bundles), 44)]
    for node in nodes:
        need(node.level in LEVELS[role] and node.tier in fields[9], "a node's level or tier")
        need(fields[7] <= node.day <= fields[8], "a node's day")
    if 15 in fields:
        seed, own = fields[15][:32], fields[15][32:]
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
        raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        held = certificate(own, authority)
        need(held[3] == raw, "another key's certificate")
        need((held[1] in GIVING) == (role in GIVING), "another role's certificate")
        need(role not in GIVING or (held[1], held[2]) == (role, fields[2]), "another device's certificate")
    labels = pass_labels(fields.get(18, b""))
    need(role != PASS or 1 <= len(labels) <= 200 and fields[10] != [], "the labels of a pass")
    if by is None:
        need(fields[4] < 2**40, "a serial of a certificate")
        return fields, None
    regions = by[8]
    need(role not in SIGNING and role in by[11] and fields[5] == by[4], "role or generation")
    need(by[9] <= fields[4] <= by[10] and by[6] <= fields[7] and fields[8] <= by[7], "serial or days")
    need(fields[8] - fields[7] + 1 <= by[15] and signs_at(by, fields[6]), "length or time")
    need(set(fields[9]) <= set(by[12]) and set(fields[10]) <= set(by[13]), "tiers or purposes")
    need(by[14] == 0 or 0 < fields[11] <= by[14], "budget")
    if regions:
        need(all(node.level > 1 and node.region in regions for node in nodes), "a node's region")
        need(all(region in regions for region in labels), "a label's region")
    return fields, by


def pass_labels(data: bytes) -> list[int]:
    """The regions of a pass's labels."""
    regions = []
    while data:
        length = data[0]
        header, rest = data[1 : 1 + length], data[1 + length :]
        need(len(header) == length >= 14 and len(rest) >= 67 and 1 <= rest[2] <= 3, "a label of a pass")
        regions.append(int.from_bytes(header[:8], "big") >> 40 & 0xFFF)
        data = rest[67:]
    return regions


def revocations(body: bytes) -> dict[int, Any]:
    fields = whole(body)
    typed(fields, {1: int, 2: int, 3: int, 4: bytes, 5: list, 6: list}, {})
    need(len(fields[4]) % 5 == 0, "sealers")
    numbers = [int.from_bytes(fields[4][at : at + 3], "big") for at in range(0, len(fields[4]), 5)]
    need(ascending(numbers), "sealers out of order")
    for key in (5, 6):
        need(all(len(pair) == 2 and named(pair[0], 128) for pair in fields[key]), "names")
        need(ascending([pair[0].encode() for pair in fields[key]]), "names out of order")
    return fields


def take(kind: str, data: bytes, authority: bytes) -> tuple[dict[int, Any], dict[int, Any] | None]:
    """What a file says, and the certificate that it was signed under."""
    if kind == "grant":
        return grant(data, authority)
    if kind == "list":
        parts = envelope(data, "wayseal revocations", (4,))
        verify(authority, parts[3], b"WS1 revoked\0" + parts[2])
        return revocations(parts[2]), None
    need(len(data) <= 64 * 1024, "more than 64 KiB")
    parts = envelope(data, "wayseal revocations", (5,))
    by = certificate(parts[4], authority)
    verify(by[3], parts[3], b"WS1 stop\0" + parts[2])
    fields = revocations(parts[2])
    need(by[1] == STOP and signs_at(by, fields[2]), "the stop key")
    return fields, by


FORMS = {2: (4, 11, 12), 3: (18, 19), 4: (7, 24, 39), 5: (5,)}
OUTCOMES = {*range(1, 25), *range(32, 40), *range(64, 73)}


def sized(data: bytes) -> bytes:
    """A header in 38 bytes."""
    need(1 <= data[0] <= 37 and not any(data[1 + data[0] :]), "a header's length or fill")
    return data[1 : 1 + data[0]]


def entry(data: bytes) -> dict[str, Any]:
    """An entry of 96 bytes."""
    form, cause, outcome, zero = data[:4]
    need(zero == 0 and outcome in OUTCOMES, "outcome")
    need(cause in (1, 2, 3, 4, 5, 16, 17), "cause")
    of_form = next((form for form, outcomes in FORMS.items() if outcome in outcomes), 1)
    need(form == of_form, "another form than the outcome's")
    region, site = int.from_bytes(data[22:24], "big"), int.from_bytes(data[24:26], "big")
    labelled = (region, site) != (0xFFFF, 0xFFFF)
    need(not labelled or region < 4096 and site < 4096, "station")
    said: dict[str, Any] = {
        "form": form, "cause": cause, "outcome": outcome, "time": int.from_bytes(data[4:10], "big"),
        "serial": int.from_bytes(data[10:18], "big"), "operator": int.from_bytes(data[18:22], "big"),
        "region": region if labelled else None, "site": site if labelled else None, "handle": data[26:42].hex(),
    }
    rest, used = data[42:], 0
    if form == 2:
        number = int.from_bytes(rest[38:41], "big")
        code = None if number == 0xFFFFFF else f"{number:07}"
        need(code is None or len(code) == 7 and reader.check_digit(code[:6]) == code[6], "a code's check digit")
        said |= {"header": sized(rest[:38]).hex(), "code": code}
        used = 41
    elif form == 3:
        said |= {"new": rest[:16].hex(), "old": sized(rest[16:54]).hex()}
        used = 54
    elif form == 4:
        need(rest[0] == 6 if outcome == 39 else 1 <= rest[0] <= 5, "kind")
        said |= {"kind": rest[0], "number": int.from_bytes(rest[1:9], "big"), "digest": rest[9:41].hex()}
        used = 41
    elif form == 5:
        said |= {"budget": int.from_bytes(rest[:4], "big"), "digest": rest[4:36].hex()}
        used = 36
    need(not any(rest[used:]), "bytes that should be zero")
    return said


def read_log(data: bytes, first: bytes) -> tuple[str, list[str], list[dict[str, Any]]]:
    """The device, the MACs and the entries of a log."""
    header = data[:128]
    need(len(header) == 128 and header[:16] == b"wayseal log 2\n\0\0" and not any(header[64:]), "header")
    need((len(data) - 128) % 128 == 0, "a torn record")
    before = hashlib.sha256(b"WS1 log file" + header).digest()
    key, macs, entries = first, [], []
    for index, at in enumerate(range(128, len(data), 128)):
        content, mac = data[at : at + 96], data[at + 96 : at + 128]
        before = hmac.digest(key, index.to_bytes(8, "big") + before + content, "sha256")
        need(hmac.compare_digest(before, mac), f"the MAC of entry {index}")
        key = hashlib.sha256(b"WS1 log" + key).digest()
        macs.append(mac.hex())
        entries.append(entry(content))
    return header[16:64].rstrip(b"\0").decode("utf-8"), macs, entries


def first_key(root: bytes, device: str) -> bytes:
    """K[0] of a device."""
    return hmac.digest(root, b"WS1 log key" + device.encode() + b"\1", "sha256")
