# shells: bash
# `set` alone lists what bash made itself, too, and the functions.
f() { set | sed 's/^\(PPID\|HOSTNAME\|PATH\|TMPDIR\|PWD\|BASH\)=.*/\1/;s,"/[^"]*/,",g'; }
x='a b' r=(1 2 [5]=z) y=$'a\nb'
unset IFS
f 1
