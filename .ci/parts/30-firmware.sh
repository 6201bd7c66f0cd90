#!/usr/bin/env bash
# Runs the core on a Cortex-M4F in QEMU: sizes, instructions, stack, and secrets left in RAM.
set -euo pipefail
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/firmware
bash samples/firmware/check.sh
