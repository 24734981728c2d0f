#!/usr/bin/env bash
# The house rules that a machine can check; see CONTRIBUTING.md.
# usage: tools/lint.sh            everything
#        tools/lint.sh --quick    clang-tidy on core/ only, the rest on all files (CI)
#        tools/lint.sh --format   rewrite the sources with clang-format instead
set -u
cd "$(dirname "$0")/.." || exit 1
mapfile -t sources < <(find apps bench core examples fit format fuzz include tests tools \
    -name node_modules -prune -o -name '*.[ch]' -print | sort)
mapfile -t units < <(printf '%s\n' "${sources[@]}" | grep '\.c$')

case "${1:-}" in
--format) clang-format -i "${sources[@]}"; exit ;;
--quick) mapfile -t units < <(printf '%s\n' "${units[@]}" | grep '^core/') ;;
"") ;;
*) sed -n '3,5p' "$0" >&2; exit 2 ;;
esac

found=build/lint.log
mkdir -p build
say() { echo "$*" >>"$found"; }
: >"$found"

# The one public header holds every comment of the interface: a program needs no other.
for file in "${sources[@]}"; do
    lines=$(wc -l <"$file")
    most=$([ "$file" = include/nen.h ] && echo 800 || echo 600)
    [ "$lines" -le "$most" ] || say "$file: $lines lines, more than $most"
done
awk 'length($0) > 88 {print FILENAME ":" FNR ": wider than 88"}
     /\t/ {print FILENAME ":" FNR ": a tab"}
     /(^|[^a-z_"])goto [a-z_]+;/ {print FILENAME ":" FNR ": goto"}' \
    "${sources[@]}" >>"$found"
clang-format --dry-run -Werror "${sources[@]}" 2>&1 |
    sed -nE 's/^([^:]+:[0-9]+):[0-9]+: error:.*/\1: not as clang-format (make format)/p' |
    sort -u >>"$found"

# One file a call: several in one confuse the analyzer of clang 14 about va_list.
printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 1 sh -c 'clang-tidy --quiet "$0" -- \
    -std=c11 -Iinclude -Icore -Iformat -Itools -Itests -Ibuild/gen 2>/dev/null |
    grep -E "(warning|error):"' >>"$found"

bad=$(wc -l <"$found")
head -n 50 "$found"
echo "lint: ${#sources[@]} files, ${#units[@]} through clang-tidy, $bad findings"
[ "$bad" -eq 0 ]
