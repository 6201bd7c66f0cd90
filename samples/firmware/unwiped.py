"""Makes the control of the firmware: unwiped.py ELF OUT. The same program, but `wipe_below` returns at once.

So what is measured without the wipe is the code that runs with it, and the core needs no switch for the test.
"""

import struct
import sys

FUNCTION = b"wipe_below"
# Thumb's `bx lr`.
RETURN = struct.pack("<H", 0x4770)


def sections(elf):
    start, size, count = struct.unpack_from("<I", elf, 32)[0], *struct.unpack_from("<HH", elf, 46)
    # name, type, flags, address, offset, size, link
    return [struct.unpack_from("<7I", elf, start + size * i) for i in range(count)]


def main(source, target):
    elf = bytearray(open(source, "rb").read())
    table = sections(elf)
    found = []
    for _, kind, _, _, offset, size, link in table:
        if kind != 2:  # SHT_SYMTAB
            continue
        names = table[link][4]
        for at in range(offset, offset + size, 16):
            name, value, _, info, _, section = struct.unpack_from("<IIIBBH", elf, at)
            end = elf.index(0, names + name)
            if info & 15 == 2 and FUNCTION in elf[names + name : end]:  # STT_FUNC
                found.append(table[section][4] + (value & ~1) - table[section][3])
    if len(found) != 1:
        sys.exit(f"{len(found)} functions are called {FUNCTION.decode()}, and one was expected")
    elf[found[0] : found[0] + 2] = RETURN
    open(target, "wb").write(elf)


main(*sys.argv[1:])
