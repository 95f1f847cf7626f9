export A=1; B=2; /usr/bin/env | grep '^[AB]='; C=3 /usr/bin/env | grep '^C='; PATH=/bin:/usr/bin; A= /usr/bin/env | grep '^A='; cd /; /usr/bin/env | grep '^PWD='
