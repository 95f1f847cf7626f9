/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fuzz: any bytes as a source for dtc, as several releases compile it, with and without warnings
 * and symbols. What is compiled must be a whole device tree, the same one twice. The source may
 * include itself, as source and as bytes.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/firmware.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct files {
	struct blob *source, *program, *result;
};

static int read_file(struct firmware_run *run, struct str path, struct blob **out)
{
	const struct files *f = run->cx;

	if (!str_is(path, "source") && !str_is(path, "program"))
		return -ENOENT;
	*out = blob_ref(str_is(path, "source") ? f->source : f->program);
	return 0;
}

static int write_file(struct firmware_run *run, struct str path, struct blob *b)
{
	struct files *f = run->cx;

	if (!str_is(path, "result"))
		abort();
	blob_unref(f->result);
	f->result = blob_ref(b);
	return 0;
}

/* What RELEASE makes of SOURCE; NULL: the real one is to run. */
static struct blob *compile(struct arena *mem, struct blob *source, const char *release,
			    const char *option)
{
	const struct str argv[] = {S("dtc"),	S("-O"),       S("dtb"),   S("-o"),
				   S("result"), str_z(option), S("source")};
	struct str text = str_fmt(mem, "\177ELF DTC %s", release);
	struct files f = {.source = source, .program = blob_copy(text.p, text.n + 1)};
	struct buf out = buf_new(mem), err = buf_new(mem);
	struct firmware_run run = {
	    .mem = mem,
	    .argv = argv,
	    .argc = sizeof(argv) / sizeof(*argv),
	    .program = S("program"),
	    .out = &out,
	    .err = &err,
	    .read = read_file,
	    .write = write_file,
	    .cx = &f,
	};
	int status = firmware_find(S("dtc"))->write(&run);

	if ((status != 0 && status != -1) || (status == 0) != (f.result != NULL) || out.n)
		abort();
	/* Warnings, unless -q. */
	if (err.n && (status != 0 || str_chr(str_z(option), 'q') >= 0))
		abort();
	blob_unref(f.program);
	return f.result;
}

static void check_tree(struct arena *mem, struct blob *tree)
{
	struct firmware_view v = {.mem = mem, .bytes = blob_flat(mem, tree)};

	if (!firmware_find(S("dtb"))->check(&v) && !firmware_find(S("fit"))->check(&v))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const releases[] = {"1.4.4", "1.6.1", "1.7.0-g1df7b047", "1.8.1"};
	static const char *const options[] = {"-q", "-f", "-@q"};

	for (size_t i = 0; i < 12; i++) {
		struct arena *mem = arena_new();
		struct blob *source = blob_copy(data, size), *first, *second;

		first = compile(mem, source, releases[i % 4], options[i / 4]);
		second = compile(mem, source, releases[i % 4], options[i / 4]);
		if ((first == NULL) != (second == NULL) || (first && !blob_equal(first, second)))
			abort();
		if (first)
			check_tree(mem, first);
		blob_unref(first);
		blob_unref(second);
		blob_unref(source);
		arena_free(mem);
	}
	return 0;
}
