# shells: bash
r='\'; x='a\b\c'
echo "${x##*$r}" "${x#*$r}" "${x%%$r*}" "${x##*\\}"
for p in '*\' '*?\' '?\' '\*\'; do case 'a\' in $p) echo yes;; *) echo no;; esac; done
