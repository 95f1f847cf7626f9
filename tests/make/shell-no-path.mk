# args: -k
# A shell without PATH has one of its own; who unsets it finds nothing, not even what is known here.
unexport PATH
all: a b c d e f
a: ; echo "$$PATH"; ls -d sub
b: ; unset PATH; ls -d sub; echo $$?
c: ; PATH=; ls -d sub; PATH=/bin; ls -d sub
d: ; sh -c 'echo $$PATH; ls -d sub; env | grep -c ^PATH'
e: SHELL = sh
e: ; echo "x"
f: SHELL = /bin/bash
f: ; echo "$$PATH"; ls -d sub; env | grep -c ^PATH; unset PATH; ls -d sub
$(info [$(shell unset PATH; ls)] [$(shell ls -d sub)])
