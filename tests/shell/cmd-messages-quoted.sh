# Names in messages, as ls quotes them.
t=$(printf '\t')
ls none '' 'a b' "it's" "[it's]" "it's a" "a$t" "$t" "a${t}b" "$t$t" 'a"b' "a\$'b" "#'" "a#'" "~'" z b a
