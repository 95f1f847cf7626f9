# A name longer than the system takes has no absolute path.
ten = $1$1$1$1$1$1$1$1$1$1
long := $(call ten,$(call ten,$(call ten,abcde)))
short := $(call ten,$(call ten,$(call ten,abc)))
deep := $(call ten,$(call ten,$(call ten,abcd/)))
$(info $(words $(abspath $(long))) $(words $(abspath x $(short) y)) $(words $(abspath $(deep))))
$(info $(words $(realpath $(long) $(short) .)))
all: ; @:
