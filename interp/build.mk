# SPDX-License-Identifier: GPL-2.0-only
# How the program is built: one static library per room, linked in the order of the arrows.
# B=DIR builds elsewhere; SANITIZE=address,undefined instruments; VERBOSE=1 shows the commands.

B ?= build
ROOMS := base blob digest codec firmware applet shell make image audit cli

WARN := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wvla -Wwrite-strings -Werror
SAN := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 $(CPPFLAGS) -Iinterp -I$(B)/gen \
	$(CFLAGS) $(WARN) $(SAN) -DIMAGEMK_VERSION='"$(VERSION)"' -pthread

# make -s is silent.
say = $(if $(VERBOSE),,@$(if $(findstring s,$(firstword -$(MAKEFLAGS))),,echo "  $(1)	$(@:$(B)/%=%)";))
sources := $(foreach r,$(ROOMS),$(wildcard interp/$(r)/*.c))
objects = $(patsubst interp/%.c,$(B)/obj/%.o,$(filter interp/$(1)/%,$(sources)))
tables := $(B)/gen/applet-table.c $(B)/gen/firmware-table.c $(B)/gen/shell-builtin-table.c $(B)/gen/audit-rule-table.c
texts := $(B)/gen/cli-handover.c $(B)/gen/cli-profiles.c
libs := $(foreach r,$(ROOMS),$(B)/lib$(r).a)
reversed = $(if $(1),$(call reversed,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))

$(B)/imagemk: $(libs)
	$(call say,LINK)$(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -pthread -o $@ -Wl,--start-group $(call reversed,$(libs)) -Wl,--end-group $(LIBS) -lm
	@mkdir -p $(B)/tools && ln -sf ../imagemk $(B)/tools/make

define room_rule
$(B)/lib$(1).a: $(call objects,$(1)) $(patsubst %.c,%.o,$(filter $(B)/gen/$(1)-%,$(tables) $(texts)))
	@rm -f $$@
	$$(call say,AR)$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

$(B)/obj/%.o: interp/%.c config.mk
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -MMD -MP -c -o $@ $<

# A third of an image stage's time is in these.
$(B)/obj/codec/lzma.o $(B)/obj/codec/lzma_find.o: COMPILE += $(if $(SANITIZE),,-O3)

$(B)/gen/%-table.o: $(B)/gen/%-table.c
	$(call say,CC)$(COMPILE) -c -o $@ $<

# mk/NAME.mk as a C string, for what must work where nothing is installed. @words@: functions on words and names.
$(texts): mk/words.mk mk/names.mk
$(B)/gen/cli-%.o: $(B)/gen/cli-%.c
	$(call say,CC)$(COMPILE) -c -o $@ $<
$(B)/gen/cli-%.c: mk/%.mk
	@mkdir -p $(@D)
	@{ echo 'extern const char $*_text[];'; echo 'const char $*_text[] ='; \
	   sed -e '/^@words@$$/{' -e 'r mk/words.mk' -e 'r mk/names.mk' -e d -e '}' $< | \
	   sed -e 's/[\\"]/\\&/g' -e 's/.*/"&\\n"/'; echo ';'; } > $@

# ROOM-table.c or ROOM-KIND-table.c; made anew only when the set of rows changes.
$(B)/gen/%-table.c: room = $(firstword $(subst -, ,$*))
$(B)/gen/%-table.c: FORCE
	@mkdir -p $(@D)
	@scripts/make-table $(lastword $(subst -, ,$*)) $(room) $(filter interp/$(room)/%,$(sources)) > $@.new && { cmp -s $@.new $@ || mv $@.new $@; }; rm -f $@.new

# C tests: tests/unit/NAME.c, one program each.
$(B)/test-%: tests/unit/%.c $(filter-out $(B)/libcli.a,$(libs))
	$(call say,TEST)$(COMPILE) $(LDFLAGS) -o $@ $< -Wl,--start-group $(call reversed,$(filter-out $(B)/libcli.a,$(libs))) -Wl,--end-group $(LIBS) -lm

# malloc and its like fail there when the test wants it.
$(B)/test-exhausted: LDFLAGS += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=mmap,--wrap=mremap

-include $(patsubst interp/%.c,$(B)/obj/%.d,$(sources))
.PHONY: FORCE
.SECONDARY: $(tables) $(texts)

# --- tests ---

units := $(patsubst tests/unit/%.c,$(B)/test-%,$(wildcard tests/unit/*.c))

# All tests; TESTS="tests/blob.bats ..." picks files, and of the C tests those that they name.
check: $(B)/imagemk $(if $(TESTS),$(filter $(shell grep -ohs 'test-[a-z]*' $(TESTS) | \
	sed 's,^,$(B)/,'),$(units)),$(units))
	@B=$(B) scripts/run-tests $(TESTS)

# Fuzz entries: tests/fuzz/NAME.c, one libFuzzer program each; `make fuzz FUZZ_SECONDS=60`.
FUZZ_SECONDS ?= 60
fuzzers := $(patsubst tests/fuzz/%.c,$(B)-fuzz/fuzz-%,$(wildcard tests/fuzz/*.c))
fuzz:
	@scripts/fuzz $(B)-fuzz $(FUZZ_SECONDS)
$(B)/fuzz-%: tests/fuzz/%.c $(filter-out $(B)/libcli.a,$(libs))
	$(call say,FUZZ)$(COMPILE) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< -Wl,--start-group $(call reversed,$(filter-out $(B)/libcli.a,$(libs))) -Wl,--end-group $(LIBS) -lm

# --- documentation ---

docs: $(B)/imagemk
	$(B)/imagemk audit --rules --format markdown > docs/audit.md

# --- installation ---

sharedir = $(datadir)/imagemk
completions = bash-completion/completions zsh/site-functions fish/vendor_completions.d
install: $(B)/imagemk
	$(INSTALL) -d '$(DESTDIR)$(bindir)' '$(DESTDIR)$(mandir)/man1' '$(DESTDIR)$(sharedir)/scripts'
	$(INSTALL) $(B)/imagemk '$(DESTDIR)$(bindir)/imagemk'
	$(INSTALL) -m 644 docs/imagemk.1 '$(DESTDIR)$(mandir)/man1/imagemk.1'
	for c in $$($(B)/imagemk help | sed 's/^ *\([a-z]*\) .*/\1/'); do \
		$(B)/imagemk help --man $$c > '$(DESTDIR)$(mandir)/man1/'imagemk-$$c.1 || exit; done
	$(INSTALL) -d $(completions:%='$(DESTDIR)$(datadir)/%')
	$(B)/imagemk help --completion bash > '$(DESTDIR)$(datadir)/bash-completion/completions/imagemk'
	$(B)/imagemk help --completion zsh > '$(DESTDIR)$(datadir)/zsh/site-functions/_imagemk'
	$(B)/imagemk help --completion fish > '$(DESTDIR)$(datadir)/fish/vendor_completions.d/imagemk.fish'
	cp -R rules.mk mk include target '$(DESTDIR)$(sharedir)/'
	sed -e 's,@bindir@,$(bindir),' -e 's,@sharedir@,$(sharedir),' mk/installed.mk > '$(DESTDIR)$(sharedir)/Makefile'
	rm '$(DESTDIR)$(sharedir)/mk/installed.mk' '$(DESTDIR)$(sharedir)/mk/handover.mk' '$(DESTDIR)$(sharedir)/mk/profiles.mk'
	$(INSTALL) scripts/fetch scripts/make-grub '$(DESTDIR)$(sharedir)/scripts/'
	cp version.date '$(DESTDIR)$(sharedir)/' 2> /dev/null || \
		git log -1 --format=%ct > '$(DESTDIR)$(sharedir)/version.date' 2> /dev/null || rm -f '$(DESTDIR)$(sharedir)/version.date'

clean:
	rm -rf $(B) $(B)-asan $(B)-fuzz

.PHONY: check fuzz docs install clean
