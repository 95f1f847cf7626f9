# shells: bash
# %n assigns how many bytes this round has made so far
printf 'ab%n' x y; echo "$x $y"
printf '%n' 1x; echo $?
printf '%n\n'; echo $?
printf '\n\nx%s%n\n' a q; echo "$q"
printf 'a%dc%n\n' z q; echo "$q"
printf -v a 'abc%n' q; echo "$q $a"
