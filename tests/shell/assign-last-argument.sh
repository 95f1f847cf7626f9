# shells: bash
# Behind assignments alone $_ is empty.
: a b; y=2; echo "[$_]"
: a b; y=$_; echo "[$y$_]"
: a b; (y=2); echo "[$_]"
: a b; > o; echo "[$_]"
