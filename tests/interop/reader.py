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
BASE37 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
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
    return 0


def shape_0_size(n: int) -> int:
    """Waybill numbers: the bytes of n characters in shape 0, at least 6."""
    return max(6, (5 + (37**n - 1).bit_length() + 7) // 8)


def number_size(shape: int, first: int) -> int:
    """Waybill numbers: the bytes of the number, from the shape and, in shape 0, the number's first byte."""
    if shape >= 14:
        raise Refused(DAMAGED, "reserved shape")
    if shape:
        return 8 if shape == 4 else 6
    if not 6 <= first >> 3 <= 20:
        raise Refused(DAMAGED, "a number of fewer than 6 or more than 20 characters")
    return shape_0_size(first >> 3)


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
        n, v = v >> bits, v & (1 << bits) - 1
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
    assert shape == 13
    letter, rest = divmod(v, 10**11)
    if letter > 25:
        raise Refused(DAMAGED, "no text of the shape packs to this")
    return f"JDV{LETTERS[letter]}{digits(rest, 11)}"


def pack_waybill(text: str) -> tuple[int, bytes]:
    """Waybill numbers: the one encoding of a text, as shape and number."""
    shape, size = shape_of(text), 6
    if shape == 0:
        size, v = shape_0_size(len(text)), 0
        for character in text:
            v = v * 37 + BASE37.index(character)
        v |= len(text) << 8 * size - 5
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
DAY, REGION, SITE, SEALER, LABEL, ALIAS, SALT_LEVEL = 1, 2, 3, 4, 5, 6, 7  # levels


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
    delivery = read_delivery(plaintexts[DELIVERY], tables) if DELIVERY in plaintexts else None
    contact = read_contact(plaintexts[CONTACT], tables) if CONTACT in plaintexts else None

    check_revocation(header, day, reaching, revoked)
    handle = label_handle(payload.raw)
    printed = printed_handle(handle)
    place = (header.region, header.site, header.alias)
    return Opened(header.waybill, day, *place, handle.hex(), printed, delivery, contact)


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
    return text


def check_end(bits: Bits, texts: Iterable[str], limit: int) -> None:
    """Plaintexts: all bits after the last field are zero, and the texts are within their limit together."""
    if bits.take(bits.left):
        raise Refused(TAMPERED, "bits after the last field")
    if sum(len(text.encode()) for text in texts) > limit:
        raise Refused(TAMPERED, "texts over their limit")


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


def read_delivery(plaintext: bytes, tables: dict[str, Table]) -> dict[str, object]:
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
        if bits.flag():  # packed here
            count = bits.take(4) + 1
            if count > 10:
                raise Refused(TAMPERED, "a packed postcode of more than ten digits")
            postcode = check_text(read_groups(bits, count))
        else:
            as_text = True
    texts = {"name": codec.read(bits, name=True)}
    for key, present in zip(("province", "city", "district", "street", "detail", "note"), regions + details):
        texts[key] = codec.read(bits) if present else ""
    if as_text:
        postcode = codec.read(bits)
        if re.fullmatch("[0-9]{1,10}", postcode):
            raise Refused(TAMPERED, "a postcode of digits is not packed")
    texts["postcode"] = postcode
    check_end(bits, texts.values(), 768)
    return {**texts, "country": country, "division_code": division}


def read_contact(plaintext: bytes, tables: dict[str, Table]) -> dict[str, object]:
    """Plaintexts, "Contact"."""
    bits = Bits(plaintext)
    number = bits.take(3)
    codec = Codec(number, tables)
    phone = read_phone(bits)
    has_phone, has_name = bits.flag(), bits.flag()
    if number and not has_name:
        raise Refused(TAMPERED, "a codec for no name")
    sender_phone = read_phone(bits) if has_phone else ""
    sender_name = codec.read(bits, name=True) if has_name else ""
    texts = {"phone": phone, "sender_phone": sender_phone, "sender_name": sender_name}
    check_end(bits, texts.values(), 256)
    return dict(texts)


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


# --- Phones ----------------------------------------------------------------------------------------------------

PHONE_FORMS = (  # forms 0 to 2; form 3 is any other text
    "1[0-9]{10}",
    "0(?:[12][0-9]|[03-9][0-9]{2})-?[0-9]{7,8}(?:-[0-9]{1,8})?",
    "(?=.)[+]?[-0-9 ().]*",
)
DIALLED = "0123456789- ()."


def phone_form(text: str) -> int:
    """Phones: the first of the forms that the text fits."""
    return next((form for form, shape in enumerate(PHONE_FORMS) if re.fullmatch(shape, text)), 3)


def read_phone(bits: Bits) -> str:
    """Phones: two bits of form, then the phone, which must have the first form that it fits."""
    form = bits.take(2)
    text = check_text((read_mobile, read_landline, read_dialled, read_utf8)[form](bits))
    if phone_form(text) != form:
        raise Refused(TAMPERED, "a phone in another form than its first")
    return text


def read_number(bits: Bits, width: int, count: int) -> str:
    """Phones: `count` digits as one number of `width` bits."""
    number = bits.take(width)
    if number >= 10**count:
        raise Refused(TAMPERED, "a phone's number over its limit")
    return f"{number:0{count}}"


def read_mobile(bits: Bits) -> str:
    """Phones: form 0."""
    return "1" + read_number(bits, 34, 10)


def read_landline(bits: Bits) -> str:
    """Phones: form 1. The flag of the area's length is checked here, as a longer area and a shorter number can make
    the text of a shorter area and a longer number, which is a landline too."""
    three, hyphen, eight, extension = (bits.flag() for _ in range(4))
    area = read_groups(bits, 3 if three else 2)
    if three == (area[0] in "12"):
        raise Refused(TAMPERED, "an area of the other length")
    text = "0" + area + ("-" if hyphen else "") + (read_number(bits, 27, 8) if eight else read_number(bits, 24, 7))
    if extension:
        text += "-" + read_groups(bits, bits.take(3) + 1)
    return text


def read_dialled(bits: Bits) -> str:
    """Phones: form 2."""
    text = "+" if bits.flag() else ""
    while (code := bits.take(4)) != 15:
        text += DIALLED[code]
    return text


# --- Texts -----------------------------------------------------------------------------------------------------

END, ESCAPE, WINDOW = 0, 1, 2  # the commands, as the appendix numbers them
CODECS = {1: ("names", "chinese"), 2: ("chinese", "chinese"), 3: ("latin", "latin"), 4: ("script", "script")}
FIRST_BLOCK = {1: 156, 2: 156, 3: 1, 4: 8}
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
        if number > 4:
            raise Refused(TAMPERED, "a reserved codec")
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
