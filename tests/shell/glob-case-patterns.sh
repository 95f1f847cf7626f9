for w in abc a.c '' 'x y' '*' '[a]' a-b; do case $w in abc|d) echo 1 $w;; ?.?) echo 2 $w;; '') echo empty;; *\ *) echo space;; \*) echo star;; '[a]') echo br;; *) echo other $w;; esac; done
