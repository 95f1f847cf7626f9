# shells: bash
# late: an expression that is wrong ends the loop, not the line
for ((0fi; 0; )); do :; done || echo "init $?"
for ((; 1 +; )); do :; done || echo "test $?"
for ((; 1; 1 + )); do :; done || echo "step $?"
readonly c; for c in 1; do :; done || echo "readonly $?"
