for i in 1 2; do echo $i; done > f; cat f; if true; then echo y; fi >> f; while read x; do echo "<$x>"; done < f; (echo sub; echo err >&2) > g 2>&1; cat g; case x in x) echo c;; esac > h; cat h; f() { echo fn; }; f > k; cat k
g() { echo body; } > m; g; cat m
