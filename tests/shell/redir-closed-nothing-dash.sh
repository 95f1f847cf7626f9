# shells: dash
# A builtin that has nothing to write does not see that 1 is closed.
for t in 'echo -n' "echo -n ''" "printf ''" "printf %s" 'echo' 'printf %s x' 'type'; do (eval "$t >&-"; echo "$?"); echo "$t $?"; done
