#!/usr/bin/env bash
# Orders in Parquet, a feature that is off by default.
set -euo pipefail
cargo test --locked --features parquet --test parquet
