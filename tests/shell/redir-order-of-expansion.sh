f() { echo "$1"; echo "$1" >&2; }; f hi > out 2> err; cat out err; n=1; echo x > file$n; ls
