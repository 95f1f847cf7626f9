# shells: bash
# late: An error in an index within an assignment leaves bash joining $* without IFS, until the next
# assignment with something to expand.
set -- q r
IFS=
x=${r[1+]}
printf '[%s]' $* ${*#z}; echo
x='a b'"c"
printf '[%s]' $*; echo
x=$1
printf '[%s]' $*; echo
x=${u-${r[1+]}}
printf '[%s]' $*; echo
echo $((1+))
printf '[%s]' $*; echo
[[ a == ${r[1+]} ]]
printf '[%s]' $*; echo
case x in y) ;; esac
printf '[%s]' $*; echo
