# SPDX-License-Identifier: GPL-2.0-only
# How the program is built: one static library per room, linked in the order of the arrows.
# B=DIR builds elsewhere; SANITIZE=address,undefined instruments.

B ?= build
ROOMS := base blob digest codec firmware applet shell make image audit cli

WARN := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wvla -Wwrite-strings -Werror
SAN := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 $(CPPFLAGS) -Iinterp -I$(B)/gen \
	$(CFLAGS) $(WARN) $(SAN) -DIMAGEMK_VERSION='"$(VERSION)"' -pthread

sources := $(foreach r,$(ROOMS),$(wildcard interp/$(r)/*.c))
objects = $(patsubst interp/%.c,$(B)/obj/%.o,$(filter interp/$(1)/%,$(sources)))
tables := $(B)/gen/applet-table.c $(B)/gen/firmware-table.c
libs := $(foreach r,$(ROOMS),$(B)/lib$(r).a)
reversed = $(if $(1),$(call reversed,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))

$(B)/imagemk: $(libs)
	$(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -pthread -o $@ -Wl,--start-group $(call reversed,$(libs)) -Wl,--end-group $(LIBS) -lm
	mkdir -p $(B)/tools && ln -sf ../imagemk $(B)/tools/make

define room_rule
$(B)/lib$(1).a: $(call objects,$(1)) $(patsubst %.c,%.o,$(filter $(B)/gen/$(1)-%,$(tables)))
	@rm -f $$@
	$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

$(B)/obj/%.o: interp/%.c config.mk
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

$(B)/gen/%-table.o: $(B)/gen/%-table.c
	$(COMPILE) -c -o $@ $<

# Made anew only when the set of rows changes.
$(B)/gen/%-table.c: FORCE
	@mkdir -p $(@D)
	@scripts/make-table $* interp/$*/*.c > $@.new && { cmp -s $@.new $@ || mv $@.new $@; }; rm -f $@.new

# C tests: tests/unit/NAME.c, one program each.
$(B)/test-%: tests/unit/%.c $(filter-out $(B)/libcli.a,$(libs))
	$(COMPILE) $(LDFLAGS) -o $@ $< -Wl,--start-group $(call reversed,$(filter-out $(B)/libcli.a,$(libs))) -Wl,--end-group $(LIBS) -lm

-include $(patsubst interp/%.c,$(B)/obj/%.d,$(sources))
.PHONY: FORCE
