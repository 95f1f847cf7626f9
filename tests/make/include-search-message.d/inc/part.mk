all: ; @false
all: ; @false
ifdef X
