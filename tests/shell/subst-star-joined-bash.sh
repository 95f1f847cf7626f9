# shells: bash
# under an empty IFS $* within a substitution is one text where that of the whole is not split
set -- 'p q' r
r=(1 '2 3' '')
s() { printf '<%s>' "$@"; echo; }
IFS=
s $* ; s ${*:-x}; s ${*:-x}y; s a${*}b; s "${x-$(s ${*:-x}y)}"; s $(s ${*:-x}y); s "${*:+$(s ${*:-x}y)}"; s "${*:+$(s $*y)}"; s ${*:+$(s $*y)}; s ${@:+$(s $*y)}; s "${@:+$(s $@y)}";  s "${*:+$(s ${@:-x}y)}"
s "${1:+$(s ${*:-x}y)}"; s "${x-$(s $*y)}"; s "${r[*]:+$(s $*y)}"; s "$*$(s $*)"; s "a$(s $*)"; s "${*:-$(s $*)}"; s "${1+$(s ${r[*]})}" "${*+$(s ${r[*]})}" "${*+$(s ${r[@]})}"
s "${*+${r[*]}}" ${*+${r[*]}} ${*+$*} "${*+$*}" ${x-$*} "${x-$*}"
IFS=:
s "${*:+$(s $*y)}" "${*:+$(s ${*:-x}y)}"
unset IFS
s "${*:+$(s $*y)}" "${*:+$(s ${*:-x}y)}"
set -- 'p q' r
r=(1 '2 3' '')
s() { printf '<%s>' "$@"; }
IFS=
x=$(s $*); s "$x"; echo " assign"
x="$(s $*)"; s "$x"; echo " assign q"
x=a$(s $*)$1; s "$x"; echo " assign more"
case $(s $*) in *) echo "$_";; esac
case $(s $*) in "<p q><r>") echo split;; *) echo joined;; esac
case "$(s $*)" in "<p q><r>") echo split;; *) echo joined;; esac
case x"$(s $*)" in "x<p q><r>") echo split;; *) echo joined;; esac
case "<p q><r>" in $(s $*)) echo split;; *) echo joined pat;; esac
[[ $(s $*) == '<p q><r>' ]] && echo split cond
[[ '<p q><r>' == "$(s $*)" ]] && echo split cond
cat <<< $(s $*)
cat <<< "$(s $*)"
cat <<X
$(s $*)
X
echo "$(( $(s $* | wc -c) ))"
a[$(s $* | wc -c)]=3; echo "${!a[*]}"
s $(s $*) "$(s $*)"; echo
echo hi > "$(s $*)"; ls; rm *
echo hi > $(s $*); ls; rm *
f() { local y=$(s $*) z="$(s $*)"; s "$y" "$z"; echo " local"; }; f "$@"
export y=$(s $*); s "$y"; echo " export"
y=$(s $*) z=$(s $*) eval 's "$y" "$z"'; echo " temp"
b=(k$(s $*) "$(s $*)" [5]=$(s $*)); s "${b[@]}"; echo " array"
s ${x:-$(s $*)} "${x:-$(s $*)}" ${n-$(s $*)} "${n-$(s $*)}"; echo " default"
s ${n=$(s $*)}; n=; s "${n:=$(s $*)}"; echo " assign default"
s ${x#$(s $*)} "${x#$(s $*)}" ${x#"$(s $*)"}; echo " trim"
s ${x/$(s $*)/$(s $*)} "${x/x/$(s $*)}" "${x//r/$(s $*)}"; echo " replace"
for i in $(s $*) "$(s $*)"; do s "$i"; done; echo " for"
(s $(s $*)); { s "$(s $*)"; } | cat; echo
s `s $*` "`s $*`" "a`s "$(s $*)"`"; echo
x=$(y=1; s $*; y=$1; s $*); s "$x"; echo " after"
x=$(s $*; z=$(s $*); s $z $*;); s "$x"; echo " nested"
case $(y=$1; s $*; z=$(s $*); s $*; s "${x+$(s $*)}" $*) in *) ;; esac
case $(y=$1; s $*; z=$(s $*); s $*; s "${x+$(s $*)}" $*) in '<p q><r>') echo 1;; '<p qr><p qr><<p qr>><p qr>') echo 2;;  '<p qr><p qr><<p qr>><p q><r>') echo 3;; *) echo 4;; esac
