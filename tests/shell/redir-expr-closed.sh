# expr has another status where it cannot say what is wrong
expr 3 / 0 2>&-; echo $?
expr a + 1 2>&-; echo $?
expr 3 / 0 2>/dev/null; echo $?
