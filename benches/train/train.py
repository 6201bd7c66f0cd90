#!/usr/bin/env python3
"""Generates the token tables of the record codec from recipient files. The output is reproducible byte for byte.

    python3 benches/train/train.py recipients_zh.jsonl recipients_intl.jsonl

Needs only the standard library. A line is held out if the first byte of its SHA-256 is below 64, which is a
quarter of all lines. Held-out lines are never used for training; `cargo bench --bench size` measures on them.

A table is a canonical Huffman code over strings and three commands. Tokens are selected as in a unigram model:
start with all frequent substrings; split the texts at the least cost under the current code lengths; count the
tokens; drop those that save least; repeat until the table has the requested size.
"""
import hashlib
import heapq
import json
import math
import pathlib
import sys
from collections import Counter

TABLES = pathlib.Path(__file__).resolve().parents[2] / "src" / "record" / "tables"
LONGEST = 8
LIMIT = 16  # bits of the longest code


def held_out(line):
    return hashlib.sha256(line.encode()).digest()[0] < 64


def split(text, cost, escape):
    """Returns the cheapest split of a text: tokens, and (None, character) for an escaped character."""
    best = [0.0] + [math.inf] * len(text)
    back = [None] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        character = text[end - 1]
        best[end] = best[end - 1] + escape(character)
        back[end] = (end - 1, None)
        for start in range(max(0, end - LONGEST), end):
            bits = cost.get(text[start:end])
            if bits is not None and best[start] + bits < best[end]:
                best[end] = best[start] + bits
                back[end] = (start, text[start:end])
    pieces, end = [], len(text)
    while end:
        start, token = back[end]
        pieces.append(token if token is not None else (None, text[start:end]))
        end = start
    return pieces


def bits_of(character):
    point = ord(character)
    return 2 + (7 if point < 0x80 else 15 if 0x4E00 <= point <= 0x9FFF else 16 if point < 0x10000 else 20)


