#!/usr/bin/env python3
"""Generates the token tables of the record codec from training material. The output is reproducible byte for byte.

    python3 benches/train/gather.py FOLDER > material.jsonl
    python3 benches/train/train.py material.jsonl [FOLDER [TABLE …]]
    python3 benches/train/publish.py

FOLDER is where the tables go, src/core/record/tables otherwise.

Needs only the standard library; `pypy3` is ten times as fast.

A table is a canonical Huffman code over strings and three commands. Tokens are selected as in a unigram model:
start with all frequent substrings; split the texts at the least cost under the current code lengths; count the
tokens; drop those that save least; repeat until the table has the requested size. At last the lengths of the code and
the splits are made to fit each other.

No token stands in one source alone: it occurs in many distinct texts, of at least two sources. So the tables hold
nothing of any one record.
"""
import heapq
import json
import math
import pathlib
import sys
from collections import Counter, defaultdict

TABLES = pathlib.Path(__file__).resolve().parents[2] / "src" / "core" / "record" / "tables"
LONGEST = 8
LIMIT = 16  # bits of the longest code
TEXTS = 12  # distinct texts that hold a token of several characters
OTHER = 3  # distinct texts of each of two sources; one, where a source is a list of names that has each once


def split(text, cost, alone):
    """Returns the cheapest split of a text: tokens, and (None, character) for a character alone."""
    size = len(text)
    best = [0.0] + [math.inf] * size
    back = [0] * (size + 1)
    for start in range(size):
        here = best[start]
        bits = here + alone(text[start])
        if bits < best[start + 1]:
            best[start + 1] = bits
            back[start + 1] = 0
        for end in range(start + 1, min(size, start + LONGEST) + 1):
            bits = cost.get(text[start:end])
            if bits is not None and here + bits < best[end]:
                best[end] = here + bits
                back[end] = end - start
    pieces, end = [], size
    while end:
        length = back[end]
        start = end - (length or 1)
        pieces.append(text[start:end] if length else (None, text[start:end]))
        end = start
    pieces.reverse()
    return pieces


def point_bits(character):
    point = ord(character)
    return 2 + (7 if point < 0x80 else 15 if 0x4E00 <= point <= 0x9FFF else 16 if point < 0x10000 else 20)


def core(token):
    """What of a token must be in several sources: not the blanks and marks at its ends."""
    return token.strip(" ,.-/#()，（）") or token


def candidates(texts, other):
    """The substrings that occur in enough texts of enough sources, with their weights."""
    weights, spread = Counter(), {}
    frequent = None
    for length in range(1, LONGEST + 1):
        found, by_source = Counter(), defaultdict(Counter)
        for text, (weight, sources) in texts.items():
            seen = set()
            for start in range(len(text) - length + 1):
                token = text[start : start + length]
                if frequent is not None and (token[1:] not in frequent or token[:-1] not in frequent):
                    continue
                found[token] += weight
                seen.add(token)
            for token in seen:
                for source in sources:
                    by_source[token][source] += 1
        frequent = {t for t, s in by_source.items() if sum(s.values()) >= (4 if length == 1 else TEXTS)}
        for token in frequent:
            spread[token] = by_source[token]
            weights[token] = found[token]
    few = 2 if len({s for _, sources in texts.values() for s in sources}) > 1 else 1

    def several(token):
        sources = spread.get(core(token), {})
        return sum(count >= (1 if len(token) == 1 else other) for count in sources.values()) >= few

    return {t: c for t, c in weights.items() if several(t)}


def count(texts, cost, base):
    """Splits all texts: how often each token is used, and how many characters are alone."""
    used, alone = Counter(), 0
    spent = lambda c: base + point_bits(c)
    for text, (weight, _) in texts.items():
        for piece in split(text, cost, spent):
            if isinstance(piece, tuple):
                alone += weight
            else:
                used[piece] += weight
    return used, alone


