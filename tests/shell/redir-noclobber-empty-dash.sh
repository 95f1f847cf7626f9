# shells: dash
# A name that is empty is a file that is not there.
set -C
(echo a >"")
(echo a >>"")
(cat <"")
