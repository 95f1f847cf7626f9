/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fuzz: any bytes as a source for cpp, in files that are in memory only. It gives the same text
 * twice, or leaves the source to the real one and says nothing. The source may include itself, and
 * a header that is there.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "applet/applet.h"
#include "base/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put(struct files *f, struct str path, struct str text)
{
	struct blob *b = blob_copy(text.p, text.n);

	if (files_write(f, path, b) != 0)
		abort();
	blob_unref(b);
}

/* gcc 12.2.0 as far as cpp looks, a header, and the source. Folders are made where we are. */
static struct files *lay_out(struct arena *mem, struct str here, struct str source)
{
	static const char program[] = "\177ELF\0COLLECT_GCC\00012.2.0";
	static const char *const folders[] = {"bin", "lib", "lib/gcc", "in"};
	struct files *f = files_new(&(struct files_options){0});

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		int error = files_mkdir(f, path_join(mem, here, str_z(folders[i])), 0777);

		if (error && error != -EEXIST)
			abort();
	}
	put(f, path_join(mem, here, S("bin/cpp")), (struct str){program, sizeof(program)});
	put(f, path_join(mem, here, S("in/h")),
	    S("#ifndef H\n#define H(x, y...) x##y #x\n#endif\nh\n"));
	put(f, path_join(mem, here, S("source")), source);
	return f;
}

/* What becomes of SOURCE; NULL: it is left to the real one. */
static struct blob *preprocess(struct str source)
{
	static const struct str argv[] = {
	    S("cpp"), S("-nostdinc"), S("-undef"), S("-x"), S("assembler-with-cpp"),
	    S("-D"),  S("D=1"),	      S("-I"),	   S("in"), S("-o"),
	    S("out"), S("source")};
	struct arena *mem = arena_new();
	char room[PATH_MAX];
	struct str here = str_z(getcwd(room, sizeof(room)));
	struct stream *out = stream_sink(mem), *err = stream_sink(mem);
	struct applet_cx cx = {.mem = mem,
			       .files = lay_out(mem, here, source),
			       .cwd = here,
			       .in = stream_null(mem),
			       .out = out,
			       .err = err,
			       .argv = argv,
			       .argc = sizeof(argv) / sizeof(*argv),
			       .program = path_join(mem, here, S("bin/cpp"))};
	int status = applet_find(S("cpp"))->run(&cx);
	struct blob *said = stream_collected(out), *told = stream_collected(err), *text = NULL;

	if (status != 0 && status != APPLET_DECLINE)
		abort();
	if (blob_size(said) || blob_size(told))
		abort();
	if (status == 0 && files_read(cx.files, path_join(mem, here, S("out")), &text) != 0)
		abort();
	blob_unref(said);
	blob_unref(told);
	stream_close(cx.in);
	stream_close(out);
	stream_close(err);
	files_free(cx.files);
	arena_free(mem);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str source = {(const char *)data, size};
	struct blob *first = preprocess(source), *second = preprocess(source);

	if ((first == NULL) != (second == NULL) || (first && !blob_equal(first, second)))
		abort();
	blob_unref(first);
	blob_unref(second);
	return 0;
}
