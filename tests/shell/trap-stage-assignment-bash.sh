# shells: bash
# so does one whose assignments before the command fail
eval 'trap "echo e" EXIT; b=$((1%0)) true | wc -l'
