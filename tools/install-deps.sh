#!/bin/sh
# Installs the Debian packages that a target needs, and only those that are missing.
# usage: tools/install-deps.sh run|test|lint
set -eu

run="gcc make libc6-dev libjsmn-dev"
test="$run g++ clang libclang-rt-14-dev libcmocka-dev libjansson-dev python3 binutils"
lint="$test clang-format clang-tidy"

case "${1:-run}" in
run) want=$run ;;
test) want=$test ;;
lint) want=$lint ;;
*) echo "usage: $0 run|test|lint" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "Not a Debian system: please see that these are installed: $want" >&2
    exit 0
fi

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=
for package in $want; do
    installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Missing:$missing" >&2
        echo "Install as root: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

echo "Installing the missing Debian packages:$missing" >&2
# Standard output belongs to the answer, so apt's talk goes to standard error.
$as_root apt-get update -qq >&2
# shellcheck disable=SC2086  # the list is meant to split
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq \
    --no-install-recommends $missing >&2
