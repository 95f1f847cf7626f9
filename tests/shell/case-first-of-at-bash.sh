# shells: bash
# of "$@" in a pattern of case only the first counts, and nothing behind it
set -- 'p q' s
for w in 'p q' 'p q s' 's' 'p q sx' '' 'xp q' 'xp qs'; do
for i in 1 2 3 4 5 6 8 9 10; do
case $i in
1) case $w in x"$@"y) echo $i $w;; esac;;
2) case $w in "$@"*) echo $i $w;; esac;;
3) case $w in *"$@") echo $i $w;; esac;;
4) case $w in "${@#p}") echo $i $w;; esac;;
5) case $w in $@) echo $i $w;; esac;;
6) case $w in "x$@$1") echo $i $w;; esac;;
8) case $w in "${@:2}") echo $i $w;; esac;;
9) case $w in "$*"x|"$@") echo $i $w;; esac;;
10) case $w in "${@+$1}") echo $i $w;; esac;;
esac; done; done