def train(texts, size, seed):
    weights = Counter(texts)
    counts = Counter()
    for text, weight in weights.items():
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + LONGEST) + 1):
                counts[text[start:end]] += weight
    # Count a string once per distinct text: variety matters more than one frequent text.
    spread = Counter()
    for text in weights:
        for token in {text[s:e] for s in range(len(text)) for e in range(s + 1, min(len(text), s + LONGEST) + 1)}:
            spread[token] += 1
    tokens = {t: c for t, c in counts.items() if spread[t] >= (2 if len(t) == 1 else 4)}
    ranked = sorted(tokens, key=lambda t: (-tokens[t] * len(t), t))[: size * 8]
    tokens = {t: tokens[t] for t in ranked}
    for s in seed:
        tokens.setdefault(s, 1)
    escapes = windows = 1
    while True:
        for _ in range(2):
            total = sum(tokens.values()) + len(texts) + escapes
            cost = {t: -math.log2(max(c, 0.3) / total) for t, c in tokens.items()}
            base = -math.log2(escapes / total)
            used, escapes = Counter(), 1
            for text, weight in sorted(weights.items()):
                for piece in split(text, cost, lambda c: base + bits_of(c)):
                    if isinstance(piece, tuple):
                        escapes += weight
                    else:
                        used[piece] += weight
            tokens = {t: used[t] for t in tokens}
        if len(tokens) <= size:
            break
        # A token saves the difference to the cost of its parts.
        gain = {}
        for token, count in tokens.items():
            others = dict(cost)
            del others[token]
            parts = split(token, others, lambda c: base + bits_of(c))
            spent = sum(base + bits_of(p[1]) if isinstance(p, tuple) else others[p] for p in parts)
            gain[token] = count * (spent - cost[token])
        keep = max(size, len(tokens) * 3 // 4)
        kept = sorted(tokens, key=lambda t: (-gain[t], t))[:keep]
        tokens = {t: tokens[t] for t in kept}
    commands = {"end": len(texts), "escape": escapes, "window": max(1, escapes // 3)}
    return tokens, commands


def lengths(frequencies):
    """Returns Huffman code lengths of at most LIMIT bits, by raising small counts until the limit holds."""
    floor = 1
    while True:
        heap = [(max(count, floor), key, (key,)) for key, count in sorted(frequencies.items())]
        heapq.heapify(heap)
        depth = Counter()
        while len(heap) > 1:
            a, b = heapq.heappop(heap), heapq.heappop(heap)
            for key in a[2] + b[2]:
                depth[key] += 1
            heapq.heappush(heap, (a[0] + b[0], min(a[1], b[1]), a[2] + b[2]))
        if max(depth.values()) <= LIMIT:
            return depth
        floor *= 2


def fnv(data):
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def write(name, tokens, commands, block):
    # Keys sort by kind, then by bytes. Commands are empty strings, so they come first within their length.
    names = {"end": "0", "escape": "1", "window": "2"}
    frequencies = {("c", names[k]): v for k, v in commands.items()}
    frequencies |= {("t", t): c for t, c in tokens.items()}
    depth = lengths(frequencies)
    order = sorted(frequencies, key=lambda k: (depth[k], k[0], k[1].encode()))
    counts = [0] * (LIMIT + 1)
    for key in order:
        counts[depth[key]] += 1
    offsets, text = [0], ""
    for kind, value in order:
        text += value if kind == "t" else ""
        offsets.append(len(text.encode()))
    slots = [0] * (1 << (len(tokens) * 5 // 4).bit_length())
    for place, (kind, value) in enumerate(order):
        if kind == "t":
            value = fnv(value.encode())
            slot = (value ^ value >> 15) & (len(slots) - 1)
            while slots[slot]:
                slot = (slot + 1) % len(slots)
            slots[slot] = place + 1
    place = {key: order.index(("c", number)) for key, number in names.items()}
    longest = max(len(t.encode()) for t in tokens)
    quoted = json.dumps(text, ensure_ascii=False)

    def numbers(values):
        return "&[" + ", ".join(map(str, values)) + "]"

    out = f"""//! Written by `benches/train/train.py`.

use crate::record::text::Table;

#[rustfmt::skip]
pub(crate) static {name.upper()}: Table = Table {{
    counts: {numbers(counts)[1:]},
    offsets: {numbers(offsets)},
    text: {quoted},
    slots: {numbers(slots)},
    longest: {longest},
    end: {place["end"]},
    escape: {place["escape"]},
    window: {place["window"]},
    block: {block},
}};
"""
    (TABLES / f"{name}.rs").write_text(out)
    size = len(text.encode()) + 2 * len(offsets) + 2 * len(slots)
    print(f"{name}: {len(tokens)} tokens, {size} bytes")
    return size


def main(files):
    chinese, names, latin, script = [], [], [], []
    for path in files:
        for line in open(path, encoding="utf-8"):
            line = line.rstrip("\n")
            if not line or held_out(line):
                continue
            record = json.loads(line)
            address = [record[f] for f in ("street", "detail", "note") if record[f]]
            if record.get("adcode"):
                names.append(record["name"])
                chinese += address
                continue
            address += [record[f] for f in ("province", "city", "district") if record[f]]
            address += [record["name"]]
            for text in address:
                letters = [c for c in text if c.isalpha()]
                low = sum(ord(c) < 0x250 for c in letters)
                (latin if low * 2 >= len(letters) else script).append(text)
    digits = [str(d) for d in range(10)]
    han = digits + list("省市区县镇乡村路街道号弄栋幢单元室楼层座组-")
    letters = digits + list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,-'/#")
    total = write("chinese", *train(chinese, 940, han), 0x4E00 >> 7)
    total += write("names", *train(names, 200, []), 0x4E00 >> 7)
    total += write("latin", *train(latin, 220, letters), 0x80 >> 7)
    total += write("script", *train(script, 110, digits), 0x430 >> 7)
    print(f"all: {total} bytes")


main(sys.argv[1:])
