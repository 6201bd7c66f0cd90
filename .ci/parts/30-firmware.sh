#!/usr/bin/env bash
# Runs the core on a Cortex-M4F in QEMU: sizes, instructions, stack, and secrets left in RAM.
set -euo pipefail
bash samples/firmware/check.sh
