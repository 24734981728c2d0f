# lean.awk - a script or style sheet of the page without what only its authors read: lines
# that are comments, and blanks at the start of lines. Nothing within a line is touched, so
# that line numbers alone differ from the source.
/^ *\/\*/ { comment = 1 }
!comment && !/^ *\/\/ / {
    sub(/^ +/, "")
    if ($0 != "") print
}
/\*\/ *$/ { comment = 0 }
