#!/bin/sh
# Proves that objects of the core do no I/O, allocate nothing and keep no state.
# usage: tools/purity.sh object...   (built -O2, never with sanitizers)
set -eu

# Pure functions of the C library, and the bit counting that a plain x86-64 lacks.
allowed='^(mem(cpy|set|cmp|move)|str(len|cmp|ncmp|cspn|spn|chr)|(sqrt|fabs|floor|rint)f?'
allowed="$allowed"'|__popcountdi2|_GLOBAL_OFFSET_TABLE_|nen_.*)$'
bad=0
for object in "$@"; do
    needs=$(nm -u "$object" | awk '$1 == "U" {print $2}' | sort -u |
        grep -Ev "$allowed" || true)
    # Constant tables live in .rodata and .data.rel.ro; .data and .bss can change.
    state=$(objdump -t "$object" |
        awk '/ O / && /[ \t]\.t?(data|bss)(\.rel\.local|\.rel)?[ \t]/ {print $NF}')
    if [ -n "$needs$state" ]; then
        echo "not pure: $object:" $needs $state
        bad=1
    fi
done
exit $bad
