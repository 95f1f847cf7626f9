# A digit before < or > is no file's name; more than one are a word to dash.
x:
	-echo a 12>y; cat y
	-<1>y
	-echo a >2<y
