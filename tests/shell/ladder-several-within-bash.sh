# shells: bash
# ladder: several values within ${x-..} that is not split, where the text sets IFS; in case in any
set -- 'p q' '' r
IFS=; x=${u-$*}; printf '<%s>' "$x"
[[ ${u-${*#p}} =~ (.*) ]]; printf '<%s>' "${BASH_REMATCH[1]}"
unset IFS; case "${u-$@}" in 'p q r') echo 1;; 'p q  r') echo 2;; *) echo 3;; esac
IFS=b; a="x yb z"; x=${c-${a[@]%q}}; printf "<%s>" "$x"
