/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fuzz: any bytes as a makefile, read and then brought up to date with -n -k; $(shell) says nothing
 * and recipes that run all the same do nothing. What could grow without end in GNU make too, write
 * or read the system's files is left out.
 */
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "make/make.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int says_nothing(void *ctx, struct make *make, struct arena *mem, struct str shell,
			struct str shell_flags, struct str text, struct env env, struct str cwd,
			int err, struct str *out)
{
	(void)ctx, (void)make, (void)mem, (void)shell, (void)shell_flags, (void)text, (void)env,
	    (void)cwd;
	(void)err;
	*out = S("");
	return 0;
}

static void *begins(void *ctx, const struct make_recipe *r)
{
	(void)ctx, (void)r;
	return NULL;
}

/* A makefile whose recipe says it is made, or fails and need not care, but is not there, is made
 * for ever, by GNU make too: lines fail after a while, then make ends. */
enum { LINES_MOST = 200, LINES_LAST = 300 };
static unsigned lines;
static atomic_int interrupted;

static int does_nothing(void *ctx, void *recipe, const struct make_line *line)
{
	(void)ctx, (void)recipe;
	if (lines >= LINES_LAST)
		interrupted = SIGTERM;
	return lines++ >= LINES_MOST || line->text.text.n % 5 == 4;
}

static int ends(void *ctx, void *recipe, int status)
{
	(void)ctx, (void)recipe;
	return status;
}

static const struct make_host host = {.recipe_begin = begins, .recipe_line = does_nothing,
				      .recipe_end = ends, .shell = says_nothing};

static bool is_name(uint8_t c)
{
	return c == '%' || (c >= 'a' && c <= 'z');
}

/* "x y z: a := $a$a" makes a twice as long for each word before its colon (a sign = is one), by
 * GNU make too. DATA: a line, as far as one can tell. */
static bool grows(const uint8_t *data, size_t size)
{
	const uint8_t *colon = memchr(data, ':', size);
	size_t words = 1, dollars = 0;

	for (size_t i = 0; i < size; i++) {
		if (!colon || data + i < colon)
			words += data[i] == '=' || data[i] == ' ' || data[i] == '\t';
		else
			dollars += data[i] == '$';
	}
	return dollars > 1 && words * dollars > 32;
}

/* $(file >...) needs its sign; a slash must stand in a name; expansions double with each two
 * dollars. */
static bool is_tame(const uint8_t *data, size_t size)
{
	size_t dollars = 0, line = 0;

	for (size_t i = 0; i < size; i++) {
		dollars += data[i] == '$';
		if (data[i] == '\n' && (i == 0 || data[i - 1] != '\\')) {
			if (grows(data + line, i - line))
				return false;
			line = i + 1;
		}
		if (data[i] == '>' || (data[i] == '/' && (i == 0 || !is_name(data[i - 1]))))
			return false;
	}
	return dollars <= 24 && size <= 4096 && !grows(data + line, size - line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Nothing can be made in this folder, and no file in it changes: a remade makefile would be
	 * read again for ever. */
	struct make_setup setup = {.program = S("make"),
				   .make_command = S("make"),
				   .cwd = S("/proc/driver"),
				   .interrupted = &interrupted,
				   .host = &host};
	struct arena *mem;
	int fd;

	if (!is_tame(data, size))
		return -1;
	fd = memfd_create("makefile", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	mem = arena_new();
	lines = 0;
	interrupted = 0;
	*vec_push(mem, &setup.args) = S("-nkf");
	*vec_push(mem, &setup.args) = str_fmt(mem, "/proc/self/fd/%d", fd);
	make_run(&setup);
	arena_free(mem);
	close(fd);
	return 0;
}
