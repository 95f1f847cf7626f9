/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Formats twice in one process, on files in memory; the shared helpers; a whole image taken apart.
 */
#include "firmware/parts.h"

#include <errno.h>
#include <string.h>

#include "base/map.h"
#include "base/path.h"
#include "check.h"

/* --- a run whose files are in a map --- */

struct world {
	struct arena *mem;
	struct map *files;
	struct buf out, err;
	struct firmware_run run;
};

static int read_file(struct firmware_run *run, struct str path, struct blob **out)
{
	struct blob *b = map_get(((struct world *)run->cx)->files, path);

	if (!b)
		return -ENOENT;
	*out = blob_ref(b);
	return 0;
}

static int write_file(struct firmware_run *run, struct str path, struct blob *b)
{
	void **at = map_at(((struct world *)run->cx)->files, path);

	blob_unref(*at);
	*at = blob_ref(b);
	return 0;
}

static struct world *world_new(struct arena *mem)
{
	struct world *w = arena_make(mem, struct world);

	*w = (struct world){
	    .mem = mem, .files = map_new(mem), .out = buf_new(mem), .err = buf_new(mem)};
	w->run = (struct firmware_run){.mem = mem, .has_epoch = true, .epoch = 1700000000,
				       .out = &w->out, .err = &w->err, .read = read_file,
				       .write = write_file, .cx = w};
	return w;
}

static void world_end(struct world *w)
{
	size_t pos = 0;
	void *b;

	while (map_next(w->files, &pos, NULL, &b))
		blob_unref(b);
}

static void put(struct world *w, const char *name, struct blob *b)
{
	write_file(&w->run, str_z(name), b);
	blob_unref(b);
}

static void put_text(struct world *w, const char *name, const char *text)
{
	put(w, name, blob_copy(text, strlen(text)));
}

static struct blob *file(struct world *w, const char *name)
{
	return map_get(w->files, str_z(name));
}

/* Run a command line of words apart by blanks. */
static int tool(struct world *w, const char *line)
{
	VEC(struct str) argv = {0};
	struct str rest = str_z(line), word;

	while (str_word(&rest, &word))
		*vec_push(w->mem, &argv) = word;
	const struct firmware *f = firmware_find(path_base(argv.p[0]));

	CHECK(f && f->write);
	w->run.argv = argv.p;
	w->run.argc = argv.n;
	w->run.asked = false;
	w->run.program = str_chr(argv.p[0], '/') < 0 ? S("") : argv.p[0];
	return f->write(&w->run);
}

static struct blob *noise(size_t n, uint64_t seed)
{
	unsigned char *p = malloc(n);

	CHECK(p);
	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)check_random(&seed);
	return blob_adopt(p, n);
}

static void inputs(struct world *w)
{
	put(w, "kernel", noise(70001, 1));
	put(w, "rootfs", noise(200003, 2));
	put_text(w, "meta", "{\"a\": 1}\n");
	put_text(w, "config",
		 "[a]\nmode=ubi\nvol_id=0\nvol_name=a\nvol_type=static\nimage=rootfs\n");
}

/* --- tests --- */

/* The same command line twice gives the same bytes, and what the first run took leaves no trace. */
static void test_twice(void)
{
	static const char *const lines[] = {
		"mktplinkfw -H 1 -F 8M -k kernel -r rootfs -s -j -a 0x4 -C US -o",
		"mktplinkfw2 -H 1 -F 8Mmtk -k kernel -r rootfs -j -o",
		"trx -f kernel -a 4096 -f rootfs -o",
		"mkdniimg -B b -i kernel -o",
		"mkchkimg -k kernel -f rootfs -o",
		"ptgen -g -d 64M -p 1M -p 2M -o",
		"ubinize -p 64KiB -m 512 config -o",
		"mkimage -A mips -n n -d kernel",
		"tplink-safeloader -B ARCHER-C7-V5 -k kernel -r rootfs -j -o",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct arena *mem = arena_new();
		struct world *w = world_new(mem);
		struct firmware_walk *walk;

		inputs(w);
		CHECK(tool(w, str_fmt(mem, "%s one", lines[i]).p) == 0);
		CHECK(tool(w, "mktplinkfw -x") == 255);
		CHECK(tool(w, "ptgen -o three -h 16 -s 63 -p 1 -p 0") == 1);
		CHECK(tool(w, str_fmt(mem, "%s two", lines[i]).p) == 0);
		CHECK(blob_equal(file(w, "one"), file(w, "two")));
		walk = firmware_take_apart(mem, file(w, "one"), S("one"));
		CHECK(firmware_top(walk)->row || firmware_top(walk)->inside->row);
		CHECK(firmware_piece_bad(firmware_top(walk)) == 0);
		firmware_walk_end(walk);
		world_end(w);
		arena_free(mem);
	}
}

