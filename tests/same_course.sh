#!/usr/bin/env bash
# The same bytes of `nen compare` from every build of the command, any number of threads,
# any batch and any instruction set of this machine. The first build, on one thread, is
# what the others are compared with; tests/same_bits.sh holds the kernel to a golden hash.
# usage: tests/same_course.sh NEN [NEN...]
set -u
cd "$(dirname "$0")/.." || exit 1
folder=build/same_course
mkdir -p "$folder"
passed=0 failed=0 not_run=0

compare() { # compare NEN FLAGS...
    "$1" compare --plan 'lanreotide,lutetium_dotatate*4+octreotide_lar,everolimus' \
        --plan 'everolimus@30m,captem' --json --draws 4 --patients 1500 "${@:2}" \
        examples/midgut-liver.json
}

same() { # same NAME NEN FLAGS...
    if compare "${@:2}" >"$folder/got" 2>"$folder/log"; then
        if cmp -s "$folder/want" "$folder/got"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAIL other bytes: $1"
        fi
    elif grep -q "has no" "$folder/log"; then
        not_run=$((not_run + 1))
        echo "NOT RUN: $1: $(head -n 1 "$folder/log")"
    else
        failed=$((failed + 1))
        echo "FAIL $1: $(head -n 1 "$folder/log")"
    fi
}

compare "$1" --threads 1 --lanes portable >"$folder/want" || exit 1
# What is compared can differ at all: another seed, other bytes.
if compare "$1" --threads 1 --seed 2 | cmp -s "$folder/want" -; then
    echo "FAIL another seed gives the same bytes"
    failed=$((failed + 1))
else
    passed=$((passed + 1))
fi
for nen; do
    [ -x "$nen" ] || {
        echo "FAIL $nen was not built"
        failed=$((failed + 1))
        continue
    }
    for lanes in portable avx2 avx512; do
        same "$nen, $lanes" "$nen" --threads 1 --lanes $lanes
    done
    for threads in 1 2 4 8; do
        for batch in 1 77 512 1000; do
            same "$nen, $threads threads, batch $batch" \
                "$nen" --threads $threads --batch $batch
        done
    done
done
echo "hash $(grep -o '"hash":"[0-9a-f]*"' "$folder/want" | tr -d '"' | cut -d: -f2 | tr '\n' ' ')"

if [ "$not_run" -gt 0 ]; then
    echo "$passed passed, $failed failed, $not_run not run"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
