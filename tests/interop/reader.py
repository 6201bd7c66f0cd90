"""A reader of Wayseal labels, version 1 ("WS1"), written from docs/format.md alone.

The functions follow the document's sections, in its order and its terms, and each docstring names its section.
The token tables are read from the document's appendix. `open_label` is the entry. A label that must be refused
raises Refused(kind). It is a second opinion on the document and not a product: Python cannot wipe keys.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Optional, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

FORMAT = Path(__file__).resolve().parent / "../../docs/format.md"

NOT_OURS = "not_ours"
DAMAGED = "damaged"
OTHER_GENERATION = "other_generation"
OTHER_STATION = "other_station"
DAY_NOT_IN_HAND = "day_not_in_hand"
TIER_NOT_GRANTED = "tier_not_granted"
TAMPERED = "tampered"
SEALER_REVOKED = "sealer_revoked"
UNSUPPORTED = "unsupported"


class Refused(Exception):
    """The label is refused; `kind` is a name of the table in "Opening", `why` is for people and not in the document."""

    def __init__(self, kind: str, why: str = "") -> None:
        super().__init__(f"{kind}: {why}" if why else kind)
        self.kind = kind
        self.why = why


# --- Conventions -----------------------------------------------------------------------------------------------


def u16(value: int) -> bytes:
    """Conventions: 16 bits, big endian."""
    return value.to_bytes(2, "big")


def u32(value: int) -> bytes:
    """Conventions: 32 bits, big endian."""
    return value.to_bytes(4, "big")


def hkdf_expand(key: bytes, info: bytes) -> bytes:
    """Conventions: HKDF-Expand(key, info, 32), which is one HMAC-SHA256."""
    return hmac.digest(key, info + b"\x01", "sha256")


def gcm_open(key: bytes, associated: bytes, ciphertext: bytes, tag: bytes) -> bytes:
    """Conventions: AES-256-GCM, a nonce of twelve zero bytes, a tag of twelve bytes."""
    cipher = Cipher(algorithms.AES(key), modes.GCM(bytes(12), tag, min_tag_length=12))
    decryptor = cipher.decryptor()
    decryptor.authenticate_additional_data(associated)
    try:
        return decryptor.update(ciphertext) + decryptor.finalize()
    except InvalidTag:
        raise Refused(TAMPERED, "tag") from None


class Bits:
    """Conventions: a string of bits, the most significant of the first byte first. Running out is `tampered`, which
    is what "Plaintexts" demands; the header is never read short."""

    def __init__(self, data: bytes) -> None:
        self.value = int.from_bytes(data, "big")
        self.left = 8 * len(data)

    def take(self, n: int) -> int:
        """A field of n bits."""
        if n > self.left:
            raise Refused(TAMPERED, "ends before its last field does")
        self.left -= n
        return self.value >> self.left & (1 << n) - 1

    def flag(self) -> bool:
        return self.take(1) == 1


# --- The text of the QR code -----------------------------------------------------------------------------------

PREFIX = "WS1:"
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45_decode(text: str) -> bytes:
    """The text of the QR code: Base45 as RFC 9285 writes it, else `damaged`."""
    out = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        value = 0
        for character in reversed(group):  # the least significant character comes first
            digit = BASE45.find(character)
            if digit < 0:
                raise Refused(DAMAGED, "no character of Base45")
            value = value * 45 + digit
        size = {3: 2, 2: 1}.get(len(group))
        if size is None:
            raise Refused(DAMAGED, "a Base45 group of one")
        if value >= 1 << 8 * size:
            raise Refused(DAMAGED, "a Base45 group over its limit")
        out += value.to_bytes(size, "big")
    return bytes(out)


def text_to_payload(text: str) -> bytes:
    """The text of the QR code: prefix and Base45; nothing is trimmed or folded."""
    if not text.startswith(PREFIX):
        raise Refused(NOT_OURS)
    return base45_decode(text[len(PREFIX) :])


# --- The payload -----------------------------------------------------------------------------------------------

PAYLOAD_SIZES = (78, 100, 144, 204)
CONTACT_BYTES = (0, 6, 14, 30)  # of ciphertext, by contact class
TAG = 12
SALT = 6


@dataclass(frozen=True)
class Header:
    """The payload: the header's fields; `raw` is all its bytes, the salt included."""

    generation: int
    contact_class: int
    day: int  # modulo 512
    region: int
    site: int
    alias: int
    shape: int
    waybill: str
    raw: bytes


@dataclass(frozen=True)
class Payload:
    """The payload: header and sections."""

    raw: bytes
    header: Header
    delivery: bytes  # ciphertext and tag
    contact: bytes  # ciphertext and tag; empty in class 0


