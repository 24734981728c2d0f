#!/usr/bin/env bash
# Everything that is checked, in one run; `make test` calls it after a build.
# Last line: "N passed, N failed".  NEN_RANDOM: random cases (1000000).
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0 not_run=0
logs=build/test
mkdir -p "$logs"
export PYTHONDONTWRITEBYTECODE=1

# count NAME LOG STATUS: adds the log's last "N passed, N failed" and shows failures.
count() {
    local last ok bad
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$2" | tail -n 1)
    ok=$(sed -E 's/^([0-9]+) passed.*/\1/' <<<"$last")
    bad=$(sed -E 's/.* ([0-9]+) failed.*/\1/' <<<"$last")
    if [ -z "$last" ]; then
        ok=0 bad=1
        tail -n 20 "$2"
    elif [ "$3" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    fi
    grep -vE '^[0-9]+ passed, [0-9]+ failed' "$2" |
        grep -E '^(FAIL|NOT RUN|\.\.\.|#|[a-z].*: )' | head -n 120
    not_run=$((not_run + $(sed -nE 's/.*, ([0-9]+) not run.*/\1/p' <<<"$last" | head -n1) + 0))
    passed=$((passed + ok)) failed=$((failed + bad))
    printf '== %-28s %6d passed, %d failed\n' "$1" "$ok" "$bad"
}

# beside NAME COMMAND...: runs on while others do. Its status goes into a file: a shell
# forgets that of a process whose number another one of its children got since.
beside() {
    local name=$1
    shift
    rm -f "$logs/$name.rc"
    { "$@" >"$logs/$name.log" 2>&1; echo $? >"$logs/$name.rc"; } &
}

# step NAME COMMAND...: a command that prints its own tally.
step() {
    local name=$1 log=$logs/${1// /_}.log status=0
    shift
    "$@" >"$log" 2>&1 || status=$?
    count "$name" "$log" "$status"
}

# check NAME COMMAND...: one test, passed when the command succeeds.
check() {
    local name=$1 log=$logs/${1// /_}.log
    shift
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
        printf '== %-28s %6d passed, 0 failed\n' "$name" 1
    else
        failed=$((failed + 1))
        tail -n 20 "$log"
        printf '== %-28s      0 passed, 1 failed\n' "$name"
    fi
}

# Unit programs: cmocka prints its tally on standard error in its own words.
units() {
    local folder=$1 program log ok bad sum_ok=0 sum_bad=0
    for source in tests/test_*.c; do
        program=$folder/$(basename "$source" .c)
        [ "$(basename "$program")" != test_random ] || continue
        log=$logs/$(basename "$folder")-$(basename "$program").log
        if [ ! -x "$program" ]; then
            echo "FAIL $program was not built"
            sum_bad=$((sum_bad + 1))
            continue
        fi
        "$program" >"$log" 2>&1 || grep -E 'FAILED|ERROR|error:|[Ss]anitizer' "$log"
        ok=$(grep -cE '^\[ +OK +\]' "$log")
        bad=$(grep -cE '^\[ +FAILED +\] [a-z]' "$log")
        grep -qE '^\[ +PASSED +\]' "$log" || bad=$((bad > 0 ? bad : 1))
        grep -q 'Sanitizer' "$log" && bad=$((bad > 0 ? bad : 1))
        sum_ok=$((sum_ok + ok)) sum_bad=$((sum_bad + bad))
    done
    echo "$sum_ok passed, $sum_bad failed"
}

# A pure core, and a check that notices when it is not.
purity() {
    sh tools/purity.sh build/obj/core/*.o build/obj/build/gen/*.o || return 1
    printf '#include <stdio.h>\nint f(void);\nint f(void) { static int n; puts("x"); return ++n; }\n' \
        >build/test/impure.c
    gcc -std=c11 -O2 -c -o build/test/impure.o build/test/impure.c || return 1
    ! sh tools/purity.sh build/test/impure.o
}

layers() { # arrows only point down: apps -> format -> core
    ! grep -nE '#include "(read|write|buf|view|doc|report|json_out)' core/*.c core/*.h &&
        ! grep -rnE '#include "(internal|knowledge)\.h"' apps/ &&
        ! grep -nE '#include <(stdio|stdlib|time|math)\.h>' core/*.c core/*.h
}

random=${NEN_RANDOM:-1000000}
start=$(date +%s)

echo "== building the test programs"
check "unit programs build" make --no-print-directory units
check "header as C++" g++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
    -x c++ include/nen.h
check "header alone, clang" clang -std=c11 -Wall -Wextra -Wpedantic -Wconversion \
    -Wdocumentation -Werror -fsyntax-only -x c include/nen.h
check "core is pure" purity
check "layers" layers

# The long one runs beside the others, one process to a core at the end.
beside random_1 build/tests/test_random $((random / 2)) 1

step "unit tests" units build/tests
step "same bits" bash tests/same_bits.sh
step "vector code" bash tests/vector_code.sh
step "staging cases" python3 tests/run_cases.py
step "second reading" python3 tests/run_cases.py tests/cases/second_reading.tsv
step "vignettes" python3 tests/run_vignettes.py
step "specification" python3 tests/spec.py
step "knowledge compiler" python3 tests/test_knowc.py
check "data package" build/knowc --check knowledge
check "texts said" build/knowc --texts knowledge core/*.c format/*.c apps/cli/*.c \
    apps/web/*.c apps/web/*.js apps/web/*.html
step "trial evidence" python3 tests/test_trials.py
step "courses and plans" python3 tests/test_course.py
step "fit and validation" python3 tests/test_fit.py
step "trials against R" python3 tests/test_survival.py
step "trials in silico" python3 tests/test_trial.py
step "peers of the model" python3 tests/test_peers.py
step "command line" python3 tests/test_cli.py
step "interview" python3 tests/test_ask.py
step "documentation" python3 tests/docs.py
step "patient report" python3 tests/test_report.py
step "how it may go, in the report" python3 tests/test_usual.py
step "bad input" python3 tests/bad_input.py
step "plots" python3 tests/test_svg.py
step "page" bash tests/web.sh
step "readability" python3 tests/readability.py
step "Spanish" python3 tests/test_spanish.py
step "registry tables" python3 tests/oracle.py
check "every rule has its text" sh tools/check_spec_coverage.sh

beside random_2 build/tests/test_random $((random - random / 2)) 2
check "clang builds it" make --no-print-directory build CC=clang
step "clang: the same trials" env NEN=build/variant-clang/nen python3 tests/test_trial.py --bits
check "sanitizers build it" make --no-print-directory build units SAN=1
san=build/variant-san
step "same courses" bash tests/same_course.sh build/nen build/variant-clang/nen $san/nen
step "sanitizers: random cases" $san/tests/test_random $((random / 50)) 3
NEN_SWEEP=4099 step "sanitizers: unit tests" units $san/tests
step "sanitizers: cases" env NEN=$san/nen python3 tests/run_cases.py
step "sanitizers: bad input" env NEN=$san/nen python3 tests/bad_input.py
step "sanitizers: courses" env NEN=$san/nen python3 tests/test_course.py
step "sanitizers: trials in silico" env NEN=$san/nen python3 tests/test_trial.py --readers
if ls fuzz/*.c >/dev/null 2>&1; then
    check "fuzz targets build" make --no-print-directory fuzz-programs
    step "fuzz" bash tests/fuzz.sh 15
fi
wait
count "random cases 1" "$logs/random_1.log" "$(cat "$logs/random_1.rc")"
count "random cases 2" "$logs/random_2.log" "$(cat "$logs/random_2.rc")"

[ "$not_run" -eq 0 ] || echo "NOT RUN: $not_run tests, see above"
echo "took $(($(date +%s) - start)) s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
