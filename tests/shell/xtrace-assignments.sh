set -x
a=1 b='x y'
b=$a c=$b
