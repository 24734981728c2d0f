#!/bin/sh
# Installs the Debian packages that a target needs, and only those that are missing;
# when none is, one look at the package list (0.01 s) is all it costs.
# usage: tools/install-deps.sh run|web|test|bench|lint
set -eu

run="gcc make libc6-dev libjsmn-dev"
web="$run clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32 binaryen python3"
test="$web g++ clang libclang-rt-14-dev libcmocka-dev libjansson-dev libmpfr-dev python3
      binutils lld chromium fonts-liberation poppler-utils r-cran-survival
      python3-numpy"
# A node that is already there serves, whoever packaged it; two would collide.
command -v node >/dev/null 2>&1 || test="$test nodejs npm"
bench="$run r-base-core python3-numpy"
lint="$test clang-format clang-tidy"

case "${1:-run}" in
run) want=$run ;;
web) want=$web ;;
test) want=$test ;;
bench) want=$bench ;;
lint) want=$lint ;;
*) echo "usage: $0 run|web|test|bench|lint" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "Not a Debian system: please see that these are installed: $want" >&2
    exit 0
fi

# shellcheck disable=SC2086  # the lists are meant to split
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $want 2>/dev/null |
    sed -n 's/^installed //p')
missing=
for package in $want; do
    case "
$installed
" in *"
$package
"*) ;; *) missing="$missing $package" ;; esac
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

# Standard output belongs to the answer, and apt has a lot to say: it goes to a file.
mkdir -p build
log=build/install.log
echo "Installing the missing Debian packages:$missing (log: $log)" >&2
apt() {
    DEBIAN_FRONTEND=noninteractive $as_root apt-get -qq -o Acquire::Retries=3 \
        -o Dpkg::Use-Pty=0 "$@" </dev/null >>"$log" 2>&1
}
: >"$log"
# shellcheck disable=SC2086
apt update && apt install -y --no-install-recommends $missing || {
    tail -n 20 "$log" >&2
    echo "Could not install:$missing" >&2
    exit 1
}
