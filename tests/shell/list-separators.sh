echo a; echo b
echo c ; echo d ;
# comment; echo no
echo e # trailing
echo f#g
