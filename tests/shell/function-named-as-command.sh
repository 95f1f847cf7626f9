cat() { echo my cat; }; cat; command cat /dev/null; echo x | cat; unset -f cat; echo real | cat
