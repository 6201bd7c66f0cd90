#!/usr/bin/env bash
# The root in a PKCS #11 token: SoftHSM2 from Debian, a token of its own in a folder that goes away.
set -euo pipefail
command -v softhsm2-util >/dev/null && command -v pkcs11-tool >/dev/null ||
  apt-get install -y -qq softhsm2 opensc >/dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tokens"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$folder/tokens" > "$folder/softhsm2.conf"
export SOFTHSM2_CONF="$folder/softhsm2.conf"
WAYSEAL_TOKEN_MODULE=$(dpkg -L libsofthsm2 | grep 'libsofthsm2\.so$' | tail -1)
export WAYSEAL_TOKEN_MODULE
softhsm2-util --init-token --free --label wayseal --so-pin 12345678 --pin 123456

cargo clippy --all-targets --locked --features hsm -- -D warnings
cargo test --locked --features hsm --test hsm
