# A PATH that the makefile sets is not the one that $(shell) sees, and not where its commands are found; nor is
# any other exported variable (that came with 4.4).
PATH := /nonexistent
export PATH
export SOMETHING := here
export HOME := elsewhere
$(info $(shell echo "[$${SOMETHING-unset}]"))
$(info $(shell echo "[$$HOME]" | sed "s#$${HOME}#home#"))
$(info $(shell /bin/echo simple))
$(info $(shell basename a/b))
all: ; @:
