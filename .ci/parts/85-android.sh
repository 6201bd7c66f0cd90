#!/usr/bin/env bash
# The Kotlin side of a courier's device: the library and the sample app on a JVM, with the native library of this machine.
set -euo pipefail
apt-get install -y -qq maven openjdk-17-jdk-headless > /dev/null
bash samples/android/check.sh
