# shells: bash
mkdir d; : > f
(exec ./none); echo "$?"; (exec ./d); echo "$?"; (exec f/x); echo "$?"; (exec ./f); echo "$?"; (exec none); echo "$?"
trap 'echo one'; echo "$?"; trap 'echo t' EXIT; trap EXIT; trap; test -t ''; echo "$?"; read -u 1 x > out; echo "$?"
trap "echo t" EXIT; trap 'echo trap >&2' EXIT; { exit 4; } > out
