# shells: dash
trap 'echo x; (exit 2); exit' INT
(exit 1)
kill -INT $$
