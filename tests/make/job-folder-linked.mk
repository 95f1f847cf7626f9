# A shell keeps the name by which one came to the folder, where PWD tells it; make's own is the real one.
all:
	@mkdir -p folder/inner; ln -s folder link
	@cd link && $(MAKE) --no-print-directory -f ../Makefile below
	@$(MAKE) --no-print-directory -C link -f ../Makefile below
	@cd link/inner && $(MAKE) --no-print-directory -f ../../Makefile below
below:
	@echo $(CURDIR) $(shell echo "$$PWD"; cd ..; pwd)
	@pwd; cd inner 2>/dev/null; pwd; pwd -P; /bin/pwd; cd ..; printenv PWD OLDPWD
