#!/usr/bin/env python3
"""After each command of the authority, the printer and the scanner: is a key left in the process's memory?

    tests/soak/residue.py WAYSEAL [STATIONS] [ORDERS]

gdb stops the process at its exit and writes its whole memory and registers to a file, which is searched for the signing
key, the roots and every node of the grants, eight bytes of each at a time. Controls: stopped as it renames the file
that it wrote, a process must hold its keys. Needs gdb, and age to open the authority's envelope.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

HEAD, ENTRY, NODE, BEFORE_KEY = 18, 37, 44, 12


def run(*command, **more):
    return subprocess.run(command, capture_output=True, check=True, **more)


def memory(at, *command):
    """The memory of `command`, stopped before a system call named in `at`."""
    core = pathlib.Path("core")
    core.unlink(missing_ok=True)
    steps = ["set pagination off", "set debuginfod enabled off", f"catch syscall {at}", "run", f"gcore {core}", "kill"]
    gdb = ["gdb", "-q", "-batch", *(part for step in steps for part in ("-ex", step)), "--args", *map(str, command)]
    env = dict(os.environ, WAYSEAL_DUMPABLE="1")
    said = subprocess.run(gdb, capture_output=True, stdin=subprocess.DEVNULL, env=env).stdout
    if not core.exists():
        sys.exit(f"{command}: no memory was written: {said.decode(errors='replace')[-800:]}")
    whole, page = core.read_bytes(), 4096
    # Pages of zeros, of which there are many, hold nothing.
    return b"".join(part for at in range(0, len(whole), page) if any(part := whole[at : at + page]))


def keys():
    """Name and 32 bytes of each key that is in an envelope or a plain grant."""
    found = {}
    plain = run("age", "-d", "-i", "identity", "authority/authority.age").stdout
    found["the signing key"] = plain[HEAD : HEAD + 32]
    for at in range(HEAD + 33, len(plain), ENTRY):
        generation, kind = int.from_bytes(plain[at : at + 4], "big"), plain[at + 4]
        assert kind == 0, "a root in a token"
        found[f"root {generation}"] = plain[at + 5 : at + ENTRY]
    for file in sorted(pathlib.Path().glob("*.grant")):
        grant = file.read_bytes()
        # The nodes are the one long byte string in the signed content.
        for start in re.finditer(rb"\x59..|\x58[^\x20\x40]", grant, re.S):
            length, begin = int.from_bytes(start[0][1:], "big"), start.end()
            if length and length % NODE == 0 and begin + length <= len(grant):
                for at in range(begin, begin + length, NODE):
                    found[f"{file} at {at}"] = grant[at + BEFORE_KEY : at + NODE]
                break
    return found


def left(core, needles):
    return [name for name, key in needles.items() if any(key[at : at + 8] in core for at in range(0, 32, 8))]


def main():
    here = pathlib.Path(__file__).resolve().parents[2]
    wayseal = pathlib.Path(sys.argv[1]).resolve()
    stations, orders = here / "samples/stations.csv", here / "samples/orders.csv"
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.umask(0o077)
        run("age-keygen", "-o", "identity")
        recipient = run("age-keygen", "-y", "identity").stdout.decode().strip()
        own = ["--identity", "identity"]
        at = ["--stations", stations]
        seal = ["seal", orders, *at, "--grant", "sealer.grant"]
        grant = ["authority", "grant"]
        scanner = [*grant, "scanner", "--station", "SZ-NS-012", *at, *own, "-o"]
        commands = [
            ["authority", "init", "--recipient", recipient, *own],
            [*grant, "sealer", "--id", "7", *at, *own, "-o", "sealer.grant"],
            [*scanner, "scanner.grant"],
            [*grant, "day-issuer", *own, "-o", "day.grant"],
            ["authority", "show", "scanner.grant"],
            [*seal, "--out", "payloads.jsonl"],
            [*seal, "--out", "labels", "--limit", "12"],
            ["scan", "labels", "--grant", "scanner.grant", "--json"],
            ["authority", "shares", "make", "--need", "2", "share-1", "share-2", *own],
            ["authority", "revoke", "--sealer", "7", *own],
            ["authority", "rotate", "--recipient", recipient, *own],
        ]
        remains = []
        for command in commands:
            core = memory("exit_group", wayseal, *command)
            needles = keys()
            found = left(core, needles)
            name = " ".join(map(str, command[:3]))
            print(f"{name}: {len(found)} of {len(needles)} keys left")
            remains += [f"{name}: {key}" for key in found]
        control = memory("rename renameat renameat2", wayseal, *scanner, "control.grant")
        run(str(wayseal), *map(str, [*scanner, "control.grant"]))
        shown = left(control, keys())
        print(f"control, as it renames its file: {len(shown)} keys")
        if "the signing key" not in shown or "root 1" not in shown:
            sys.exit("the control holds no keys: the search proves nothing")
        if remains:
            sys.exit("\n".join(["left in memory:", *remains]))


main()
