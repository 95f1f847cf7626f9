# A file found in "/" along VPATH loses the first letter of its name to a slash.
VPATH = /
all: xy ; @echo $^
/xy: ; @echo $@
