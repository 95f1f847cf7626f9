touch a1 a2; x=a*; echo "$x"; case a1 in "$x") echo lit;; $x) echo pat;; esac
