# A command called with its folder may name itself with or without it; each has its own words for what it cannot run.
all:
	-/usr/bin/env missing-command
	-/usr/bin/env ./folder
	-/usr/bin/flock lock missing-command
	-/usr/bin/flock missing/lock true
	-echo a | /usr/bin/xargs missing-command
	-/usr/bin/find . -maxdepth 0 -exec missing-command \;
	-/bin/gzip missing
	-/bin/bunzip2 missing
	-/usr/bin/xz missing
	-/usr/bin/hexdump -C missing
all: | folder
folder: ; mkdir $@
