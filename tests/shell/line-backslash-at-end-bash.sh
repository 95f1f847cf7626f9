# shells: bash
# a backslash that ends a file: the line goes on below
for t in 'e\' 'echo a\ne\' 'nosuch; e \' 'cat <<E\nx\nE\' 'nosuch\\\\\\'; do printf "$t" > q; /bin/bash q; done
