# rules: recipe-shell
# Scripts beside the Makefile: with #!/bin/sh, with bash, one that nobody runs. The tree's SHELL is bash.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

SHELL := /usr/bin/env bash

define Build/script
	./posix.sh $@ && ./bash.sh $@
	[[ -f $@ ]] && let x=08
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin
  IMAGE/a.bin := script
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
