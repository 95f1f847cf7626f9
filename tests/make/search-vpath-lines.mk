# VPATH and GPATH are read as $(strip) leaves them: a newline parts two folders.
define folders
 here
there : $(empty)
	last
endef
VPATH = $(folders)
all: a b c ; @echo $^
here/a:
$(shell mkdir -p here there last; touch here/a there/b last/c)
