# shells: bash
# Where an unset variable or ${x?} ends the shell, its EXIT trap has PIPESTATUS 1, whatever $? is.
for text in 'echo $nope' 'case ${nope?bad} in x) ;; esac' 'true | false; (( nope ))' 'f() { x=$nope; }; f' '(echo $nope)'; do
	(set -u; trap 'echo "${PIPESTATUS[*]} $?"' EXIT; eval "$text")
done 2>/dev/null
