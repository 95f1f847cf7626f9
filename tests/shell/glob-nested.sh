mkdir -p a/b/c a/x/c; touch a/b/c/f1 a/x/c/f2; echo a/*/c/f?; echo */*/*; echo ./a/[bx]/c; echo a//b/*; echo /et[c]
