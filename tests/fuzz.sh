#!/usr/bin/env bash
# Runs every fuzz target for a few seconds.  usage: tests/fuzz.sh [seconds]
set -u
cd "$(dirname "$0")/.." || exit 1
seconds=${1:-15}
passed=0 failed=0
for target in build/fuzz/*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=$(basename "$target")
    corpus=build/fuzz/corpus-$name
    mkdir -p "$corpus"
    cp examples/*.json examples/designs/*.json "$corpus"/ 2>/dev/null
    if "$target" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 \
        -print_final_stats=1 -artifact_prefix="build/fuzz/crash-$name-" \
        "$corpus" >"build/fuzz/$name.log" 2>&1; then
        passed=$((passed + 1))
        echo "$name: $(grep -E 'number_of_executed_units' "build/fuzz/$name.log" |
            awk '{print $2}') runs in $seconds s, nothing found"
    else
        failed=$((failed + 1))
        echo "FAIL $name:"
        tail -n 15 "build/fuzz/$name.log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
