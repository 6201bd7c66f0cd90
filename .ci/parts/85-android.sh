#!/usr/bin/env bash
# The Kotlin side of a courier's device: the library and the sample app on a JVM, with the native library of this machine; and that library linked for Android.
set -euo pipefail
rustup target add aarch64-linux-android armv7-linux-androideabi
apt-get install -y -qq maven openjdk-17-jdk-headless > /dev/null
bash samples/android/check.sh
# The skins of the device are workspaces of their own, so that clippy of this one does not see them.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/skins
for manifest in samples/c/device/Cargo.toml samples/android/jni/Cargo.toml; do
  cargo clippy --quiet --locked --all-targets --manifest-path "$manifest" -- -D warnings
done
