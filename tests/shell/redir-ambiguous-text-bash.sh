# shells: bash
# what is no one file, or no descriptor, is named as bash keeps the word
x=z y='1 2'
cat <$(false;false)
: >$(echo a;echo b)
(<$(for i in 1; do :; done))
: >&$(:;:)
: 5>&$(:;:)
: <&$x
: <&z
: 5>&${x}y-
: 5>&$y
