# shells: bash dash
# A shell that is given no PWD asks where it is.
mkdir d; ln -s d s; cd s || exit
/bin/sh -c 'basename "$(pwd)"'
unset PWD
/bin/sh -c 'basename "$(pwd)"'
