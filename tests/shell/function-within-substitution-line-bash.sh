# shells: bash
f() {
	:
	for b in $(
		g() {
			:
		}
	); do :; done <$(echo a b)
}
f 2>&1 | sed "s/.*line/line/"
f() { for b in $(g() { :; }); do :; done < ""; }
f 2>&1 | sed "s/.*line/line/"
