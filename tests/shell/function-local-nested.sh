f() { local n=$1; [ $n -gt 0 ] && f $((n-1)); echo $n; }; f 3
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1-1))) )); fi; }; fact 10
