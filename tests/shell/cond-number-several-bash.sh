# shells: bash
# the word of ${@:+word} is not split by -eq, a $@ in a ${x-..} that is taken is
set -- 'p  q' r
[[ x${@:+$(echo 'a  b')} -eq 1 ]]
[[ x${u-$@} -eq 1 ]]
[[ x${1:+$@} -eq 1 ]]
[[ x${@:+c  "$1"} -eq 1 ]]
[[ x${@#q} -eq 1 ]]
