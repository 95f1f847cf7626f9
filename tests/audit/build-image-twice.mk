# rules: build-image-twice
# Once in the file that is included, and once here; once more for a subtarget that this is not.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

include devices.mk

ifeq ($(SUBTARGET),other)
$(eval $(call BuildImage))
endif

$(eval $(call BuildImage))
