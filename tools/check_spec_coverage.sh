#!/bin/sh
# Prints the rules that no text of spec/ names.  A row of a grid (stage rules, groups)
# is covered when spec/ names it or its family: the id cut at a dot (t.stomach, SR-23).
# usage: tools/check_spec_coverage.sh [table...]
set -eu
cd "$(dirname "$0")/.."

tables=${*:-rules grade_rules grade_notes conventions readings score_classes checks \
    editions stage_rules stage_groups spread_rules spread_combine}
words=$(cat spec/*.md 2>/dev/null | tr -c 'A-Za-z0-9_.-' '\n' | sed 's/\.$//' | sort -u)
files=
for table in $tables; do files="$files knowledge/$table.tsv"; done

# shellcheck disable=SC2086  # the list is meant to split
printf '%s\n' "$words" | awk -F '\t' '
    FILENAME == "-" { named[$1] = 1; next }
    /^#/ { next }
    !(FILENAME in seen) { seen[FILENAME] = 1; next } # the header
    {
        total++
        id = $1
        while (!(id in named) && (id ~ /\..*\./ || id ~ /-.*\./))
            sub(/\.[^.]*$/, "", id)
        if (!(id in named)) { missing++; print "not in spec/: " FILENAME " " $1 }
    }
    END {
        print total - missing " of " total " rules are named in spec/"
        exit missing > 0
    }' - $files
