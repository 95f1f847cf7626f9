# shells: bash
# Signals in any case of letters.
trap 'echo i' int SigTerm
trap 'echo e' exit
trap - Int 3
trap
kill -l term SIGint; kill -L 9
