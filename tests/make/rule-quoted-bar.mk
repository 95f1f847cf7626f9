# args: -k
# A quoted | is a name's; the backslashes in front of it are halved, also in front of the one that is not quoted.
x = a\|b\\|d
all: $(x) every e\\\|f ; @echo "$|" "$^"
every: a%: a\|c|d\|e ; @echo no
every:
%ery: a\|b\\|d ; @echo "$@" "$|" "$^"
a% d: ; @echo "$@"
e%: ; @echo "$@" "$*"
