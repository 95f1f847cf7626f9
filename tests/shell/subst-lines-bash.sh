# shells: bash
# bash counts lines in $(..) as it writes that anew
echo "$(if nosuch1; then
	:; fi

nosuch2; nosuch3 && nosuch4
(nosuch5
 nosuch6)
for i in 1; do case $i in 1) nosuch7;; esac; done; { nosuch8; nosuch9; }
f() { nosuchA; }; f
)" `nosuchB
nosuchC`
echo $(until ! nosuch1; do nosuch2; done; nosuch3)
