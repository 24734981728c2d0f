#!/bin/sh
# Puts the page together: copies it beside its module, fills the English texts into the
# HTML (for the moment before the engine speaks; what is said when it never does, in
# Spanish too) and the icon (which a browser would fetch again with each change of the
# address), gives the offline cache a version.
# usage: tools/web.sh FOLDER MODULE.wasm ...
set -eu
out=$1
shift
rm -rf "$out"
mkdir -p "$out"
cp apps/web/*.svg apps/web/*.webmanifest "$out/"
for file in apps/web/*.js apps/web/*.css; do
    awk -f tools/lean.awk "$file" >"$out/${file##*/}"
done
cp "$@" "$out/"
# How the model did on trials it had not seen: the rows of the page are those of the report.
awk -f tools/validation.awk docs/validation.md >"$out/validation.js"
# Beside the page, not in it: Debian 12's Node takes a .js for a module only when told so.
echo '{"type": "module"}' >"$out/../package.json"
icon=$(tr -d '\n' <apps/web/icon.svg | sed "s/#/%23/g; s/</%3C/g; s/>/%3E/g; s/\"/'/g")
awk -F '\t' -v html=apps/web/index.html -v icon="data:image/svg+xml,$icon" '
    BEGIN { text["icon"] = icon }
    function quoted(s) {
        gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/"/, "\\&quot;", s)
        return s
    }
    FILENAME ~ /translations/ { said[$1, $2] = $3; next }
    $2 == "en" {
        text[$1] = quoted($3)
        if (("es", $3) in said) text["es." $1] = quoted(said["es", $3])
    }
    END {
        while ((getline line < html) > 0) {
            while (match(line, /\{\{[a-z_.]+\}\}/)) {
                id = substr(line, RSTART + 2, RLENGTH - 4)
                if (!(id in text)) { print "no text " id > "/dev/stderr"; exit 1 }
                line = substr(line, 1, RSTART - 1) text[id] substr(line, RSTART + RLENGTH)
            }
            print line
        }
    }' knowledge/translations.tsv knowledge/texts.tsv >"$out/index.html"
# The plots' colors in the dark have one home, the writer of the plots.
sed -n '/^const char nen_plot_css/,/;$/s/^ *"\(.*\)";*$/\1/p' format/svg.c |
    sed 's/\\n$//' >>"$out/style.css"
files=$(cd "$out" && ls | grep -v '^sw.js$' | sed 's/.*/"&"/' | paste -sd, -)
version=$(cd "$out" && cat $(ls | grep -v '^sw.js$') | sha256sum | cut -c1-16)
sed -i "s/{{version}}/$version/; s|{{files}}|\"./\",$files|" "$out/sw.js"
