#!/usr/bin/env bash
# The page's tests: its module in Node against the command, then the page in Chromium.
# Where npm or Chromium cannot be had, what was not run is counted and said.
# Last line: "N passed, N failed" or "N passed, N failed, N not run".
set -u
cd "$(dirname "$0")/.." || exit 1
BROWSER_TESTS=140 # checks of tests/web/page.mjs, for when they cannot run
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

# Its two packages, as the lock file has them; once.
packages() {
    local want have=build/test/web-packages
    want=$(sha256sum tests/web/package-lock.json)
    [ -d tests/web/node_modules/playwright-core ] && [ "$(cat $have 2>/dev/null)" = "$want" ] &&
        return
    (cd tests/web && npm ci --no-audit --no-fund --ignore-scripts) >build/test/web-npm.log 2>&1 &&
        echo "$want" >$have
}

make --no-print-directory web >build/test/web-build.log 2>&1 ||
    { tail -n 20 build/test/web-build.log; echo "0 passed, 1 failed"; exit 1; }
run module 120 node tests/web/engine.mjs build/web build/nen
why=
[ -x /usr/bin/chromium ] || why="there is no Chromium"
[ -n "$why" ] || command -v npm >/dev/null || why="there is no npm"
[ -n "$why" ] || packages || why="npm could not fetch the test packages"
if [ -n "$why" ]; then
    not_run=$BROWSER_TESTS
    echo "NOT RUN: page in the browser, $not_run tests: $why"
else
    run browser 400 node tests/web/page.mjs build/web build/nen
fi
if [ "$not_run" -gt 0 ]; then
    echo "$passed passed, $failed failed, $not_run not run"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
