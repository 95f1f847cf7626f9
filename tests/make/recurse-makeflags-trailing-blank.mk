# A blank at the end of MAKEFLAGS that a backslash keeps is text; one without makes an empty last word, which -W then takes.
all:
	@$(MAKE) --eval='a=b c  ' -f sub.mk x
	@MAKEFLAGS=' k -W ' $(MAKE) -f sub.mk x || true
	@MAKEFLAGS='k -- a=b ' $(MAKE) -f sub.mk x
