# shells: bash
# a builtin's message that ends the shell under set -e: the status before it
set -e
if (exit 3)
readonly n=1 n=2
then echo x; else echo y; fi
