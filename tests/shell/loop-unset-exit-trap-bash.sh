# shells: bash
# an expression's unset variable under set -u: the EXIT trap runs within the loops around it
set -u
f() { for i in 1; do : $((w)); done; }
g() { : $((w)); }
(trap 'break 0' EXIT; until [ $((w+=1)) -gt 2 ]; do :; done)
(trap 'break 0' EXIT; for i in 1; do until : $((w)); do :; done; done)
(trap 'break 0' EXIT; until [ $w -gt 2 ]; do :; done)
(trap 'break 0' EXIT; : $((w)))
(trap 'break 0' EXIT; while (( w )); do :; done)
(trap 'break 0' EXIT; while let w; do :; done)
(trap 'break 0' EXIT; f)
(trap 'break 0' EXIT; for i in 1; do g; done)
(trap 'break 0' EXIT; eval 'until : $((w)); do :; done')
(trap 'break; echo t' EXIT; until [ $((w+=1)) -gt 2 ]; do :; done)
(trap 'break; echo t' EXIT; for i in 1; do until : $((w)); do :; done; done)
(trap 'break; echo t' EXIT; until [ $w -gt 2 ]; do :; done)
(trap 'break; echo t' EXIT; : $((w)))
(trap 'break; echo t' EXIT; while (( w )); do :; done)
(trap 'break; echo t' EXIT; while let w; do :; done)
(trap 'break; echo t' EXIT; f)
(trap 'break; echo t' EXIT; for i in 1; do g; done)
(trap 'break; echo t' EXIT; eval 'until : $((w)); do :; done')
(trap 'continue 2 && echo u' EXIT; until [ $((w+=1)) -gt 2 ]; do :; done)
(trap 'continue 2 && echo u' EXIT; for i in 1; do until : $((w)); do :; done; done)
(trap 'continue 2 && echo u' EXIT; until [ $w -gt 2 ]; do :; done)
(trap 'continue 2 && echo u' EXIT; : $((w)))
(trap 'continue 2 && echo u' EXIT; while (( w )); do :; done)
(trap 'continue 2 && echo u' EXIT; while let w; do :; done)
(trap 'continue 2 && echo u' EXIT; f)
(trap 'continue 2 && echo u' EXIT; for i in 1; do g; done)
(trap 'continue 2 && echo u' EXIT; eval 'until : $((w)); do :; done')
trap 'break 0' EXIT
until : $((w)); do :; done
