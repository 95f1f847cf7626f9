# rules: recipe-octal
# Padded fields as numbers, on a further line too; without padding; as text; only a year, of two digits too; in arithmetic; a quoted format.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/padded
	printf "%02x%02x" $$(date -d "@$(SOURCE_DATE_EPOCH)" "+%m %d") >> $@ # expect: recipe-octal error
	type=$$(printf '01%02x%02x%02x' \
		$$(date -u '+%-y %H')); echo $$type >> $@ # expect: recipe-octal error
	echo $$(( $$(date +%d) + 1 )) >> $@ # expect: recipe-octal error
endef

define Build/fine
	printf "%02x%02x" $$(date -d "@$(SOURCE_DATE_EPOCH)" "+%-m %-d") >> $@
	printf "%s %s" $$(date "+%m %d") >> $@
	printf "%d" $$(date +%Y) >> $@
	printf "%08d" 12; date +%m >> $@.log
	printf "%d" $$(date +%s) >> $@
	printf "%02x" $$(date +%y) >> $@
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin
  IMAGE/a.bin := padded | fine
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
