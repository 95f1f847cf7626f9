{ echo a; echo b; } > f > g; cat f; cat g; cat < f < g
