# shells: bash
# what >&WORD makes of WORD is a word once more
x='a\b'; echo 1 >&$x; echo 2 >& '"c d"'; echo 3 >& "'e'"; cd .; echo 4 >& '$nothing'; HOME=h; echo 5 >& '~'; echo *
