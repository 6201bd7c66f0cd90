#!/usr/bin/env bash
# Installs headers, libraries, pkg-config and CMake files: install.sh PREFIX FOLDER-OF-LIBRARIES
set -euo pipefail
cd "$(dirname "$0")"
prefix=$1 libraries=$2
install -d "$prefix/include" "$prefix/lib/pkgconfig" "$prefix/lib/cmake/wayseal_device"
install -m 644 include/wayseal.h include/wayseal_device.h "$prefix/include"
install -m 644 "$libraries"/libwayseal.a "$libraries"/libwayseal_device.a "$prefix/lib"
install -m 755 "$libraries"/libwayseal_device.so "$prefix/lib"
install -m 644 cmake/wayseal_device-config.cmake "$prefix/lib/cmake/wayseal_device"
sed "s|@PREFIX@|$prefix|" wayseal-device.pc.in > "$prefix/lib/pkgconfig/wayseal-device.pc"
