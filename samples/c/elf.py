"""Checks a shared library for Android: segments at 16 KB, every call of the header exported, and no undefined name but the system's.

elf.py LIBRARY CALLS: a header for C, or the Kotlin class whose calls are native.
"""
import re
import struct
import sys

# Of bionic's libc, libm and libdl, of liblog, and of the unwinder that the NDK links in.
SYSTEM = re.compile(r"(_Unwind_\w+|__\w+|[a-z][a-z0-9_]*)$")

data = open(sys.argv[1], "rb").read()
source = open(sys.argv[2], encoding="utf-8").read()
calls = set(re.findall(r"\b(wayseal_\w+)\(", source))
if sys.argv[2].endswith(".kt"):
    package = re.search(r"^package ([\w.]+)$", source, re.M)[1].replace(".", "_")
    calls = {f"Java_{package}_Native_{name}" for name in re.findall(r"external fun (\w+)\(", source)}
    assert len(calls) > 20
wide = data[4] == 2


def words(form: str, at: int) -> tuple[int, ...]:
    return struct.unpack_from("<" + form, data, at)


if wide:
    (phoff, shoff) = words("QQ", 32)
    (phsize, phcount, shsize, shcount) = words("HHHH", 54)
else:
    (phoff, shoff) = words("II", 28)
    (phsize, phcount, shsize, shcount) = words("HHHH", 42)
loads = []
for number in range(phcount):
    at = phoff + number * phsize
    if words("I", at)[0] == 1:
        loads.append(words("Q", at + 48)[0] if wide else words("I", at + 28)[0])
assert loads and all(align >= 0x4000 for align in loads), f"LOAD segments aligned at {[hex(align) for align in loads]}"
sections = []
for number in range(shcount):
    at = shoff + number * shsize
    kind = words("I", at + 4)[0]
    if wide:
        (offset, size), link = words("QQ", at + 24), words("I", at + 40)[0]
    else:
        (offset, size), link = words("II", at + 16), words("I", at + 24)[0]
    sections.append((kind, offset, size, link))
defined, undefined = set(), set()
for kind, offset, size, link in sections:
    if kind != 11:  # the dynamic symbols
        continue
    names = sections[link][1]
    step = 24 if wide else 16
    for at in range(offset, offset + size, step):
        name = words("I", at)[0]
        section = words("H", at + 6)[0] if wide else words("H", at + 14)[0]
        text = data[names + name : data.index(b"\0", names + name)].decode()
        if text:
            (undefined if section == 0 else defined).add(text)
if sys.argv[2].endswith(".kt"):
    # The long names of JNI, with the types of their arguments, which the virtual machine looks for as well.
    defined = {name.split("__")[0] for name in defined}
missing = {call for call in calls if call not in defined} - {"wayseal_device", "wayseal_device_use_stations", "wayseal_device_relabel", "wayseal_device_give_back"}
assert not missing, f"not exported: {sorted(missing)}"
strange = sorted(name for name in undefined if "wayseal" in name or name.startswith("_ZN") or not SYSTEM.match(name))
assert not strange, f"undefined: {strange}"
print(f"{sys.argv[1].split('/')[-3]}: {len(data)} bytes, {len(loads)} segments at {hex(min(loads))}, {len(calls)} calls, {len(undefined)} of the system")
