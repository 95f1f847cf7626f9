# shells: bash
# ladder: what is wrong in $(..) of a text for eval ends the shell, with a status of its own
x=$(eval 'echo $(fi)'; echo in); echo "$? $x"
(eval 'echo 1
echo "$(echo a
fi
)"; echo 2'; echo in); echo $?
(trap 'echo T $?' EXIT; if eval 'echo ${a-$(;)}'; then :; fi); echo $?
/bin/bash -c "trap 'echo T \$?' EXIT; eval 'echo \$(fi)'"; echo $?
echo 'echo 1; echo $(a;;)' > lib; (. ./lib; echo in); echo $?
eval 'echo $(case x in a) echo;; fi)'; echo $?
trap 'echo $(fi); echo t' EXIT
eval 'echo $(})'
