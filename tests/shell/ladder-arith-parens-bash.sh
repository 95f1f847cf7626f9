# shells: bash
# ladder: bash counts the parentheses within the braces of an expression
echo $(( ${m-(1} + ${n-2)} ))
(( ${m-(1} + ${n-2)} == 3 )) && echo yes
echo $(( $(case x in (x) echo 3;; esac) ))
