/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fuzz: any bytes as a makefile, read to the end or to a fatal error; $(shell) says nothing and no
 * recipe runs. What could grow without end in GNU make too, write or read the system's files is left out.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "make/make.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int says_nothing(void *ctx, struct make *make, struct arena *mem, struct str shell,
			struct str shell_flags, struct str text, struct env env, struct str cwd,
			struct str *out)
{
	(void)ctx, (void)make, (void)mem, (void)shell, (void)shell_flags, (void)text, (void)env, (void)cwd;
	*out = S("");
	return 0;
}

/* $(file >...) needs its sign, absolute names theirs; expansions double with each two dollars. */
static bool is_tame(const uint8_t *data, size_t size)
{
	size_t dollars = 0;

	for (size_t i = 0; i < size; i++)
		dollars += data[i] == '$';
	return dollars <= 24 && size <= 4096 && !memchr(data, '>', size) && !memchr(data, '/', size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct make_host host = {.shell = says_nothing};
	struct arena *mem;
	struct make_setup setup = {.program = S("make"), .make_command = S("make"), .cwd = S("/proc/self/fdinfo"),
				   .host = &host};
	struct make *make;
	int fd;

	if (!is_tame(data, size))
		return -1;
	fd = memfd_create("makefile", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	mem = arena_new();
	*vec_push(mem, &setup.args) = S("-f");
	*vec_push(mem, &setup.args) = str_fmt(mem, "/proc/self/fd/%d", fd);
	make = make_open(&setup);
	if (make)
		make_close(make);
	arena_free(mem);
	close(fd);
	return 0;
}
