# shells: dash
# dash's trap: names in any case, a first word that is a number is no action, a bad signal ends it.
trap 'echo a' INT term 15 exit; trap
trap - INT; trap; trap int; trap
trap x FOO; trap a EXIT FOO INT; trap; trap 0; trap
trap '' HUP; trap; trap 99 INT; trap; trap 'x' SIGINT; trap -; trap -- - EXIT; trap
trap -x; echo no
