/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fuzz: any text as an expression, expanded over a prepared set of variables. $(shell) says nothing
 * and
 * $(file) cannot write. The evaluation is used again unless the text may have changed it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "make/make.h"

enum { TEXT_MOST = 1024, DOLLARS_MOST = 20, LOOPS_MOST = 4, USES_MOST = 200 };

static const char makefile[] =
	"empty :=\n"
	"blank := $(empty) $(empty)\n"
	"words := a.c b.h dir/c.c /x/y.tar.gz c a.c %.o \\%.q\n"
	"slash := /\n"
	"comma := ,\n"
	"open := (\n"
	"close := )\n"
	"dollar := $$\n"
	"define lines\n one\n\ttwo\n\nlast\nendef\n"
	"late = <$(words:.c=.o)>\n"
	"later = $(late) $(patsubst %.c,%.d,$(words))\n"
	"name = words\n"
	"self = $(self)\n"
	"swap = $2 $1\n"
	"map = $(foreach x,$2,$(call $1,$x))\n"
	"down = $(if $1,$(firstword $1) $(call down,$(wordlist 2,9,$1)))\n"
	"rule = $1: $2 ; @echo\n"
	"broken = $(subst a\n"
	"all: private scoped = 1\n"
	"all:\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct make *make;
static struct arena *mem;
static unsigned uses;

static int says_nothing(void *ctx, struct make *mk, struct arena *out_mem, struct str shell,
			struct str shell_flags, struct str text, struct env env, struct str cwd,
			int err, struct str *out)
{
	(void)ctx, (void)mk, (void)out_mem, (void)shell, (void)shell_flags, (void)text, (void)env,
	    (void)cwd;
	(void)err;
	*out = S("said\n");
	return 0;
}

static void begin(void)
{
	static const struct make_host host = {.shell = says_nothing};
	static struct make_setup setup;
	int fd = memfd_create("makefile", MFD_CLOEXEC);

	if (fd < 0 || write(fd, makefile, sizeof(makefile) - 1) != (ssize_t)sizeof(makefile) - 1)
		abort();
	mem = arena_new();
	setup = (struct make_setup){.program = S("make"), .make_command = S("make"),
				    .cwd = S("/proc/driver"), .host = &host};
	*vec_push(mem, &setup.args) = S("-f");
	*vec_push(mem, &setup.args) = str_fmt(mem, "/proc/self/fd/%d", fd);
	make = make_open(&setup);
	if (!make)
		abort();
	close(fd);
	uses = 0;
}

static void end(void)
{
	make_close(make);
	arena_free(mem);
	make = NULL;
}

static unsigned count(struct str text, const char *what)
{
	unsigned n = 0;

	for (ptrdiff_t at; (at = str_find(text, str_z(what))) >= 0; n++)
		text = str_from(text, (size_t)at + 1);
	return n;
}

/* How many loops TEXT may be, one in the other; one over all variables is a hundred names long, one
 * over all files of the folders above thousands. */
static unsigned loops(struct str text)
{
	return count(text, "foreach") + count(text, "map") + count(text, "down") +
	       count(text, "wildcard") + 3 * (count(text, "VARI") + count(text, "ABLES"));
}

/*
 * Loops in loops, of all names at that, and expansions that double would take GNU make as long;
 * what writes files needs its sign. What loops in loops say is too much to evaluate: variables of
 * each of so many targets take GNU make gigabytes, too.
 */
static bool is_tame(struct str text)
{
	return text.n <= TEXT_MOST && count(text, "$") <= DOLLARS_MOST &&
	       loops(text) <= (str_find(text, S("eval")) < 0 ? LOOPS_MOST : 1) &&
	       str_chr(text, '>') < 0 && str_chr(text, '/') < 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct make_text out;
	struct arena *result;

	if (!is_tame(text))
		return -1;
	if (!make)
		begin();
	result = arena_new();
	if (make_expand(make, result, text, &out))
		for (size_t i = 0; i < out.n_spans; i++)
			if (i ? out.spans[i].from <= out.spans[i - 1].from : out.spans[i].from != 0)
				abort();
	arena_free(result);
	if (str_find(text, S("eval")) >= 0 || ++uses == USES_MOST)
		end();
	return 0;
}
