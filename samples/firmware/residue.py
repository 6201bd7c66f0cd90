"""Looks for what the core must not leave in RAM: residue.py LOG WIPED CONTROL.

LOG is the run's output with its `label` line, WIPED the RAM after a label was opened and dropped, CONTROL the
RAM at the moments of `control.rs` when each secret is at hand, from the same program with `wipe_below` taken
out. Every needle is cut into windows of eight bytes. A window in WIPED fails, and so does a needle of which
CONTROL shows nothing, since its absence from WIPED would prove nothing.
"""

import hmac
import struct
import sys

PLAIN = ["欧阳修远", "科技园路9号3栋2单元1501室", "粤海街道", "放前台", "13986420975", "13570864209"]
REGION, SITE = 755, 12
# Bits of the header before the alias.
ALIAS_AT = 36
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45(text):
    values = [ALPHABET.index(c) for c in text]
    out = b""
    for i in range(0, len(values), 3):
        group = values[i : i + 3]
        number = sum(v * 45**k for k, v in enumerate(group))
        out += number.to_bytes(len(group) - 1, "big")
    return out


def expand(key, info):
    return hmac.digest(key, b"WS1" + info + b"\x01", "sha256")


def primes(count):
    found, n = [], 2
    while len(found) < count:
        if all(n % p for p in found):
            found.append(n)
        n += 1
    return found


def root(n, power):
    """Integer part of the root."""
    low, high = 0, n + 1
    while high - low > 1:
        mid = (low + high) // 2
        low, high = (mid, high) if mid**power <= n else (low, mid)
    return low


K = [root(p << 96, 3) & 0xFFFFFFFF for p in primes(64)]
IV = [root(p << 64, 2) & 0xFFFFFFFF for p in primes(8)]


def compress(block, state=IV):
    """One SHA-256 compression: the state HMAC keeps after its padded key."""
    def turn(x, n):
        return (x >> n | x << (32 - n)) & 0xFFFFFFFF

    w = list(struct.unpack(">16I", block))
    for i in range(16, 64):
        s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3
        s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10
        w.append((w[i - 16] + s0 + w[i - 7] + s1) & 0xFFFFFFFF)
    a, b, c, d, e, f, g, h = state
    for k, x in zip(K, w):
        t1 = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + k + x
        t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (t1 + t2) & 0xFFFFFFFF, a, b, c, (d + t1) & 0xFFFFFFFF, e, f, g
    return [(x + y) & 0xFFFFFFFF for x, y in zip(state, (a, b, c, d, e, f, g, h))]


def times(a, b):
    product = 0
    while b:
        product ^= a * (b & 1)
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def sbox(x):
    inverse = next((y for y in range(256) if times(x, y) == 1), 0)
    out = 0x63
    for i in range(5):
        out ^= (inverse << i | inverse >> (8 - i)) & 0xFF
    return out


SBOX = [sbox(x) for x in range(256)]


def schedule(key):
    words, rcon = [key[i : i + 4] for i in range(0, 32, 4)], 1
    for i in range(8, 60):
        word = words[-1]
        if i % 8 == 0:
            word = bytes(SBOX[b] for b in word[1:] + word[:1])
            word, rcon = bytes([word[0] ^ rcon]) + word[1:], rcon << 1
        elif i % 8 == 4:
            word = bytes(SBOX[b] for b in word)
        words.append(bytes(a ^ b for a, b in zip(word, words[-8])))
    return b"".join(words)


