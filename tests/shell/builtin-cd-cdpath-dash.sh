# shells: dash
CDPATH=/; cd dev; CDPATH=/usr; cd bin; CDPATH=/usr/; cd lib; hash ''; echo $?
