# shells: dash
# Redirections of a subshell that is all there is in braces: dash forgets them when the braces have some.
{ (echo a) >out; } </dev/null; ls
{ { (echo b) >out; }; } 2>/dev/null; ls
{ (echo c) >out; :; } </dev/null; ls
{ (nosuch); } 2>/dev/null
