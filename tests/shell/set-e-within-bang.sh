# shells: bash
# A set -e within what "!" turns around counts; one before it does not.
set +e
! (set -e; false; echo a)
f() { set -e; false; echo b; }
(! f; echo c); echo $?
! f | cat; echo d
g() { false; echo e; }
set -e
! g
echo f
set +e
! eval 'set -e; false; echo g'
echo h
