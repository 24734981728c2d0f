#!/usr/bin/env bash
# The page's tests: its module in Node against the command, then the page in Chromium.
# Where npm or Chromium cannot be had, what was not run is counted and said.
# Last line: "N passed, N failed" or "N passed, N failed, N not run".
set -u
cd "$(dirname "$0")/.." || exit 1
BROWSER_TESTS=319 # checks of tests/web/page.mjs, for when they cannot run
LIGHTHOUSE_TESTS=10 # likewise of tests/lighthouse
passed=0 failed=0 not_run=0
mkdir -p build/test

# run NAME SECONDS COMMAND...: adds up the tally of its last line.
run() {
    local name=$1 seconds=$2 log=build/test/web-$1.log last
    shift 2
    timeout "$seconds" "$@" >"$log" 2>&1
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)
    grep -E '^(FAIL|#)' "$log"
    if [ -z "$last" ]; then
        failed=$((failed + 1))
        echo "FAIL web: $name did not end within $seconds s"
        tail -n 5 "$log"
        return
    fi
    passed=$((passed + ${last%% *}))
    failed=$((failed + $(sed -E 's/.* ([0-9]+) failed.*/\1/' <<<"$last")))
}

# packages FOLDER NAME: those that its lock file has, once; NAME is one of them.
packages() {
    local want have=build/test/$2-packages
    want=$(sha256sum "$1/package-lock.json")
    [ -d "$1/node_modules/$2" ] && [ "$(cat "$have" 2>/dev/null)" = "$want" ] && return
    (cd "$1" && timeout 240 npm ci --no-audit --no-fund --ignore-scripts) \
        >"build/test/$2-npm.log" 2>&1 && echo "$want" >"$have"
}

# browse FOLDER PACKAGE TESTS NAME SECONDS COMMAND...: runs what needs a browser and a
# package, or says loudly how many tests were not run, and why.
browse() {
    local folder=$1 package=$2 tests=$3 name=$4 why=
    shift 3
    [ -x /usr/bin/chromium ] || why="there is no Chromium"
    [ -n "$why" ] || command -v npm >/dev/null || why="there is no npm"
    [ -n "$why" ] || packages "$folder" "$package" || why="npm could not fetch $package"
    if [ -n "$why" ]; then
        not_run=$((not_run + tests))
        echo "NOT RUN: page, $name, $tests tests: $why"
    else
        run "$@"
    fi
}

make --no-print-directory web >build/test/web-build.log 2>&1 ||
    { tail -n 20 build/test/web-build.log; echo "0 passed, 1 failed"; exit 1; }
run module 120 node tests/web/engine.mjs build/web build/nen
browse tests/web playwright-core $BROWSER_TESTS browser 600 \
    node tests/web/page.mjs build/web build/nen
browse tests/lighthouse lighthouse $LIGHTHOUSE_TESTS lighthouse 240 \
    node tests/lighthouse/lighthouse.mjs build/web
if [ "$not_run" -gt 0 ]; then
    echo "$passed passed, $failed failed, $not_run not run"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
