# shells: bash
# PS4 is a prompt
PS4='\[\w \W \$ \s\] \v \V \a\e\101\08 \q\\ '; cd /; set -x; : a; PS4='\\$PWD \$x '; : b
