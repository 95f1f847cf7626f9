# shells: bash
# &> while 2 is closed: it stays open there behind what runs in the shell
{ echo b &>out; read -r a < none; echo x >&2; } 2>&-
cat out
{ cat none &>out; read -r a < none; echo x >&2; } 2>&-
cat out
