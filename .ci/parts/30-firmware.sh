#!/usr/bin/env bash
# The core on a Cortex-M4F in QEMU: sizes, instructions, stack, and what is left in RAM.
set -euo pipefail
bash samples/firmware/check.sh
