# validation.awk - the table of docs/validation.md, which `nen validate` writes, as a script
# of the page: what was published, what the model had foretold, whether it held. Fails when
# the rows do not add up to what the page says of them.
# usage: awk -f tools/validation.awk docs/validation.md >validation.js
BEGIN { print "// Written by tools/validation.awk from docs/validation.md.\nexport const rows = [" }
/^\| 90 % intervals that hold the published figure/ {
    split($0, cell, "|")
    split(cell[3], word, " ")
    held = word[1] + 0; all = word[3] + 0
}
/^## / { targets = $0 == "## Targets" }
targets && /^\| [a-z0-9_]+\./ {
    split($0, cell, / *\| */)
    split(cell[2], id, ".")
    recalled = sub(/\*$/, "", id[2])
    band(cell[3], published)
    band(cell[4], foretold)
    inside = cell[5] == "inside"
    if (!inside && cell[5] != "**missed**") fail("neither inside nor missed: " $0)
    printf "  { id: \"ep.%s.%s\", what: \"%s\", recalled: %s, inside: %s,\n", id[1], id[2],
        id[2], recalled ? "true" : "false", inside ? "true" : "false"
    printf "    published: [%s, %s, %s], foretold: [%s, %s, %s] },\n", published[1],
        published[2], published[3], foretold[1], foretold[2], foretold[3]
    n++
    hits += inside
}
END {
    if (failed) exit 1
    if (!n || n != all || hits != held)
        fail("the rows say " hits " of " n ", the summary " held " of " all)
    print "];\nexport const held = " hits ";"
}
# "11.3 mo (8.4 to 14.6)": middle, low, high; null for a bound that is not known.
function band(text, out,    part) {
    out[1] = text + 0
    out[2] = out[3] = "null"
    if (text !~ /^[0-9.]/) fail("no number: " text)
    if (!match(text, /\(.*\)/)) return
    split(substr(text, RSTART + 1, RLENGTH - 2), part, " to ")
    if (part[1] ~ /^[0-9]/) out[2] = part[1] + 0
    if (part[2] ~ /^[0-9]/) out[3] = part[2] + 0
}
function fail(why) {
    print "validation.awk: " why > "/dev/stderr"
    failed = 1
    exit 1
}
