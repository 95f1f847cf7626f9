# shells: bash
echo "[${PIPESTATUS}]" "${#PIPESTATUS[@]}"
false | true; (echo "${PIPESTATUS[@]}"); echo "$(echo "${PIPESTATUS[@]}")"
false | true; { echo "${PIPESTATUS[@]}"; } | cat
