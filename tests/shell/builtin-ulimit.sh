ulimit -n >/dev/null; echo $?; type ulimit; command -v ulimit
ulimit -n 5000; ulimit -n
(ulimit -n 4000; ulimit -n; env printf 'x\n'; ulimit -n 4000; echo $?); ulimit -n
paste /proc/self/limits; echo /proc/self/limits | xargs paste; env paste /proc/self/limits | cat; (ulimit -n 3000; paste /proc/self/limits; ulimit -n | cat)
echo $(ulimit -n 2500; ulimit -n) $(ulimit -n)
f() { ulimit -n 4500; }; f; ulimit -n; f | cat; eval 'ulimit -n 4400'; command ulimit -n 4300; ulimit -n
echo 'ulimit -n; ulimit -n 1500; ulimit -n' >s; /bin/sh s; echo 'ulimit -n' | /bin/sh; . ./s; ulimit -n
ulimit -n 2000000000; echo $?; ulimit -n 2000000000 || echo no; ulimit -n
command ulimit -n 2000000000; echo $?; ulimit -n 01400; ulimit -n; ulimit -n >/dev/full; echo $?
