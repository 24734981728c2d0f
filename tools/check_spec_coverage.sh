#!/bin/sh
# Prints the rules that no text of spec/ names.  Tables whose rows are cells of one
# grid (stage groups, stage rules) are covered when spec/ names the row or its family,
# the id without its last part.
# usage: tools/check_spec_coverage.sh [table...]
set -eu
cd "$(dirname "$0")/.."

tables=${*:-rules grade_rules grade_notes conventions readings score_classes checks \
    editions stage_rules stage_groups spread_rules spread_combine}
words=$(cat spec/*.md 2>/dev/null | tr -c 'A-Za-z0-9_.-' '\n' | sed 's/\.$//' | sort -u)
missing=0 total=0
for table in $tables; do
    file=knowledge/$table.tsv
    [ -f "$file" ] || { echo "no table $table"; missing=$((missing + 1)); continue; }
    for id in $(grep -v '^#' "$file" | awk -F '\t' 'NR > 1 {print $1}'); do
        total=$((total + 1))
        printf '%s\n' "$words" | grep -qxF -e "$id" -e "${id%.*}" ||
            { echo "not in spec/: $table $id"; missing=$((missing + 1)); }
    done
done
echo "$((total - missing)) of $total rules are named in spec/"
[ "$missing" -eq 0 ]