def aes(keys, block):
    state = bytes(a ^ b for a, b in zip(block, keys))
    for i in range(1, 15):
        state = bytes(SBOX[state[(4 * (j // 4 + j % 4) + j % 4) % 16]] for j in range(16))
        if i < 14:
            mixed = b""
            for c in range(0, 16, 4):
                col = state[c : c + 4]
                mixed += bytes(
                    times(col[r], 2) ^ times(col[(r + 1) % 4], 3) ^ col[(r + 2) % 4] ^ col[(r + 3) % 4]
                    for r in range(4)
                )
            state = mixed
        state = bytes(a ^ b for a, b in zip(state, keys[16 * i :]))
    return state


def needles(label):
    payload = base45(label.removeprefix("WS1:"))
    for text in PLAIN:
        yield f"plaintext {text}", text.encode()
    seeds = {1: 0x51, 2: 0x72}
    for tier, seed in seeds.items():
        day = bytes(seed ^ i * 0x9D & 0xFF for i in range(12, 44))
        region = expand(day, b"\x02" + struct.pack(">H", REGION))
        site = expand(region, b"\x03" + struct.pack(">H", SITE))
        yield from of_prk(f"tier {tier} region", region)
        yield from of_prk(f"tier {tier} site", site)
        # The alias stands in the header; the header ends where the section behind it has its tag.
        alias = int.from_bytes(payload[:15], "big") >> (120 - 24 - ALIAS_AT) & 0xFFFFFF
        leaf = expand(site, b"\x04" + struct.pack(">I", alias))
        for end, contact in ((e, c) for e in range(16, 32) for c in (6, 14, 30)):
            keys = schedule(expand(leaf, b"\x05" + payload[:end]))
            first = len(payload) - 12 - contact
            start, stop = (end, first - 12) if tier == 1 else (first, first + contact)
            sealed = payload[start:stop]
            if tag(keys, payload[:start], sealed)[:12] == payload[stop : stop + 12]:
                blocks = range(2, 2 + (len(sealed) + 15) // 16)
                stream = b"".join(aes(keys, struct.pack(">12xI", n)) for n in blocks)
                plain = bytes(x ^ y for x, y in zip(sealed, stream)).rstrip(b"\0")
                yield f"tier {tier} encoded section", plain
                # Under the zero fill the ciphertext is the keystream, for everyone to see.
                yield from of_prk(f"tier {tier} leaf", leaf)
                yield from of_label(f"tier {tier}", keys[:32], keys, stream[: len(plain)])


def tag(keys, aad, sealed):
    """AES-GCM's tag under the nonce of zeros (NIST SP 800-38D)."""
    h, sum_ = int.from_bytes(aes(keys, bytes(16)), "big"), 0
    padded = b"".join(x + bytes(-len(x) % 16) for x in (aad, sealed))
    padded += struct.pack(">QQ", 8 * len(aad), 8 * len(sealed))
    for i in range(0, len(padded), 16):
        x, z, v = sum_ ^ int.from_bytes(padded[i : i + 16], "big"), 0, h
        for bit in range(127, -1, -1):
            z ^= v if x >> bit & 1 else 0
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
        sum_ = z
    mask = int.from_bytes(aes(keys, struct.pack(">12xI", 1)), "big")
    return (sum_ ^ mask).to_bytes(16, "big")


def of_prk(name, prk):
    """What HMAC makes of a key: its padded forms, as bytes and as words, and the states behind them."""
    yield f"{name} key", prk
    forms = b""
    for half, pad in (("inner", 0x36), ("outer", 0x5C)):
        padded = bytes(b ^ pad for b in prk.ljust(64, b"\0"))
        forms += padded[:32] + struct.pack("<8I", *struct.unpack(">8I", padded[:32]))
        yield f"{name} HMAC {half} state", struct.pack("<8I", *compress(padded))
    yield f"{name} HMAC padded key, any form", forms


def fixsliced(keys):
    """The schedule as a 32-bit machine holds it: round keys in eight words, bit by bit, each for two blocks."""
    words = []
    for number in range(15):
        key = keys[16 * number : 16 * number + 16]
        if number % 2:  # ShiftRows undone, which the rounds leave out in turn
            key = bytes(key[4 * ((c - r) % 4) + r] for c in range(4) for r in range(4))
        for bit in range(8):
            word = sum((key[4 * c + r] >> bit & 1) * 3 << 8 * r + 2 * c for c in range(4) for r in range(4))
            # The S-box leaves out its four inversions.
            words.append(word ^ (0xFFFFFFFF if number and bit in (0, 1, 5, 6) else 0))
    return struct.pack("<120I", *words)


def polyval(h):
    """H as POLYVAL holds it (RFC 8452, appendix A): bytes turned round, multiplied by x."""
    value = int.from_bytes(h, "big") << 1
    if value >> 128:
        value ^= 1 << 128 | 1 << 127 | 1 << 126 | 1 << 121 | 1
    return value.to_bytes(16, "little")


def of_label(tier, key, keys, stream):
    yield f"{tier} label key", key
    yield f"{tier} AES schedule, fixsliced", fixsliced(keys)
    yield f"{tier} AES schedule, standard", keys[32:]
    h = aes(keys, bytes(16))
    yield f"{tier} H, also as POLYVAL's", h + polyval(h)
    yield f"{tier} keystream", stream
    yield f"{tier} tag mask", aes(keys, struct.pack(">12xI", 1))


# Made by no step on a machine without AES instructions; looked for all the same. On x86 tests/memory.rs has a
# control of it.
NEVER_MADE = "AES schedule, standard"


def windows(needle, memory):
    return sum(window in memory for window in {needle[i : i + 8] for i in range(len(needle) - 7)})


def main(log, wiped, control):
    label = next(line[6:] for line in open(log).read().split("\n") if line.startswith("label "))
    wiped, control = open(wiped, "rb").read(), open(control, "rb").read()
    names, left, blind = [], 0, []
    for name, needle in needles(label):
        found, shown = windows(needle, wiped), windows(needle, control)
        print(f"{name:<42} {found:>3} windows left, {shown:>3} in the control")
        names.append(name)
        left += found
        if not shown and NEVER_MADE not in name:
            blind.append(name)
    if not {"tier 1 keystream", "tier 2 keystream"} <= set(names):
        sys.exit("the label key was not found: the scan no longer follows the format")
    if blind:
        sys.exit(f"without a control: {', '.join(blind)}")
    if left:
        sys.exit(f"{left} windows of secrets are left in RAM")


main(*sys.argv[1:])
