#!/usr/bin/env bash
# Runs the benchmarks, each when the machine is idle, and prints what was measured while
# nobody else worked on it: else it says "not measured: busy".
# usage: bench/run.sh build-folder
set -u
cd "$(dirname "$0")/.." || exit 1
folder=${1:-build}
limit=${BENCH_BUSY_PCT:-5} # percent of the processors that others may use

ticks() { # of all processors: in all, busy; of this shell and what it ran: busy
    local all own
    read -r -a all < <(grep '^cpu ' /proc/stat)
    read -r -a own <"/proc/$$/stat"
    local total=0 i
    for i in 1 2 3 4 5 6 7 8; do total=$((total + all[i])); done
    echo $total $((total - all[4] - all[5])) \
        $((own[13] + own[14] + own[15] + own[16]))
}

# others TICKS...: what others have used since then, in percent of the processors.
others() {
    local now
    read -r -a now < <(ticks)
    local total=$((now[0] - $1)) foreign=$((now[1] - $2 - now[2] + $3))
    [ $total -gt 0 ] || total=1
    [ $foreign -gt 0 ] || foreign=0
    echo $((100 * foreign / total))
}

# part TITLE COMMAND...: its output, if the machine was idle before and meanwhile.
part() {
    local title=$1 said=$folder/bench-part.txt before share
    shift
    read -r -a before < <(ticks)
    sleep 1
    share=$(others "${before[@]}")
    if [ "$share" -le "$limit" ]; then
        read -r -a before < <(ticks)
        "$@" >"$said" || { cat "$said"; echo "FAILED: $title"; exit 1; }
        share=$(others "${before[@]}")
    fi
    echo "== $title"
    if [ "$share" -le "$limit" ]; then
        cat "$said"
    else
        echo "not measured: busy (others used $share % of the processors; $limit % is the limit)"
    fi
}

report() {
    local runs=200 start end
    start=$(date +%s%N)
    for ((i = 0; i < runs; i++)); do
        "$folder/nen" report examples/midgut-liver.json >/dev/null || return 1
    done
    end=$(date +%s%N)
    awk -v ns=$((end - start)) -v runs=$runs 'BEGIN {
        printf "%.0f /s %.1f us each\n", runs * 1e9 / ns, ns / runs / 1000}'
}

grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //'
[ "$limit" -le 5 ] || echo "others may use $limit % of the processors: no figure of an idle machine"
part "cases" "$folder/bench/bench" examples/*.json
part "nen report, process start included" report
part "courses of the simulator, four lines, ten years, by instruction set" \
    "$folder/bench/course"
part "the same models in numpy and R, one core, in turn (aims 10 and 30 times)" bash bench/peers.sh "$folder"
part "nen compare, two plans, two threads" python3 bench/command.py "$folder/nen"
if [ -d tests/lighthouse/node_modules/lighthouse ] && [ -f build/web/index.html ]; then
    part "the page as Lighthouse sees it" timeout 120 node tests/lighthouse/lighthouse.mjs build/web --speed
else
    echo "not measured: the page as Lighthouse sees it; make test fetches it"
fi
