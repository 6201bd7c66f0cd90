#!/usr/bin/env bash
# Runs the demonstration, and reads its labels with third-party decoders: every text must be the one that
# `inspect` reports, and every Code 128 the label's waybill number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
bash .ci/release.sh
wayseal="$CARGO_TARGET_DIR/release/wayseal"
(cd "$folder" && "$wayseal" demo && "$wayseal" demo >/dev/null)

python3 - "$wayseal" "$folder" <<'P'
import json, os, pathlib, re, subprocess, sys
from concurrent.futures import ThreadPoolExecutor
wayseal, folder = sys.argv[1], pathlib.Path(sys.argv[2])
labels = sorted((folder / "wayseal-demo" / "labels").glob("*.png"))
assert len(labels) >= 100, len(labels)
out = subprocess.run([wayseal, "inspect", "--json", folder / "wayseal-demo" / "labels"],
                     capture_output=True, text=True, check=True).stdout
ours = {json.loads(line)["file"]: json.loads(line) for line in out.splitlines()}


def check(label):
    text, waybill = ours[str(label)]["text"], ours[str(label)]["waybill"]
    assert waybill == label.stem, (waybill, label)
    read = subprocess.run(["zbarimg", "-q", "--nodbus", label], capture_output=True, text=True).stdout.splitlines()
    assert f"QR-Code:{text}" in read, ("zbarimg", label, read)
    assert f"CODE-128:{waybill}" in read, ("zbarimg", label, read)
    for format, expected in (("QRCode", text), ("Code128", waybill)):
        # Without -noscale Debian's ZXingReader fails an assertion of its own on some pictures.
        read = subprocess.run(["ZXingReader", "-noscale", "-format", format, label], capture_output=True, text=True).stdout
        found = re.search(r'^Text: *"(.*)"$', read, re.M)
        assert found and found.group(1) == expected, ("ZXingReader", format, label, read)


with ThreadPoolExecutor(os.cpu_count()) as pool:
    list(pool.map(check, labels))
print(f"{len(labels)} passed, 0 failed")
P

# The steps of the README, with the passphrase from the environment and from a file.
here=$PWD
cd "$folder"
export WAYSEAL_PASSPHRASE="ci passphrase"
"$wayseal" authority init
"$wayseal" authority grant sealer --id 7 --stations "$here/samples/stations.csv" -o sealer.grant
unset WAYSEAL_PASSPHRASE
(umask 077; echo "ci passphrase" > passphrase)
"$wayseal" authority grant scanner --station SZ-NS-012 --tiers delivery --stations "$here/samples/stations.csv" \
  --passphrase-file passphrase -o scanner.grant
"$wayseal" authority show scanner.grant
"$wayseal" seal "$here/samples/orders.csv" --stations "$here/samples/stations.csv" --grant sealer.grant --out labels
set +e
"$wayseal" scan labels/*.png --grant scanner.grant --json > scans.jsonl
code=$?
set -e
[ "$code" = 1 ] || { echo "scan: exit code $code, not 1 for labels of other stations"; exit 1; }
grep -q '"outcome":"opened"' scans.jsonl
grep -q '"refusal":"other_station"' scans.jsonl
"$wayseal" mask "$here/samples/orders.csv" --stations "$here/samples/stations.csv" > masks.jsonl
[ "$(wc -l < masks.jsonl)" -ge 100 ]