/* An option that is not known declines before anything is done. */
static void test_decline(void)
{
	struct arena *mem = arena_new();
	struct world *w = world_new(mem);

	inputs(w);
	for (const struct firmware *const *f = firmware_all(); *f; f++) {
		size_t before = map_count(w->files);

		/* Some take arguments only. */
		if (!(*f)->write || (!strstr((*f)->help, " -") && !strstr((*f)->help, "[-")))
			continue;
		/* kernel: padjffs2 takes its first argument for the file */
		CHECK(tool(w, str_fmt(mem, "%s kernel -_", (*f)->name).p) == -1);
		CHECK(map_count(w->files) == before);
	}
	world_end(w);
	arena_free(mem);
}

/* Every row is either a command or a format, and says what it is. */
static void test_rows(void)
{
	for (const struct firmware *const *f = firmware_all(); *f; f++) {
		CHECK((*f)->name && firmware_find(str_z((*f)->name)) == *f);
		CHECK((*f)->write || (*f)->check);
		CHECK(!(*f)->write || (*f)->help);
		CHECK(!(*f)->check == !(*f)->format);
		CHECK(!(*f)->check == !(*f)->show);
	}
	CHECK(!firmware_find(S("nothing of that name")));
}

/* Kernel, padding, an inner image, metadata: all are found, at their places. */
static void test_examine(void)
{
	struct arena *mem = arena_new();
	struct world *w = world_new(mem);
	struct firmware_walk *walk;
	const struct firmware_piece *p;
	struct blob *all;

	inputs(w);
	CHECK(tool(w, "mkimage -A mips -n k -d kernel part1") == 0);
	CHECK(tool(w, "trx -f rootfs -o part2") == 0);
	all = blob_resize(file(w, "part1"), 131072);
	firmware_join(&all, blob_ref(file(w, "part2")));
	put(w, "image", all);
	CHECK(tool(w, "fwtool -I meta image") == 0);
	walk = firmware_take_apart(mem, file(w, "image"), S("image"));
	CHECK(firmware_piece_bad(firmware_top(walk)) == 0);
	p = firmware_top(walk)->inside;
	CHECK(str_is(str_z(p->row->format), "uImage") && p->offset == 0);
	CHECK(p->bytes.n == blob_size(file(w, "part1")));
	p = p->next;
	CHECK(p->kind == FIRMWARE_PADDING && p->offset == blob_size(file(w, "part1")));
	p = p->next;
	CHECK(str_is(str_z(p->row->format), "TRX image") && p->offset == 131072);
	p = p->next;
	CHECK(str_is(str_z(p->row->format), "OpenWrt metadata") && !p->next);
	CHECK(p->offset == 131072 + blob_size(file(w, "part2")));
	firmware_walk_end(walk);
	world_end(w);
	arena_free(mem);
}

static void test_numbers(void)
{
	unsigned char p[8];

	put_be64(p, UINT64_C(0x0102030405060708));
	CHECK(p[0] == 1 && p[7] == 8 && get_be64(p) == UINT64_C(0x0102030405060708));
	CHECK(get_le64(p) == UINT64_C(0x0807060504030201));
	CHECK(get_be32(p) == 0x01020304 && get_le32(p) == 0x04030201);
	CHECK(get_be16(p) == 0x0102 && get_le16(p) == 0x0201);
	put_le64(p, UINT64_MAX - 1);
	CHECK(p[0] == 0xfe && p[7] == 0xff && get_le64(p) == UINT64_MAX - 1);
}

/* A tree whose own tool has other facts about a board gets the image from that. */
static void test_other_facts(void)
{
	struct arena *mem = arena_new();
	struct world *w = world_new(mem);
	const char *line = "bin/tplink-safeloader -B CPE210 -k kernel -r rootfs -o out";

	inputs(w);
	put_text(w, "bin/tplink-safeloader", "\177ELF\2\1 CPE510(TP-LINK|UN|N300-5):1.0");
	CHECK(tool(w, line) == -1);
	CHECK(!file(w, "out"));
	put_text(w, "bin/tplink-safeloader", "\177ELF\2\1 a link to imagemk");
	CHECK(tool(w, line) == 0);
	world_end(w);
	arena_free(mem);
}

int main(void)
{
	test_numbers();
	test_rows();
	test_twice();
	test_decline();
	test_other_facts();
	test_examine();
	return 0;
}
