#!/usr/bin/env bash
# Runs the benchmark when the machine is idle enough.  usage: bench/run.sh build-folder
set -u
cd "$(dirname "$0")/.." || exit 1
folder=${1:-build}

busy() { # share of the processors in use over one second, in percent
    local a b
    read -r -a a < <(grep '^cpu ' /proc/stat)
    sleep 1
    read -r -a b < <(grep '^cpu ' /proc/stat)
    local idle=$((b[4] - a[4] + b[5] - a[5])) total=0 i
    for i in 1 2 3 4 5 6 7 8; do total=$((total + b[i] - a[i])); done
    echo $((total > 0 ? 100 - 100 * idle / total : 100))
}

share=$(busy)
if [ "$share" -gt 15 ]; then
    echo "not measured: busy ($share % of the processors in use; 15 % is the limit)"
    exit 0
fi
grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //'
"$folder/bench/bench" examples/*.json || exit 1

echo "unit costs in flat loops, by instruction set:"
"$folder/bench/math-sse2" SSE2
for set in avx2 avx512; do
    flag=$([ $set = avx512 ] && echo avx512f || echo $set)
    if grep -qw "$flag" /proc/cpuinfo; then
        "$folder/bench/math-$set" "${set^^}"
    else
        echo "not measured: $set, this processor has none"
    fi
done

echo "courses of the simulator, four lines, ten years:"
"$folder/bench/course" || exit 1
echo "the same model in numpy and R, one core, in turn:"
bash bench/peers.sh "$folder"

runs=200
start=$(date +%s%N)
for ((i = 0; i < runs; i++)); do
    "$folder/nen" report examples/midgut-liver.json >/dev/null || exit 1
done
end=$(date +%s%N)
printf '%-28s %12.0f /s %12.1f us each, process start included\n' "nen report" \
    "$(awk "BEGIN {print $runs * 1e9 / ($end - $start)}")" \
    "$(awk "BEGIN {print ($end - $start) / $runs / 1000}")"
after=$(busy)
[ "$after" -le 15 ] || echo "note: the machine became busy ($after %); measure again"
