# shells: dash
# "in" is no command's name.
for t in 'in' 'in x' '! in' 'f() in' '{ in; }' 'true && in' 'in() { :; }'; do (eval "$t"); echo "$t $?"; done
a=1 in; >o in; command in; \in; echo $?
for in in in; do echo $in; done
case in in in) echo in ;; esac
