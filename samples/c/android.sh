# Sourced: links shared libraries for Android as a courier's phone has them, without NDK and emulator: what is linked is measured, and not run.
# Needs the folder `target` for what is built, and `rustup target add aarch64-linux-android armv7-linux-androideabi`.

# The libraries of Android's own are named by empty files: they are there on the phone.
android_begin() {
  lld=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
  stubs=$target/stubs
  mkdir -p "$stubs"
  for name in c m dl log unwind; do printf '!<arch>\n' > "$stubs/lib$name.a"; done
}

# As small as the compiler makes it, and without the desk's calls: target, manifest, cargo's further arguments.
android_library() {
  local android=$1 manifest=$2
  shift 2
  CARGO_TARGET_DIR=$target CARGO_PROFILE_RELEASE_OPT_LEVEL=z \
    RUSTFLAGS="-C linker=$lld -C linker-flavor=ld.lld -C link-arg=-zmax-page-size=16384 -C link-arg=--icf=all -C link-arg=--pack-dyn-relocs=android -L $stubs" \
    cargo rustc --release --locked --lib --crate-type cdylib --no-default-features --target "$android" --manifest-path "$manifest" "$@"
}
