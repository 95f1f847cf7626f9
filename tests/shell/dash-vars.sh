# shells: dash
echo "${BASH_VERSION-none}" "${RANDOM-none}" $OPTIND "$IFS" "${PS4}" | od -c
