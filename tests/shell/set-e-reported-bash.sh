# shells: bash
# late: some messages end bash under set -e wherever they come from
(set -e; readonly r=1; if readonly r=2; then :; fi; echo no); echo "$?"
(set -e; readonly r=1; read r <<< x || echo no); echo "$?"
(set -e; if eval '('; then :; fi; echo no); echo "$?"
(set -e; if echo "${a[-1]}"; then echo no; fi); echo "$?"
(set -e; a[-1]=x || echo no); echo "$?"
(set -e; if echo $((a[-1])); then echo no; fi); echo "$?"
