#!/usr/bin/env bash
# Every back-end's output read by other people's software.
set -euo pipefail
sh tests/backends.sh
