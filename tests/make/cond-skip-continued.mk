# While lines are skipped: a directive behind a continuation is one.
ifdef no
$(error)
\
endif
ifdef no
define x
\
endef
else
$(info y)
endif
all:;
