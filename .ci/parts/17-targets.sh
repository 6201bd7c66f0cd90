#!/usr/bin/env bash
# Builds what runs on a courier's device for its targets: Android in 64 and 32 bits, and browsers.
set -euo pipefail
targets="aarch64-linux-android armv7-linux-androideabi wasm32-unknown-unknown"
rustup target add $targets
for target in $targets; do
  echo "   $target"
  cargo check --quiet --locked -p wayseal --no-default-features --features device,read --target "$target"
done
