# shells: bash dash
# ladder
# To what runs commands a signal is one, a status of 128 and more is not; the shell has no word for it.
echo a | xargs sh -c 'kill -9 $$'; echo $?
echo a | xargs sh -c 'exit 137'; echo $?
echo a | xargs env sh -c 'kill -9 $$'; echo $?
echo a | xargs bash -c 'exec sh -c "kill -9 \$\$"'; echo $?
echo a | xargs bash -c 'sh -c "kill -9 \$\$"'; echo $?
echo a | xargs sh -c '(kill -9 $$) 2>/dev/null; exit 3'; echo $?
find . -maxdepth 0 -exec sh -c 'kill -9 $$' \; -o -print; echo $?
find . -maxdepth 0 -exec env sh -c 'kill -15 $$' {} +; echo $?
