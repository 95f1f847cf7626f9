# shells: bash
# A word that looks like an assignment has tildes behind = and : anywhere in bash: in [[ ]], in case, and with an index.
HOME=/hh
[[ a=~ == a=/hh ]] && echo left
[[ a=/hh == a=~ ]] && echo right
[[ a=~ =~ ^a=/hh$ ]] && echo regex
case a=~ in a=/hh) echo word ;; esac
case a=/hh in a=~) echo pattern ;; esac
echo r[1]=~ r[1]+=~:~ 1=~
[[ a=x:~ -eq 3 ]]
set -x
[[ a=~ == a=~ ]]
[[ x:~ == b:~ ]]
