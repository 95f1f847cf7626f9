# A folder on PATH is no program: the words of what a plain line, a shell, $(shell) say.
SHELL := /bin/sh
export PATH := /usr/bin:/bin
$(info $(shell ..))
x:
	-..
	-..; echo $$?
	-exec ..
	-bash -c '.. ; echo $$?'
