# A backslash in SHELL goes as in any line that make takes apart.
SHELL = /bin\/sh
$(info [$(shell echo $$((1 + 2)))] [$(shell echo plain)] $(.SHELLSTATUS))
all: ; @echo $$((3 + 4)); exit 0
	@echo plain 'a b'