def parse_header(payload: bytes) -> Header:
    """The payload: the header at the beginning of a payload of a right size."""
    bits = Bits(payload[:8])
    generation, contact_class, day, region, site, alias, shape = map(bits.take, (1, 2, 9, 12, 12, 24, 4))
    size = number_size(shape, payload[8])
    waybill = unpack_waybill(shape, payload[8 : 8 + size])
    return Header(generation, contact_class, day, region, site, alias, shape, waybill, payload[: 8 + size + SALT])


def parse_payload(payload: bytes) -> Payload:
    """The payload: one of four sizes, and room for at least one byte of delivery ciphertext; else `damaged`."""
    if len(payload) not in PAYLOAD_SIZES:
        raise Refused(DAMAGED, "size")
    header = parse_header(payload)
    contact = CONTACT_BYTES[header.contact_class]
    end = len(payload) - (contact + TAG if contact else 0)
    if end - TAG - len(header.raw) < 1:
        raise Refused(DAMAGED, "the contact class leaves no room")
    return Payload(payload, header, payload[len(header.raw) : end], payload[end:])


# --- Waybill numbers -------------------------------------------------------------------------------------------

PREFIXED = {  # shape: prefix, digits
    1: ("YT", 13),
    2: ("SF", 13),
    3: ("JD", 13),
    5: ("7", 14),
    6: ("4", 14),
    7: ("3", 14),
    10: ("JT", 13),
    11: ("DPK", 12),
    12: ("LP", 14),
}
BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BASE37 = BASE36 + "-"
SHORTEST, LONGEST = 6, 34  # characters of a number
SHAPE_15 = {8: range(6, 14), 10: range(14, 19)}  # digits, by bytes
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def s10_check_digit(digits: str) -> str:
    """Waybill numbers: the check digit of UPU S10."""
    s = sum(w * int(d) for w, d in zip((8, 6, 4, 2, 3, 5, 9, 7), digits))
    check = 11 - s % 11
    return {10: "0", 11: "5"}.get(check, str(check))


def shape_of(text: str) -> int:
    """Waybill numbers: the shape whose form the text has."""
    for shape, (prefix, count) in PREFIXED.items():
        if re.fullmatch(f"{prefix}[0-9]{{{count}}}", text):
            return shape
    parcel = re.fullmatch("JD[0-9]{13}-([0-9])-([0-9])-", text)
    if parcel and 1 <= int(parcel[1]) <= int(parcel[2]):
        return 4
    if re.fullmatch("[0-9]{6,14}", text):
        return 8
    if re.fullmatch("[A-Z]{2}[0-9]{9}[A-Z]{2}", text) and s10_check_digit(text[2:10]) == text[10]:
        return 9
    if re.fullmatch("JDV[A-Z][0-9]{11}", text):
        return 13
    if re.fullmatch("[0-9]{15,24}", text):
        return 14
    if is_ups(text) or (len(text) >= 12 and re.fullmatch("[A-Z]{1,4}[0-9]{6,18}", text)):
        return 15
    return 0


def is_ups(text: str) -> bool:
    """Waybill numbers: `1Z`, six of 0-9 A-Z, nine digits and the right check digit."""
    return re.fullmatch("1Z[0-9A-Z]{6}[0-9]{10}", text) is not None and ups_check_digit(text[2:17]) == text[17]


def ups_check_digit(text: str) -> str:
    """Waybill numbers: the check digit of UPS, of the fifteen characters before it."""
    values = [int(c) if c in "0123456789" else (ord(c) - 63) % 10 for c in text]
    return str(-sum(value * (1 + at % 2) for at, value in enumerate(values)) % 10)


def numbers_before(letters: int, count: int, digits: range) -> int:
    """Waybill numbers: how many numbers of shape 15 stand before those with so many letters and digits."""
    pairs = ((a, d) for a in range(1, 5) for d in digits)
    return sum(26**a * 10**d for a, d in pairs if (a, d) < (letters, count))


