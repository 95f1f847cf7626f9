case x in (x) echo paren;; esac; case abc in a|b) echo 1;; a*|z) echo 2;; esac; case x in y) ;; esac; echo $?; case "a b" in "a b") echo q;; esac
case x in
x)
	echo multi
	;;
*) echo no
esac
false; case x in y) :;; esac; echo $?; x=1; case $x$x in 11) echo e;; esac; case '' in '') echo empty;; esac; case a in *) echo last; esac
