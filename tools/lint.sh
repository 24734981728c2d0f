#!/usr/bin/env bash
# The house rules that a machine can check; see CONTRIBUTING.md.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
say() { echo "lint: $*"; bad=1; }

mapfile -t sources < <(git ls-files '*.c' '*.h')
for file in "${sources[@]}"; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 600 ] || say "$file has $lines lines, more than 600"
    wide=$(awk 'length($0) > 88' "$file" | wc -l)
    [ "$wide" -eq 0 ] || say "$file: $wide lines wider than 88"
    grep -nP '\t' "$file" >/dev/null && say "$file holds tabs"
    grep -nE '\bgoto\b' "$file" >/dev/null && say "$file uses goto"
    clang-format --dry-run -Werror "$file" >/dev/null 2>&1 ||
        echo "lint: $file differs from clang-format (make format)"
done
for file in core/*.c format/*.c apps/cli/*.c; do
    clang-tidy --quiet "$file" -- -std=c11 -Iinclude -Icore -Iformat -Ibuild/gen \
        2>/dev/null | grep -E 'warning|error' && bad=1
done
exit "$bad"
