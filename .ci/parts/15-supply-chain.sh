#!/usr/bin/env bash
# Checks the dependencies: licences, duplicate versions and sources against deny.toml, their number, and the sizes of the
# packages.
#
# With ADVISORY_DB=FOLDER, a clone of RustSec's advisory-db, known vulnerabilities are checked too; nothing is fetched.
set -euo pipefail
cd "$(dirname "$0")/../.."

. .ci/tools.sh
tool cargo-deny 0.20.2
deny="$TOOLS/cargo-deny"
# The list must not have names that are no longer duplicates.
"$deny" --locked check --hide-inclusion-graph -D unmatched-skip -D unnecessary-skip licenses bans sources
if [ -n "${ADVISORY_DB:-}" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # The name that cargo-deny gives the database of this address.
  git clone --quiet "$ADVISORY_DB" "$work/advisory-db-3157b0e258782691"
  printf 'advisories of %s\n' "$(git -C "$ADVISORY_DB" log -1 --format=%cs)"
  { cat deny.toml; printf '\n[advisories]\ndb-path = "%s"\ndb-urls = ["https://github.com/rustsec/advisory-db"]\n' "$work"; } \
    > "$work/deny.toml"
  "$deny" --offline --locked --config "$work/deny.toml" check --hide-inclusion-graph advisories
else
  echo "advisories: not checked, ADVISORY_DB names no database"
fi

failed=0
within() { # what, value, ceiling
  local beyond=""
  if [ "$2" -gt "$3" ]; then beyond="  BEYOND ITS CEILING" failed=1; fi
  printf '%-44s %9d  ceiling %9d%s\n' "$1" "$2" "$3" "$beyond"
}

crates() { cargo tree --locked -e normal --prefix none --no-dedupe "$@" | sort -u | wc -l; }
within "crates of wayseal-core" "$(crates -p wayseal-core)" 26
for feature in device:213 read:100 label:130 authority:220 batch:300 cli:360; do
  within "crates of wayseal, ${feature%:*} alone" "$(crates -p wayseal --no-default-features --features "${feature%:*}")" "${feature#*:}"
done

# The figures that the documents state.
of_feature() { crates -p wayseal --no-default-features --features "$1"; }
row="| $(crates -p wayseal-core) |"
for feature in "" read label device authority batch cli; do row+=" $(of_feature "$feature") |"; done
grep -qxF "$row" docs/ARCHITECTURE.md || { echo "docs/ARCHITECTURE.md has other figures than $row"; failed=1; }
for feature in cli parquet batch hsm authority device label read; do
  count=$(of_feature "$feature")
  grep -qE "^//! \| \`$feature\` .* \| $count \|\$" src/lib.rs ||
    { echo "src/lib.rs has another figure for $feature than $count"; failed=1; }
done

# Builds from the packed package, with the core's package as its dependency.
# Cargo unpacks the core into a folder of its own, and would build what an earlier run of this version left there.
rm -rf "${CARGO_HOME:-$HOME/.cargo}"/registry/{src,cache}/-*/wayseal*
cargo package --quiet --locked --workspace --allow-dirty
for package in wayseal-core:300000 wayseal:3000000; do
  file=$(ls "${CARGO_TARGET_DIR:-target}/package/${package%:*}"-[0-9]*.crate)
  within "bytes of ${file##*/}" "$(stat -c %s "$file")" "${package#*:}"
  printf '%-44s %9d\n' "  unpacked" "$(gzip -dc "$file" | wc -c)"
done
exit $failed
