# shells: bash
# ladder: ${IFS=..} splits what stands before it in the word, too
set -- 'a:b c' d:e
unset IFS
printf '<%s>' x${IFS=b}y$*; echo
unset IFS
printf '<%s>' xax:${IFS:=a:b}xbx; echo
unset IFS
printf '<%s>' "xax:"xax${IFS:=a:b}xbx; echo
