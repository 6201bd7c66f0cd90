#!/usr/bin/env bash
# Tests the features that are off by default, in one build: orders in Parquet; the root in a PKCS #11 token (SoftHSM2 from
# Debian); and every command of docs/ceremony.md, without and with the token.
set -euo pipefail
command -v softhsm2-util >/dev/null && command -v pkcs11-tool >/dev/null ||
  apt-get install -y -qq softhsm2 opensc >/dev/null
here=$PWD
target=${CARGO_TARGET_DIR:-$PWD/target}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tokens" "$folder/ceremony" "$folder/bin"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$folder/tokens" > "$folder/softhsm2.conf"
export SOFTHSM2_CONF="$folder/softhsm2.conf"
WAYSEAL_TOKEN_MODULE=$(dpkg -L libsofthsm2 | grep 'libsofthsm2\.so$' | tail -1)
export WAYSEAL_TOKEN_MODULE
softhsm2-util --init-token --free --label wayseal --so-pin 12345678 --pin 123456
softhsm2-util --init-token --free --label wayseal-2 --so-pin 12345678 --pin 654321

# This also builds the command with the features.
cargo test --locked --features hsm,parquet --test hsm --test parquet
cp "$target/debug/wayseal" "$folder/bin/"

# The commands of the ceremony in order, as one script.
awk '/^```sh( hsm)?$/ { on = 1; next } /^```$/ { on = 0 } on' docs/ceremony.md > "$folder/ceremony.sh"
[ "$(grep -c '^wayseal' "$folder/ceremony.sh")" -ge 30 ] || { echo "too few commands found in docs/ceremony.md"; exit 1; }
cd "$folder/ceremony"
ln -s "$here/samples" samples
export PATH="$folder/bin:$PATH" WAYSEAL_PASSPHRASE="ci passphrase" WAYSEAL_PIN=123456
umask 077
bash -euo pipefail -x "$folder/ceremony.sh" < /dev/null
echo "the ceremony: $(grep -c '^wayseal' "$folder/ceremony.sh") commands, 0 failed"
