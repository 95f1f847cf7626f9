# shells: bash dash
x=0123456789; x=$x$x$x$x$x; x=$x$x$x$x$x$x
(./$x) 2>/dev/null; echo $?
($x) 2>/dev/null; echo $?
