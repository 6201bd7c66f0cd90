#!/usr/bin/env python3
"""Whether a device's files survive a power loss in any order of its writes: order.py WAYSEAL

Runs a day of a device under strace (its one need besides python3): a grant, a scan, a load, the lock, a scan on the road, the depot, a
hand-in. Of the system calls on the state folder it demands that
- what is written to one file is synced before another file is written, renamed or removed, and before anything is printed;
- a file is synced before it gets its name, and its folder after that, before the next change.
So no two changes are ever under way at once: whatever a power loss keeps of the last one, all before it are on disk, and none is
reordered. tests/faults.rs tries every such state.
"""
import os
import re
import subprocess
import sys
import tempfile

wayseal = os.path.abspath(sys.argv[1])
CALLS = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,link,linkat,ftruncate"
LINE = re.compile(r"^(\d+ +)?(\w+)\((.*)\) += (-?\d+)")
NAMED = re.compile(r"\d+<([^>]*)>")
changes = 0


def judge(trace, folder):
    """The violations of a trace, by the rules above."""
    global changes
    found, dirty = [], {}
    within = lambda path: path is not None and (path == folder or path.startswith(folder + "/"))
    whole = lambda path: path if os.path.isabs(path) else os.path.join(os.getcwd(), path)

    def change(path, what):
        global changes
        changes += 1
        others = [name for name in dirty if name != path]
        if others:
            found.append(f"{what} {path}: {others} not synced")

    for line in open(trace, errors="replace"):
        match = LINE.match(line)
        if not match or int(match[4]) < 0:
            continue
        call, arguments = match[2], match[3]
        fd = NAMED.match(arguments)
        path = re.sub(r" \(deleted\)$", "", fd[1]) if fd else None
        names = [whole(name) for name in re.findall(r'"([^"]*)"', arguments)]
        if call in ("write", "pwrite64", "ftruncate"):
            if within(path):
                change(path, call)
                # A name that is gone holds nothing that could come back in its place.
                dirty[path] = call
            elif arguments.startswith("1<") and dirty:
                found.append(f"printed: {sorted(dirty)} not synced")
        elif call in ("fsync", "fdatasync"):
            dirty.pop(path, None)
        elif call.startswith("rename") or call.startswith("link"):
            source, target = names[0], names[-1]
            if within(target) or within(source):
                change(os.path.dirname(target), call)
                dirty[os.path.dirname(target)] = call
        elif call.startswith("unlink"):
            if within(names[-1]):
                dirty.pop(names[-1], None)
                change(os.path.dirname(names[-1]), call)
                dirty[os.path.dirname(names[-1])] = call
    return found


def checked(command, env):
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stderr}")
    return done.stdout


def main():
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        env = {**os.environ, "WAYSEAL_PASSPHRASE": "demonstration"}
        run = lambda *args: checked([wayseal, *args], env)
        run("demo", "demo")
        authority = "demo/authority/authority.pub"
        label = "demo/labels/YT8866203715418.png"
        run("log", "auditor")
        run("log", "enrol", "pda", "--authority", authority, "-o", "pda.enrolment")
        run("courier", "init", "--enrolment", "pda.enrolment", "--state", "pda")
        depot = run("courier", "depot", "-o", "depot.key").strip().splitlines()[-1]
        stations = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../samples/stations.csv")
        run("authority", "grant", "scanner", "--folder", "demo/authority", "--to", "pda", "--station", "SZ-NS-012", "--tiers",
            "delivery", "--stations", stations, "-o", "pda/inbox/today.grant")
        failed = 0
        for args in (
            ("scan", label, "--state", "pda"),
            ("courier", "load", label, "--state", "pda", "--depot", depot),
            ("scan", label, "--state", "pda"),
            ("courier", "unlock", "--state", "pda", "--depot-key", "depot.key"),
            ("log", "hand-in", "--state", "pda", "--challenge", "0" * 64, "-o", "pda.handin"),
        ):
            trace = os.path.join(work, "trace")
            done = subprocess.run(["strace", "-f", "-y", "-s", "4096", "-e", f"trace={CALLS}", "-o", trace, wayseal, *args],
                                  env=env, capture_output=True, text=True)
            if done.returncode not in (0, 1):
                sys.exit(f"{' '.join(args[:2])}: {done.returncode} {done.stderr}")
            for violation in judge(trace, os.path.join(work, "pda")):
                print(f"{' '.join(args[:2])}: {violation}")
                failed += 1
    if changes < 40:
        sys.exit(f"only {changes} changes seen: the trace is no longer understood")
    print(f"order: {changes} changes of files, {failed} of them before the one before was on disk")
    sys.exit(failed > 0)


main()
