#!/usr/bin/env bash
# The simulator beside the same model in numpy and R, one core: each runs once a round, in
# turn, so that a busy moment falls on all; medians of the rounds, and how many times a
# peer. Then the plainer model of bench/model_b.h likewise.
# usage: bench/peers.sh build-folder
set -u
cd "$(dirname "$0")/.." || exit 1
folder=${1:-build}
rounds=5
runs=$folder/bench-peers.txt
parameters=$folder/bench-parameters.txt

peers=
# The system's Python: that is where Debian's numpy lives.
if /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
    peers=numpy
else
    echo "NOT MEASURED: the numpy peer; python3-numpy is not installed"
fi
if command -v Rscript >/dev/null; then
    peers="$peers r"
else
    echo "NOT MEASURED: the R peer; r-base-core is not installed"
fi

numpy() { /usr/bin/python3 "bench/peers/$1_numpy.py" <"$parameters"; }
r() { Rscript --vanilla "bench/peers/$1_r.R" <"$parameters"; }

# Lines "who noise SD RATE /s" to medians and ratios.
ratios() {
    sort -k1,1 -k3,3 -k4,4n "$runs" | awk '
        {key = $1 " " $3; n[key]++; rate[key, n[key]] = $4; order[$1] = 1; noise[$3] = 1}
        function middle(key) {return rate[key, int((n[key] + 1) / 2)]}
        END {
            for (sd in noise) {
                for (who in order) {
                    if (!n[who " " sd]) continue
                    printf "%-9s noise %s %12.0f /s", who, sd, middle(who " " sd)
                    if (who != "numpy" && who != "R") {
                        if (n["numpy " sd])
                            printf ", %5.1f times numpy", middle(who " " sd) / middle("numpy " sd)
                        if (n["R " sd])
                            printf ", %5.1f times R", middle(who " " sd) / middle("R " sd)
                    }
                    printf "\n"
                }
            }
        }' | sort -k3,3 -k4,4n
}

# beside SCRIPT [--model-b]
beside() {
    local script=$1 i peer
    shift
    : >"$runs"
    "$folder/bench/course" --parameters "$@" >"$parameters" || exit 1
    for ((i = 0; i < rounds; i++)); do
        "$folder/bench/course" --once "$@" >>"$runs" || exit 1
        for peer in $peers; do
            "$peer" "$script" >>"$runs" || echo "NOT MEASURED: the $peer peer failed"
        done
    done
    ratios
}

echo "full model:"
beside course
echo "model B:"
beside model_b --model-b
