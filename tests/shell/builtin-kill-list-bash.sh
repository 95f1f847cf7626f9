# shells: bash
kill -l 15 foo 9; echo $?
kill -l TERM 130 0 200; echo $?
kill -l 9 >&-; echo $?
