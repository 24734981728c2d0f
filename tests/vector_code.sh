#!/usr/bin/env bash
# Every loop of tests/lanes.h, and the visits of core/course_visits.h, become vector code: both compilers, SSE2, AVX2, AVX-512,
# and WebAssembly SIMD, as the compilers' own remarks say.  Nothing is run.
# usage: tests/vector_code.sh
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0

flags="-std=c11 -O3 -ffp-contract=off -fno-math-errno -fno-trapping-math"
flags="$flags -Iinclude -Icore -Itests -Ibuild/gen -S -o /dev/null tests/same_bits.c"
wide="-mavx512f -mprefer-vector-width=512"

# Places of the loops, as the compilers name them: file:line.
mapfile -t loops < <(grep -nE '^LANES\(' tests/lanes.h | sed 's/^\([0-9]*\):.*/tests\/lanes.h:\1/')
loops+=("core/rng.h:$(grep -n 'i < count' core/rng.h | cut -d: -f1 | head -n 1)")
loops+=("core/course_visits.h:$(awk '/^static uint32_t pass\(/ {f = 1} f && /for \(unsigned i/ {print NR; exit}' \
    core/course_visits.h)")
[ "${#loops[@]}" -ge 13 ] || { echo "FAIL the loops were not found"; failed=1; }

# check NAME PATTERN COMMAND...: each loop stands in a remark that has the pattern.
check() {
    local name=$1 pattern=$2 remarks loop
    shift 2
    remarks=$("$@" 2>&1 | grep -E "$pattern")
    for loop in "${loops[@]}"; do
        if grep -q "^$loop:" <<<"$remarks"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAIL $name: no vector code for $loop: $(sed -n "${loop##*:}p" "${loop%%:*}")"
        fi
    done
}

# shellcheck disable=SC2086  # the lists are meant to split
{
    check "gcc SSE2" "vectorized using 16" gcc $flags -fopt-info-vec-optimized
    check "gcc AVX2" "vectorized using 32" gcc $flags -mavx2 -fopt-info-vec-optimized
    check "gcc AVX-512" "vectorized using 64" gcc $flags $wide -fopt-info-vec-optimized
    check "clang SSE2" "width: [24]," clang $flags -Rpass=loop-vectorize
    check "clang AVX2" "width: [48]," clang $flags -mavx2 -Rpass=loop-vectorize
    check "clang AVX-512" "width: (8|16)," clang $flags $wide -Rpass=loop-vectorize
    check "WebAssembly" "width: [24]," clang --target=wasm32 -ffreestanding -msimd128 \
        $flags -Rpass=loop-vectorize
}
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
