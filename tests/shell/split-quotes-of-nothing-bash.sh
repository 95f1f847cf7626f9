# shells: bash
# quotes of which nothing comes and in which a "$@" of nothing stands are no field
s() { printf '<%s>' "$@"; echo " $#"; }
set -- 'p q' r
r=(one 'two three' '' four)
s \a"${r[*]:(-2):3}$@"^
s a"${r[*]:2}$@" "${r[*]:2}$@" "x${r[*]:2}$@" "${c}${r[*]:2}$@"
IFS=:; s a"${r[*]:2}$@" "${r[*]:2}$@" "x${r[*]:2}$@"; unset IFS
set --
s "$c$@"; s "$@$c"; s "`:`$@"; s "$(:)$@" "${c}${!unset[@]}"; s "${unset[@]}$c"; s "${unset[@]:+v}$c"; s "$c${unset[@]:+v w}"; s "${@:+v}$c"; s "$c${@+v}"
s "$c${unset[*]:+v w}"; s "$c${*+v}"; s "$c${!unset[*]}"; s "${unset[@]:+v}"; s "${c:+v}${unset[@]}"; s "${c:+v}$@";  s "${c}${c}$@"; s ""$@""; s "$@""$c"; s ''"$@"; s "${unset[@]#x}$c"; s "$c${unset[@]/x}"; s "$c${@:1}" ; s "$c${unset[@]:1}"; s "$c${unset[@]^}"; s "$c${@-}"; s "$c${unset[@]-}"; s "$c${@:-}"; s "$c${@-$c}"
for x in "${c}${!unset[@]}"; do echo no; done
set -- ''; s "$c$@"; s "$c${@:+v}"; s "$c${@+$c}"; s "a$c${@:+v}" x"${@:+v}"; s $1"$c${@:+v}"; s "${c-"$@"}"; set --; s "${c-"$@"}" "${c-$@}" "${zz-$@}" "${zz-"$@"}" "${zz-$c$@}"; s x"$c$@" "$c$@"x "$@"'' "$@"$c
IFS=; s "$c$@" "$c${r[@]:9}"
export x1; declare x2; f() { local x3; echo "[${!x1}${!x2}${!x3}]"; }; f; unset x1; echo ${!x1}; echo on