def train(texts, size, seed, block, other):
    total_texts = sum(weight for weight, _ in texts.values())
    tokens = candidates(texts, other)
    ranked = sorted(tokens, key=lambda t: (-tokens[t] * len(t), t))[: size * 6]
    tokens = {t: tokens[t] for t in ranked}
    for s in seed:
        tokens.setdefault(s, 1)
    alone = 1
    while True:
        for _ in range(2):
            total = sum(tokens.values()) + total_texts + alone
            cost = {t: -math.log2(max(c, 0.3) / total) for t, c in tokens.items()}
            base = -math.log2(max(alone, 1) / total)
            used, alone = count(texts, cost, base)
            tokens = {t: used[t] for t in tokens}
        if len(tokens) <= size:
            break
        # A token saves the difference to the cost of its parts.
        gain = {}
        for token, often in tokens.items():
            own = cost.pop(token)
            parts = split(token, cost, lambda c: base + point_bits(c))
            cost[token] = own
            spent = sum(base + point_bits(p[1]) if isinstance(p, tuple) else cost[p] for p in parts)
            gain[token] = often * (spent - own) if token not in seed else math.inf
        keep = max(size, len(tokens) * 4 // 5)
        kept = sorted(tokens, key=lambda t: (-gain[t], t))[:keep]
        tokens = {t: tokens[t] for t in kept}
    # The code as it is, and the splits that it makes.
    commands = {"end": total_texts, "escape": max(1, alone * 2 / 3), "window": max(1, alone / 3)}
    for _ in range(4):
        depth = lengths(frequencies(tokens, commands))
        cost = {t: depth["t", t] for t in tokens}
        used, escapes, windows = Counter(), 0, 0
        bits = {name: depth["c", number] for name, number in COMMANDS.items()}
        spent = lambda c: bits["escape"] + point_bits(c)
        for text, (weight, _) in texts.items():
            current = block
            for piece in split(text, cost, spent):
                if not isinstance(piece, tuple):
                    used[piece] += weight
                elif ord(piece[1]) >> 7 == current:
                    windows += weight
                else:
                    escapes += weight
                    current = ord(piece[1]) >> 7 if ord(piece[1]) >= 0x80 else current
        tokens = {t: max(used[t], 0.5) for t in tokens}
        commands = {"end": total_texts, "escape": max(1, escapes), "window": max(1, windows)}
    return tokens, commands


COMMANDS = {"end": "0", "escape": "1", "window": "2"}


def frequencies(tokens, commands):
    # Keys sort by kind, then by bytes. Whole numbers, so that the code is the same everywhere.
    whole = lambda value: max(1, round(value * 16))
    all_ = {("c", COMMANDS[k]): whole(v) for k, v in commands.items()}
    return all_ | {("t", t): whole(c) for t, c in tokens.items()}


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
            break
        floor *= 2
    # paths.rs relies on it: an escape is no longer than a window, and no character that has a token is better alone.
    if depth["c", "1"] > depth["c", "2"]:
        more = frequencies["c", "1"] + max(1, frequencies["c", "1"] // 2)
        return lengths(frequencies | {("c", "1"): more})
    window, escape = depth["c", "2"] + 7, depth["c", "1"] + 9
    dear = [k for k in frequencies if k[0] == "t" and len(k[1]) == 1]
    dear = [k for k in dear if depth[k] > (escape if ord(k[1]) < 0x80 else window)]
    if dear:
        raised = {k: frequencies[k] + max(1, frequencies[k] // 2) for k in dear}
        return lengths(frequencies | raised)
    return depth


def write(name, tokens, commands, block):
    frequency = frequencies(tokens, commands)
    depth = lengths(frequency)
    # Commands are empty strings, so they come first within their length.
    order = sorted(frequency, key=lambda k: (depth[k], k[0], k[1].encode()))
    counts = [0] * (LIMIT + 1)
    for key in order:
        counts[depth[key]] += 1
    values = [value if kind == "t" else "" for kind, value in order]
    sizes = [len(value.encode()) for value in values]
    text = "".join(values)
    slots = 1 << (len(tokens) * 5 // 4).bit_length()
    place = {key: order.index(("c", number)) for key, number in COMMANDS.items()}
    longest = max(len(t.encode()) for t in tokens)
    quoted = json.dumps(text, ensure_ascii=False)

    def numbers(values):
        return "[" + ", ".join(map(str, values)) + "]"

    out = f"""//! Written by `benches/train/train.py`.

use crate::record::offsets::offsets;
use crate::record::text::Table;

#[rustfmt::skip]
const LENGTHS: &[u8] = &{numbers(sizes)};

#[rustfmt::skip]
const TEXT: &str = {quoted};

#[rustfmt::skip]
pub(crate) static {name.upper()}: Table = Table {{
    counts: {numbers(counts)},
    offsets: &offsets::<{{ LENGTHS.len() + 1 }}>(LENGTHS),
    text: TEXT,
    #[cfg(any(not(feature = "fast"), test))]
    slots: &crate::record::text::slots::<{slots}>(TEXT, LENGTHS),
    longest: {longest},
    end: {place["end"]},
    escape: {place["escape"]},
    window: {place["window"]},
    block: {block},
}};
"""
    (TABLES / f"{name}.rs").write_text(out)
    size = len(text.encode()) + 2 * (len(sizes) + 1) + 2 * slots
    print(f"{name}: {len(tokens)} tokens, {size} bytes", flush=True)
    return size


DIGITS = [str(d) for d in range(10)]
LETTERS = list("abcdefghijklmnopqrstuvwxyz")
CAPITALS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
#      name       tokens  always there                                              first block
PLANS = {
    "chinese": (1400, DIGITS + list("省市区县镇乡村路街道号弄栋幢单元室楼层座组-號縣樓邨區鄉鎮"), 0x4E00 >> 7),
    "names": (200, [], 0x4E00 >> 7),
    "latin": (300, DIGITS + LETTERS + CAPITALS + list(" .,-'/#"), 0x80 >> 7),
    "script": (160, DIGITS + list(" -.,"), 0x430 >> 7),
    "japanese": (2400, DIGITS + list(" -A丁目番地号室区市町村県郡"), 0x30A0 >> 7),
    "korean": (900, DIGITS + list(" -,.()AB동호로길구시군읍면리"), 0xAC00 >> 7),
}


def main(material, folder=None, *only):
    global TABLES
    TABLES = pathlib.Path(folder) if folder else TABLES
    texts = defaultdict(dict)
    for line in open(material, encoding="utf-8"):
        table, source, text, weight = json.loads(line)
        known = texts[table].setdefault(text, [0.0, set()])
        known[0] += weight
        known[1].add(source)
    total = 0
    for name, (size, seed, block) in PLANS.items():
        if not only or name in only:
            total += write(name, *train(texts[name], size, seed, block, OTHER if name in ("chinese", "names") else 1), block)
    print(f"all: {total} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
