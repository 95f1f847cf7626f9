x=$(exit 3); echo $?; x=$(false) y=$(true); echo $?; echo $(exit 4) $?; x=a; echo $?; $(exit 5); echo $?; local_var=`exit 6`; echo $?
