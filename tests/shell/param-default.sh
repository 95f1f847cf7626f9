x=; y=val
echo "${x-a}" "${x:-b}" "${z-c}" "${z:-d}" "${y-e}" "${y:-f}"
echo ${z:-two words} "${z:-two  words}"
