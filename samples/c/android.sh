# Sourced: links shared libraries for Android as a courier's phone has them, without NDK and emulator: what is linked is measured, and not run.
# Needs the folder `target` for what is built, and `rustup target add aarch64-linux-android armv7-linux-androideabi`.

# The libraries of Android's own are named by empty files: they are there on the phone.
android_begin() {
  flags_of_phones=$(realpath "$(dirname "${BASH_SOURCE[0]}")/phone.flags")
  lld=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
  stubs=$target/stubs
  mkdir -p "$stubs"
  for name in c m dl log unwind; do printf '!<arch>\n' > "$stubs/lib$name.a"; done
}

# By the profile and the flags that ship, and without the desk's calls: target, manifest, cargo's further arguments.
android_library() {
  local android=$1 manifest=$2
  shift 2
  # All code is made in the last step, so that it alone has the compiler's flags.
  # shellcheck disable=SC2046 # the flags are words
  CARGO_TARGET_DIR=$target \
    RUSTFLAGS="-C linker=$lld -C linker-flavor=ld.lld -L $stubs $(sed -n 's/^-[^C]/-C link-arg=&/p' "$flags_of_phones" | tr '\n' ' ')" \
    cargo rustc --profile phone --locked --lib --crate-type cdylib --no-default-features --target "$android" --manifest-path "$manifest" "$@" \
    -- $(grep '^-C ' "$flags_of_phones")
}
