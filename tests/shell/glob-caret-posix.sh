# shells: dash
# [^x] is no negation
>a; >x; echo [^x] ; case a in [^x]) echo negated;; *) echo not;; esac; b=^a; echo ${b#[^x]}
