# What a descriptor reads when its file was written to since, with a command that is not there, or a process, in between.
echo a > f; { nosuchcommand; echo more > f; cat; } < f
echo a > f; { /bin/true; /usr/bin/perl -e 1; echo more > f; cat; } < f
echo a > f; exec 3< f; /usr/bin/perl -e 1; echo b >> f; cat <&3
echo a > f; exec 3< f 4< f; /usr/bin/perl -e 1; exec 3<&-; echo b > f; /usr/bin/perl -e 1; echo c >> f; cat <&4
