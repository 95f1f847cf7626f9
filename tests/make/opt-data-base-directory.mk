# args: -w
# -p alone is no output that "Entering directory" comes before.
all:
	@echo "$$($(MAKE) -f $(CURDIR)/Makefile -pq below | grep 'directory .*w.$$')"
below: ; @echo $@
