# shells: bash
# The trace of a loop's words within a substitution doubles what bash marks with.
set -x
y="$(for x in a$'\cA'b; do :; done)"
for x in a$'\177'; do :; done