def shape_0_size(n: int) -> int:
    """Waybill numbers: the bytes of n characters in shape 0, at least 6."""
    return max(6, (5 + (37**n - 1).bit_length() + 7) // 8)


def number_size(shape: int, first: int) -> int:
    """Waybill numbers: the bytes of the number, from the shape and, in shape 0, the number's first byte."""
    if shape == 15:
        return 10 if first >> 7 else 8
    if shape:
        return {4: 8, 14: 10}.get(shape, 6)
    if (first >> 3) + SHORTEST > LONGEST:
        raise Refused(DAMAGED, "a number of more than 34 characters")
    return shape_0_size((first >> 3) + SHORTEST)


def digits(value: int, count: int) -> str:
    """Waybill numbers: a number as `count` digits, leading zeros kept; `damaged` if it has more."""
    if value >= 10**count:
        raise Refused(DAMAGED, "no text of the shape packs to this")
    return f"{value:0{count}}"


def unpack_text(shape: int, packed: bytes) -> str:
    """Waybill numbers: the text that packs to v, if v is within the shape's digits."""
    v = int.from_bytes(packed, "big")
    if shape == 0:
        bits = 8 * len(packed) - 5
        n, v = (v >> bits) + SHORTEST, v & (1 << bits) - 1
        text = ""
        for _ in range(n):
            v, digit = divmod(v, 37)
            text = BASE37[digit] + text
        if v:
            raise Refused(DAMAGED, "37^n or more")
        return text
    if shape in PREFIXED:
        prefix, count = PREFIXED[shape]
        return prefix + digits(v, count)
    if shape == 4:
        return f"JD{digits(v >> 20, 13)}-{v >> 10 & 1023}-{v & 1023}-"
    if shape == 8:
        for n in range(6, 15):
            if v < 10**n:
                return digits(v, n)
            v -= 10**n
        raise Refused(DAMAGED, "no text of the shape packs to this")
    if shape == 9:
        v, eight = divmod(v, 10**8)
        letters = ""
        for _ in range(4):
            v, letter = divmod(v, 26)
            letters = LETTERS[letter] + letters
        if v:
            raise Refused(DAMAGED, "no text of the shape packs to this")
        number = digits(eight, 8)
        return letters[:2] + number + s10_check_digit(number) + letters[2:]
    if shape == 14:
        for n in range(15, 25):
            if v < 10**n:
                return digits(v, n)
            v -= 10**n
        raise Refused(DAMAGED, "no text of the shape packs to this")
    if shape == 15:
        return unpack_letters_and_digits(v, len(packed))
    assert shape == 13
    letter, rest = divmod(v, 10**11)
    if letter > 25:
        raise Refused(DAMAGED, "no text of the shape packs to this")
    return f"JDV{LETTERS[letter]}{digits(rest, 11)}"


def unpack_letters_and_digits(v: int, size: int) -> str:
    """Waybill numbers: shape 15, in 8 or 10 bytes."""
    if size == 10:
        v -= 1 << 79
    for a in range(1, 5):
        for d in SHAPE_15[size]:
            count = 26**a * 10**d
            if v < count:
                letters, rest = divmod(v, 10**d)
                text = digits(rest, d)
                for _ in range(a):
                    letters, letter = divmod(letters, 26)
                    text = LETTERS[letter] + text
                return text
            v -= count
    shipper, rest = divmod(v, 10**9)
    if size == 10 or shipper >= 36**6:
        raise Refused(DAMAGED, "no text of the shape packs to this")
    text = digits(rest, 9)
    for _ in range(6):
        shipper, digit = divmod(shipper, 36)
        text = BASE36[digit] + text
    return f"1Z{text}{ups_check_digit(text)}"


def pack_letters_and_digits(text: str) -> tuple[int, int]:
    """Waybill numbers: bytes and v of a text of shape 15."""
    if text.startswith("1Z"):
        return 8, numbers_before(5, 0, SHAPE_15[8]) + int(text[2:8], 36) * 10**9 + int(text[8:17])
    letters = re.match("[A-Z]+", text)[0]
    count, v = len(text) - len(letters), 0
    for letter in letters:
        v = v * 26 + LETTERS.index(letter)
    size = 8 if count in SHAPE_15[8] else 10
    v = numbers_before(len(letters), count, SHAPE_15[size]) + v * 10**count + int(text[len(letters) :])
    return size, v if size == 8 else v | 1 << 79


def pack_waybill(text: str) -> tuple[int, bytes]:
    """Waybill numbers: the one encoding of a text, as shape and number."""
    shape, size = shape_of(text), 6
    if shape == 0:
        size, v = shape_0_size(len(text)), 0
        for character in text:
            v = v * 37 + BASE37.index(character)
        v |= len(text) - SHORTEST << 8 * size - 5
    elif shape in PREFIXED:
        v = int(text[len(PREFIXED[shape][0]) :])
    elif shape == 4:
        size, v = 8, int(text[2:15]) << 20 | int(text[16]) << 10 | int(text[18])
    elif shape == 8:
        v = sum(10**k for k in range(6, len(text))) + int(text)
    elif shape == 9:
        v = 0
        for letter in text[:2] + text[11:]:
            v = v * 26 + LETTERS.index(letter)
        v = v * 10**8 + int(text[2:10])
    elif shape == 14:
        size, v = 10, sum(10**k for k in range(15, len(text))) + int(text)
    elif shape == 15:
        size, v = pack_letters_and_digits(text)
    else:
        v = LETTERS.index(text[3]) * 10**11 + int(text[4:])
    return shape, v.to_bytes(size, "big")


def is_dummy(text: str) -> bool:
    """Waybill numbers: no digit at all, or six or more that are all the same."""
    found = [c for c in text if c in "0123456789"]
    return not found or (len(found) >= 6 and len(set(found)) == 1)


def unpack_waybill(shape: int, packed: bytes) -> str:
    """Waybill numbers: unpack, check, pack again and compare; else `damaged`."""
    text = unpack_text(shape, packed)
    if pack_waybill(text) != (shape, packed):
        raise Refused(DAMAGED, "not the number's one encoding")
    if is_dummy(text):
        raise Refused(DAMAGED, "a dummy number")
    return text


# --- Keys ------------------------------------------------------------------------------------------------------

ORIGIN, DELIVERY, CONTACT = 0, 1, 2  # tiers
DAY, REGION, SITE, SEALER, LABEL, ALIAS, SALT_LEVEL, TENANT, CODE = range(1, 10)  # levels


def child_key(parent: bytes, level: int, identifier: bytes = b"") -> bytes:
    """Keys: child = HKDF-Expand(parent, "WS1" ‖ level ‖ identifier, 32)."""
    return hkdf_expand(parent, b"WS1" + bytes([level]) + identifier)


@dataclass(frozen=True)
class Node:
    """Keys: a node of the tree, levels 1 to 4. In tier 0 `alias` is the sealer's number."""

    generation: int
    level: int
    tier: int
    day: int
    region: int
    site: int
    alias: int
    key: bytes = field(repr=False)

    @classmethod
    def from_bundle(cls, generation: int, bundle: bytes) -> Node:
        """Keys, "Bundle": the fixed layout of 44 bytes. ValueError if it is not one, as no label is at fault."""
        if generation not in (0, 1) or len(bundle) != 44:
            raise ValueError("no bundle")
        level, tier = bundle[0], bundle[1]
        day, region, site = (int.from_bytes(bundle[at : at + 2], "big") for at in (2, 4, 6))
        alias = int.from_bytes(bundle[8:12], "big")
        if not 1 <= level <= 4 or tier > 2 or region > 4095 or site > 4095 or alias >= 1 << 24:
            raise ValueError("a bundle's identifier is over its limit")
        if any((region, site, alias)[level - 1 :]):
            raise ValueError("a bundle's identifiers below its level are not zero")
        return cls(generation, level, tier, day, region, site, alias, bundle[12:])

    def bundle(self) -> bytes:
        """Keys, "Bundle"."""
        path = u16(self.day) + u16(self.region) + u16(self.site) + u32(self.alias)
        return bytes([self.level, self.tier]) + path + self.key

    def key_at(self, level: int, region: int, site: int, alias: int) -> bytes:
        """Keys: the key at `level` under this node, one level down at a time."""
        steps = {REGION: u16(region), SITE: u16(site), SEALER: u32(alias)}
        key = self.key
        for down in range(self.level + 1, level + 1):
            key = child_key(key, down, steps[down])
        return key


def day_node(root: bytes, generation: int, tier: int, day: int) -> Node:
    """Keys: the node of level 01 under a root."""
    return Node(generation, DAY, tier, day, 0, 0, 0, child_key(root, DAY, bytes([tier]) + u16(day)))


def label_key(leaf: bytes, header: bytes) -> bytes:
    """Keys: level 05, under the whole header."""
    return child_key(leaf, LABEL, header)


def salt_key(origin_leaf: bytes) -> bytes:
    """Keys, "Origin": level 07."""
    return child_key(origin_leaf, SALT_LEVEL)


def tenant_key(origin_leaf: bytes, tenant: int) -> bytes:
    """Keys, "Tenants": level 08. Its salt key is below it as below an origin leaf."""
    return child_key(origin_leaf, TENANT, u32(tenant))


def delivery_code(origin_leaf: bytes, header: bytes) -> str:
    """The delivery code: six digits and the check digit of ISO 7064 MOD 11,10."""
    number = int.from_bytes(child_key(origin_leaf, CODE, header)[:8], "big") % 10**6
    return f"{number:06}" + check_digit(f"{number:06}")


def check_digit(text: str) -> str:
    """The delivery code: the check digit of ISO 7064 MOD 11,10."""
    product = 10
    for digit in map(int, text):
        product = ((product + digit) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def alias_key(site_key: bytes) -> bytes:
    """Keys, "Alias": level 06, under the site key of tier 1."""
    return child_key(site_key, ALIAS)


def alias_round(key: bytes, i: int, half: int) -> int:
    """Keys, "Alias": F(i, half), the first 12 bits of one HMAC."""
    digest = hmac.digest(key, b"WS1" + bytes([ALIAS, i]) + u16(half), "sha256")
    return int.from_bytes(digest[:2], "big") >> 4


def number_to_alias(key: bytes, number: int) -> int:
    """Keys, "Alias": eight rounds forwards."""
    left, right = number >> 12, number & 4095
    for i in range(8):
        left, right = right, left ^ alias_round(key, i, right)
    return left << 12 | right


def alias_to_number(key: bytes, alias: int) -> int:
    """Opening, "Revocation": the eight rounds backwards."""
    left, right = alias >> 12, alias & 4095
    for i in reversed(range(8)):
        left, right = right ^ alias_round(key, i, left), left
    return left << 12 | right


# --- Sealing (the salt alone, for its vectors) -----------------------------------------------------------------


def label_salt(key: bytes, day: int, header_without_salt: bytes, d: bytes, c: bytes) -> bytes:
    """Sealing: the salt, from the salt key, the whole day and the zero-filled plaintexts."""
    message = b"WS1" + bytes([SALT_LEVEL])
    for part in (u16(day) + header_without_salt, d, c):
        message += bytes([len(part)]) + part
    return hmac.digest(key, message, "sha256")[:SALT]


# --- Opening ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """What an opened label says; the members are named as in "Test vectors"."""

    waybill: str
    sealed_on: int
    region: int
    site: int
    alias: int
    handle: str
    printed: str
    delivery: Optional[dict[str, object]]
    contact: Optional[dict[str, object]]
    skipped: dict[str, list[int]]


def label_day(today: int, modulo: int) -> Optional[int]:
    """Opening, "The day": the nearest day d with −256 ≤ d − t ≤ 255, or none if it is not in 0 to 65535."""
    first = today - 256
    day = first + (modulo - first) % 512
    return day if 0 <= day <= 65535 else None


def fits(node: Node, header: Header) -> bool:
    """Opening: tier 1 or 2 and, as far as the node's level goes, the header's region, site and alias."""
    theirs = (header.region, header.site, header.alias)
    mine = (node.region, node.site, node.alias)
    return node.tier in (DELIVERY, CONTACT) and mine[: node.level - 1] == theirs[: node.level - 1]


def wanted_sections(want: str, contact_class: int, reached: set[int]) -> list[int]:
    """Opening, "What is wanted": the tiers of the wanted sections, or `tier_not_granted`."""
    present = [DELIVERY, CONTACT] if contact_class else [DELIVERY]
    if want == "held":
        wanted = [tier for tier in present if tier in reached]
    elif want == "both":
        wanted = present
    else:
        wanted = [{"delivery": DELIVERY, "contact": CONTACT}[want]]
    if not wanted or any(tier not in present or tier not in reached for tier in wanted):
        raise Refused(TIER_NOT_GRANTED)
    return wanted


def open_label(
    text: str,
    today: int,
    nodes: Sequence[Node],
    want: str = "held",
    revoked: Iterable[tuple[int, int]] = (),
    tables: Optional[dict[str, Table]] = None,
) -> Opened:
    """Opening: the checks in their order; the first that fails gives the refusal."""
    tables = tables or token_tables()
    payload = parse_payload(text_to_payload(text))  # not_ours, damaged
    header = payload.header

    of_generation = [node for node in nodes if node.generation == header.generation]
    if not of_generation:
        raise Refused(OTHER_GENERATION)
    fitting = [node for node in of_generation if fits(node, header)]
    if not fitting:
        raise Refused(OTHER_STATION)
    day = label_day(today, header.day)
    reaching = [node for node in fitting if node.day == day]
    if day is None or not reaching:
        raise Refused(DAY_NOT_IN_HAND)
    first: dict[int, Node] = {}  # "Reaching": the first in the reader's order is used
    for node in reaching:
        first.setdefault(node.tier, node)
    wanted = wanted_sections(want, header.contact_class, set(first))

    plaintexts: dict[int, bytes] = {}
    for tier in wanted:  # the delivery's tag, then the contact's tag
        leaf = first[tier].key_at(SEALER, header.region, header.site, header.alias)
        key = label_key(leaf, header.raw)
        section = payload.delivery if tier == DELIVERY else payload.contact
        associated = header.raw if tier == DELIVERY else header.raw + payload.delivery
        plaintexts[tier] = gcm_open(key, associated, section[:-TAG], section[-TAG:])
    read = {tier: read_section(tier, plaintext, tables) for tier, plaintext in plaintexts.items()}

    check_revocation(header, day, reaching, revoked)
    if UNSUPPORTED in read.values():
        raise Refused(UNSUPPORTED)
    (delivery, in_delivery), (contact, in_contact) = (read.get(tier, (None, [])) for tier in (DELIVERY, CONTACT))
    handle = label_handle(payload.raw)
    printed = printed_handle(handle)
    place = (header.region, header.site, header.alias)
    skipped = {"delivery": in_delivery, "contact": in_contact}
    return Opened(header.waybill, day, *place, handle.hex(), printed, delivery, contact, skipped)


def check_revocation(header: Header, day: int, reaching: Sequence[Node], revoked: Iterable[tuple[int, int]]) -> None:
    """Opening, "Revocation": by the first node of levels 1 to 3 that reaches the delivery section, if there is one."""
    for node in reaching:
        if node.tier == DELIVERY and node.level <= SITE:
            site_key = node.key_at(SITE, header.region, header.site, 0)
            number = alias_to_number(alias_key(site_key), header.alias)
            if any(sealer == number and day >= doubtful for sealer, doubtful in revoked):
                raise Refused(SEALER_REVOKED)
            return


# --- Plaintexts ------------------------------------------------------------------------------------------------


def check_text(text: str) -> str:
    """Plaintexts: a present text is not empty and holds no surrogate, control character or noncharacter."""
    if not text:
        raise Refused(TAMPERED, "an empty text")
    for c in map(ord, text):
        if c < 0x20 or 0x7F <= c < 0xA0 or 0xD800 <= c < 0xE000 or 0xFDD0 <= c < 0xFDF0 or c & 0xFFFE == 0xFFFE:
            raise Refused(TAMPERED, f"U+{c:04X} in a text")
        if c == 0x61C or c in (0x200E, 0x200F) or 0x2028 <= c <= 0x202E or 0x2066 <= c <= 0x2069:
            raise Refused(TAMPERED, f"U+{c:04X} in a text")
    return text


class Unsupported(Exception):
    """Plaintexts: canonical as far as it can be read, and of a later version."""


def read_section(tier: int, plaintext: bytes, tables: dict[str, Table]) -> object:
    """Plaintexts: a section and the kinds of its skipped entries, or UNSUPPORTED."""
    try:
        return (read_delivery if tier == DELIVERY else read_contact)(plaintext, tables)
    except Unsupported:
        return UNSUPPORTED


def check_end(bits: Bits, texts: Iterable[str], limit: int) -> list[int]:
    """Plaintexts: after the last field come entries, and then zeros; the texts are within their limit together.
    Returns the kinds of the entries, which are all skipped."""
    kinds, must_be_known = [], False
    while bits.left and bits.flag():
        must_be_known |= bits.flag()
        kind = bits.take(6)
        if kinds and kind <= kinds[-1]:
            raise Refused(TAMPERED, "entries that do not ascend")
        kinds.append(kind)
        bits.take(8 * (bits.take(5) + 1))
    if bits.take(bits.left):
        raise Refused(TAMPERED, "bits after the last field")
    if sum(len(text.encode()) for text in texts) > limit:
        raise Refused(TAMPERED, "texts over their limit")
    if must_be_known:
        raise Unsupported
    return kinds


def read_country(bits: Bits) -> str:
    """Plaintexts, "Delivery": foreign and country."""
    if not bits.flag():
        return "CN"
    letters = (bits.take(5), bits.take(5))
    if max(letters) > 25:
        raise Refused(TAMPERED, "a country's letter over 25")
    country = "".join(LETTERS[letter] for letter in letters)
    if country == "CN":
        raise Refused(TAMPERED, "CN as a foreign country")
    return country


def read_delivery(plaintext: bytes, tables: dict[str, Table]) -> tuple[dict[str, object], list[int]]:
    """Plaintexts, "Delivery"."""
    bits = Bits(plaintext)
    codec = Codec(bits.take(3), tables)
    country = read_country(bits)
    named = bits.flag()
    division: Optional[int] = None
    regions = [False] * 3
    if named:
        regions = [bits.flag() for _ in range(3)]
    else:
        division = bits.take(20)
        if division > 999999:
            raise Refused(TAMPERED, "division code over 999999")
    details = [bits.flag() for _ in range(3)]
    postcode, as_text = "", False
    if bits.flag():  # there is a postcode
        packed = bits.flag()
        count = bits.take(4) + packed
        if count > 10:
            raise Refused(TAMPERED, "a packed postcode of more than ten characters")
        if packed:
            postcode = read_groups(bits, count)
        elif count:
            postcode = read_base38(bits, count)
        else:
            as_text = True
    texts = {"name": codec.read(bits, name=True)}
    for key, present in zip(("province", "city", "district", "street", "detail", "note"), regions + details):
        texts[key] = codec.read(bits) if present else ""
    if as_text:
        postcode = codec.read(bits)
        if re.fullmatch("[-0-9A-Z ]{1,10}", postcode):
            raise Refused(TAMPERED, "a postcode is not packed")
    texts["postcode"] = postcode
    skipped = check_end(bits, texts.values(), 768)
    return {**texts, "country": country, "division_code": division}, skipped


def read_contact(plaintext: bytes, tables: dict[str, Table]) -> tuple[dict[str, object], list[int]]:
    """Plaintexts, "Contact"."""
    bits = Bits(plaintext)
    if len(plaintext) == 6:
        return {"phone": unpack_phone(bits.take(48)), "sender_phone": "", "sender_name": ""}, []
    number = bits.take(3)
    codec = Codec(number, tables)
    phone = read_phone(bits, optional=True)
    has_phone, has_name = bits.flag(), bits.flag()
    if not (phone or has_phone or has_name):
        raise Refused(TAMPERED, "neither a phone nor a sender")
    if number and not has_name:
        raise Refused(TAMPERED, "a codec for no name")
    sender_phone = read_phone(bits) if has_phone else ""
    sender_name = codec.read(bits, name=True) if has_name else ""
    texts = {"phone": phone, "sender_phone": sender_phone, "sender_name": sender_name}
    return dict(texts), check_end(bits, texts.values(), 256)


def read_groups(bits: Bits, count: int) -> str:
    """Plaintexts, "Groups of digits": threes in 10 bits, a rest of two in 7, of one in 4."""
    out = ""
    while count:
        size = min(count, 3)
        group = bits.take((4, 7, 10)[size - 1])
        if group >= 10**size:
            raise Refused(TAMPERED, "a group of digits over its limit")
        out += f"{group:0{size}}"
        count -= size
    return out


BASE38 = BASE36 + " -"


def read_base38(bits: Bits, count: int) -> str:
    """Plaintexts, "Delivery": `count` characters of a postcode as one number, not all digits."""
    value, text = bits.take((38**count - 1).bit_length()), ""
    for _ in range(count):
        value, digit = divmod(value, 38)
        text = BASE38[digit] + text
    if value or re.fullmatch("[0-9]+", text):
        raise Refused(TAMPERED, "a postcode over its limit, or of digits alone")
    return text


# --- Phones ----------------------------------------------------------------------------------------------------

DIALLED = "0123456789- ()."
EXTENSIONS = (0, 1, 11, 111, 1111)  # the first of k digits


def phone_forms() -> Iterable[tuple[str, int, int]]:
    """Phones: the forms of a phone number in the order of the table: what is before the digits, how many digits, and
    the digits before the hyphen, or 0. For a mobile, the digits after its 1, an extension included."""
    yield from (("1", 10 + k, 10 if k else 0) for k in range(5))
    yield from (("+", n, 0) for n in range(1, 15))
    yield from (("", n, 0) for n in range(1, 14))
    yield from (("", n, h) for n in range(2, 13) for h in range(1, n))


def pack_phone(text: str) -> Optional[int]:
    """Phones: N of a text, by the first row of the table that it fits."""
    mobile = re.fullmatch("1([0-9]{10})(?:-([0-9]{1,4}))?", text)
    if mobile:
        x = mobile[2] or ""
        return (EXTENSIONS[len(x)] + int(x or 0)) * 10**10 + int(mobile[1])
    plus = re.fullmatch("[+]([0-9]{1,14})", text)
    if plus:
        n = len(plus[1])
        return 111110000000000 + sum(10**k for k in range(1, n)) + int(plus[1])
    if re.fullmatch("[0-9]{1,13}", text):
        return 222221111111110 + sum(10**k for k in range(1, len(text))) + int(text)
    hyphen = re.fullmatch("([0-9]+)-([0-9]+)", text)
    if hyphen and len(text) <= 13:
        n, h = len(text) - 1, len(hyphen[1])
        before = sum((j - 1) * 10**j for j in range(2, n)) + (h - 1) * 10**n
        return 233332222222220 + before + int(hyphen[1] + hyphen[2])
    return None


def unpack_phone(number: int) -> str:
    """Phones: the text of N, which must pack to N again."""
    rest = number
    for before, count, hyphen in phone_forms():
        if rest < 10**count:
            text = f"{rest:0{count}}"
            if before == "1":  # the extension counts first
                text = text[count - 10 :] + text[: count - 10]
            text = before + (f"{text[:hyphen]}-{text[hyphen:]}" if hyphen else text)
            if pack_phone(text) != number:
                break
            return text
        rest -= 10**count
    raise Refused(TAMPERED, "no phone's number")


def phone_form(text: str) -> int:
    """Phones: the first of the forms that the text fits."""
    number = pack_phone(text)
    if number is not None:
        return 0 if number < 10**10 else 1
    return 2 if re.fullmatch("(?=.)[+]?[-0-9 ().]*", text) else 3


def read_phone(bits: Bits, optional: bool = False) -> str:
    """Phones: two bits of form, then the phone, which must have the first form that it fits."""
    form = bits.take(2)
    if form < 2:
        text = unpack_phone(bits.take(48 if form else 34))
    else:
        text = read_utf8(bits) if form == 3 else read_dialled(bits)
    if optional and form == 3 and not text:
        return ""
    if phone_form(check_text(text)) != form:
        raise Refused(TAMPERED, "a phone in another form than its first")
    return text


def read_dialled(bits: Bits) -> str:
    """Phones: form 2."""
    text = "+" if bits.flag() else ""
    while (code := bits.take(4)) != 15:
        text += DIALLED[code]
    return text


# --- Texts -----------------------------------------------------------------------------------------------------

END, ESCAPE, WINDOW = 0, 1, 2  # the commands, as the appendix numbers them
CODECS = {
    1: ("names", "chinese"),
    2: ("chinese", "chinese"),
    3: ("latin", "latin"),
    4: ("script", "script"),
    5: ("japanese", "japanese"),
    6: ("korean", "korean"),
}
FIRST_BLOCK = {1: 156, 2: 156, 3: 1, 4: 8, 5: 97, 6: 344}
ESCAPES = ((7, 0), (15, 0x4E00), (16, 0), (20, 0x10000))  # bits and offset, by kind


def read_utf8(bits: Bits) -> str:
    """Texts, "UTF-8": the bytes, then a zero byte."""
    out = bytearray()
    while byte := bits.take(8):
        out.append(byte)
    try:
        return out.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(TAMPERED, "no UTF-8") from None


def escape_kind(c: int) -> int:
    """Texts: the one kind of escape that a code point has."""
    if c < 0x80:
        return 0
    if 0x4E00 <= c <= 0x9FFF:
        return 1
    return 2 if c <= 0xFFFF else 3


class Codec:
    """Texts: the codec of a section, with its current block, which texts share."""

    def __init__(self, number: int, tables: dict[str, Table]) -> None:
        if number > 6:
            raise Unsupported
        self.tables = [tables[name] for name in CODECS[number]] if number else []
        self.block = FIRST_BLOCK.get(number, 0)

    def read(self, bits: Bits, name: bool = False) -> str:
        """Texts: one text, which is a *name* to the codec or another, checked as "Plaintexts" demands."""
        if not self.tables:
            return check_text(read_utf8(bits))
        table = self.tables[0 if name else 1]
        out = ""
        while (token := read_token(bits, table)) != END:
            if token == ESCAPE:
                out += chr(self.escape(bits))
            elif token == WINDOW:
                out += chr(self.block << 7 | bits.take(7))
            else:
                out += str(token)
        return check_text(out)

    def escape(self, bits: Bits) -> int:
        """Texts: a whole code point."""
        kind = bits.take(2)
        width, offset = ESCAPES[kind]
        c = bits.take(width) + offset
        if escape_kind(c) != kind or c >> 7 == self.block or 0xD800 <= c < 0xE000:
            raise Refused(TAMPERED, "an escape that is not canonical")
        if kind:
            self.block = c >> 7
        return c


def read_token(bits: Bits, table: Table) -> str | int:
    """Texts, "The code": one code; a string that ends within a code is refused."""
    length = code = 0
    while True:
        code, length = code << 1 | bits.take(1), length + 1
        token = table.get((length, code))
        if token is not None:
            return token


# --- The handle ------------------------------------------------------------------------------------------------

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def label_handle(payload: bytes) -> bytes:
    """The handle: sixteen bytes of SHA-256."""
    return hashlib.sha256(b"WS1 handle" + payload).digest()[:16]


def printed_handle(handle: bytes) -> str:
    """The handle: its first 50 bits in ten characters."""
    bits = Bits(handle)
    return "".join(CROCKFORD[bits.take(5)] for _ in range(10))


# --- Appendix: token tables ------------------------------------------------------------------------------------

Table = dict[tuple[int, int], str | int]  # (length, code): token or command
_TABLES: dict[Path, dict[str, Table]] = {}


def canonical_code(rows: Iterable[tuple[int, list[str | int]]]) -> Table:
    """Texts, "The code": the codes of tokens listed in order; ValueError unless the code is complete."""
    table: Table = {}
    code, last = -1, 0
    for length, tokens in rows:
        for token in tokens:
            code = code + 1 << length - last if table else 0
            last = length
            table[length, code] = token
    if code != (1 << last) - 1:
        raise ValueError("the code is not complete")
    return table


def token_tables(document: Path = FORMAT) -> dict[str, Table]:
    """Appendix: the tables by name, as they stand in the document."""
    if document not in _TABLES:
        appendix = document.read_text("utf-8").split("\n## Appendix: token tables\n", 1)[1]
        tables: dict[str, Table] = {}
        for name, block in re.findall(r"^### (\w+)\n+```text\n(.*?)^```", appendix, re.MULTILINE | re.DOTALL):
            rows = (line.split(" ", 1) for line in block.splitlines())
            tables[name] = canonical_code([(int(length), json.loads(tokens)) for length, tokens in rows])
        _TABLES[document] = tables
    return _TABLES[document]
