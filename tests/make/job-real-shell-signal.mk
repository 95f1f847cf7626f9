# A shell that dies by a signal is told of as such, whoever runs its text.
x:
	-@kill -SEGV $$$$ & wait; kill -SEGV $$$$
	-@(sleep 0 & kill -KILL $$$$)
	-@exec bash -c 'coproc true; kill -TERM $$$$'
