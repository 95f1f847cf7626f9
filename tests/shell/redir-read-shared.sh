# a file that a process has open is read as what is written to it, by who opens it later too
echo a > f; exec 3< f; env true; { echo more > f; cat; } < f; cat <&3
