#!/usr/bin/env bash
# The same bits from every compiler, optimization, instruction set and from WebAssembly:
# builds tests/same_bits.c (and same_bits_trial.c) many ways and compares each with tests/kat/same_bits.txt.
# usage: tests/same_bits.sh [--print]   (--print shows the hashes of gcc -O0)
set -u
cd "$(dirname "$0")/.." || exit 1
folder=build/same_bits
golden=tests/kat/same_bits.txt
mkdir -p "$folder"
passed=0 failed=0 not_run=0

strict="-std=c11 -Wall -Wextra -Wpedantic -Wshadow -Werror -ffp-contract=off"
strict="$strict -fno-math-errno -fno-trapping-math -Icore -Iinclude -Ibuild/gen -Itests"
sources="tests/same_bits.c tests/same_bits_trial.c"
san="-g -fsanitize=address,undefined -fno-sanitize-recover=all"
wide="-mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma -mprefer-vector-width=512"

cpu_has() {
    grep -qw "$1" /proc/cpuinfo
}

# compare NAME COMMAND...: the command's output is the golden file, comments aside.
compare() {
    local name=$1
    shift
    if "$@" >"$folder/got" 2>"$folder/log" &&
        diff <(grep -v '^#' "$golden") "$folder/got" >"$folder/diff"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL same bits: $name"
        tail -n 5 "$folder/log"
        cat "$folder/diff" 2>/dev/null
    fi
}

# Lanes that a compiler cannot vectorize are no fault of the bits.
quiet() {
    [ "$1" != clang ] || echo -Wno-pass-failed
}

native() { # native COMPILER FLAGS...
    # shellcheck disable=SC2086  # the list is meant to split
    "$1" $strict $(quiet "$1") "${@:2}" -o "$folder/native" $sources -lm &&
        "$folder/native"
}

# The comparison must notice fused multiply-adds, or it shows nothing.
notices_contraction() {
    native gcc -O3 -mavx2 -mfma -ffp-contract=fast >"$folder/fused" &&
        ! diff <(grep -v '^#' "$golden") "$folder/fused" >/dev/null
}

wasm() { # wasm FLAGS...
    # shellcheck disable=SC2086
    clang --target=wasm32 -ffreestanding -nostdlib $strict -Wno-pass-failed "$@" \
        -Wl,--no-entry,--export=same_bits_name,--export=same_bits_hash \
        -o "$folder/module.wasm" $sources &&
        node tests/same_bits.mjs "$folder/module.wasm"
}

if [ "${1:-}" = --print ]; then
    native gcc -O0
    exit
fi

for compiler in gcc clang; do
    compare "$compiler -O0" native $compiler -O0
    compare "$compiler -O3" native $compiler -O3
    # shellcheck disable=SC2086
    compare "$compiler sanitizers" native $compiler -O1 $san
    if cpu_has avx2 && cpu_has fma; then
        compare "$compiler AVX2" native $compiler -O3 -mavx2 -mfma
        if [ $compiler = gcc ]; then
            if notices_contraction; then
                passed=$((passed + 1))
            else
                failed=$((failed + 1))
                echo "FAIL same bits: fused multiply-adds went unnoticed"
            fi
        fi
    else
        not_run=$((not_run + 1))
        echo "NOT RUN: same bits, $compiler AVX2: this processor has none"
    fi
    if cpu_has avx512f && cpu_has avx512dq && cpu_has avx512bw && cpu_has avx512vl; then
        # shellcheck disable=SC2086
        compare "$compiler AVX-512" native $compiler -O3 $wide
    else
        not_run=$((not_run + 1))
        echo "NOT RUN: same bits, $compiler AVX-512: this processor has none"
    fi
done
if command -v node >/dev/null && command -v wasm-ld >/dev/null; then
    compare "WebAssembly" wasm -O3
    compare "WebAssembly with SIMD" wasm -O3 -msimd128
else
    not_run=$((not_run + 2))
    echo "NOT RUN: same bits, WebAssembly: node or wasm-ld is missing"
fi

if [ "$not_run" -gt 0 ]; then
    echo "$passed passed, $failed failed, $not_run not run"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
