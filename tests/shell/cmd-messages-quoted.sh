# Names in messages, as ls quotes them.
t=$(printf '\t')
ls none '' 'a b' "it's" "[it's]" "it's a" "a$t" "$t" "a${t}b" "$t$t" 'a"b' "a\$'b" "#'" "a#'" "~'" z b a é "aé b" "$t"é
cat 'no é' é; cat 'a b' none '' "it's"; LC_ALL=C.UTF-8 ls é
