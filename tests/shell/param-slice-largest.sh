# shells: bash
# The largest number as a length: of the parameters one.
n=9223372036854775807; set -- 1 2 3; r=(1 2)
for i in 1 2; do echo "[${@:2:n}]" "[${@:(-2):n}]" "${r[@]:1:n}" "${r[@]:0:n}"; done
