/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpio -o -H newc: an archive of the files named on the input; -i and -t of such are in
 * cpio_read.c. Everything else is the real tool's.
 *
 * A member (source: the newc format in cpio(5), Linux' initramfs documentation): "070701", then
 * thirteen numbers of 8 hex digits: inode, mode, uid, gid, links, mtime, size, device major and
 * minor, its own major and minor, name size with NUL, checksum 0; the name, NULs up to 4 bytes; the
 * bytes, NULs up to 4 bytes. The last member is called "TRAILER!!!". The whole fills 512-byte
 * blocks.
 */
#include <sys/sysmacros.h>

#include "applet/cpio.h"
#include "base/map.h"

static const char help[] =
    "cpio -o -H newc [-0] [-R UID:GID] [--quiet] [-F FILE]: an archive of the files\n"
    "  named on the input   --renumber-inodes --ignore-devno --reproducible\n"
    "cpio -i [-dmtu] [--quiet] [-F FILE]: the files of such an archive\n"
    "  -t  only their names   -m  with their times   -u  over newer ones\n";

enum { QUIET = 256, RENUMBER, NO_DEVICE, REPRODUCIBLE };

static const struct opt options[] = {
	{'o', "create", OPT_NONE, NULL},
	{'H', "format", OPT_VALUE, NULL},
	{'R', "owner", OPT_VALUE, NULL},
	{'F', "file", OPT_VALUE, NULL},
	{'0', "null", OPT_NONE, NULL},
	{'i', "extract", OPT_NONE, NULL},
	{'t', "list", OPT_NONE, NULL},
	{'d', "make-directories", OPT_NONE, NULL},
	{'m', "preserve-modification-time", OPT_NONE, NULL},
	{'u', "unconditional", OPT_NONE, NULL},
	{QUIET, "quiet", OPT_NONE, NULL},
	{RENUMBER, "renumber-inodes", OPT_NONE, NULL},
	{NO_DEVICE, "ignore-devno", OPT_NONE, NULL},
	{REPRODUCIBLE, "reproducible", OPT_NONE, NULL},
	{0},
};

/* A file with several names: its bytes come with the last of them. */
struct linked {
	struct strs names;
	uint64_t ino;
};

struct cpio {
	struct applet_cx *cx;
	bool create, extract, reads, newc, quiet, renumber, no_device, has_owner;
	char end;
	uint32_t uid, gid;
	struct str file;
	struct cpio_reading reading;
	struct blob *out;
	struct map *links;
	uint64_t next_ino;
	int status;
};

static void append(struct cpio *c, struct blob *b)
{
	struct blob *joined = blob_cat(c->out, b);

	blob_unref(c->out);
	blob_unref(b);
	c->out = joined;
}

static void pad(struct cpio *c, uint64_t unit)
{
	uint64_t rest = blob_size(c->out) % unit;

	if (rest)
		append(c, blob_run(0, unit - rest));
}

static void put_member(struct cpio *c, struct str name, const struct files_stat *st, uint64_t ino,
		       uint64_t links, struct blob *content, const struct stat *device)
{
	struct buf b = buf_new(c->cx->mem);
	time_t seconds = files_mtime(c->cx->files, applet_path(c->cx, name), st).tv_sec;
	bool ignored = c->no_device || st->dev == 0;

	buf_fmt(&b, "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X",
		(unsigned)ino, st->mode, c->has_owner ? c->uid : st->uid,
		c->has_owner ? c->gid : st->gid, (unsigned)links, (unsigned)seconds,
		content ? (unsigned)blob_size(content) : 0, ignored ? 0 : major(st->dev),
		ignored ? 0 : minor(st->dev), device ? major(device->st_rdev) : 0,
		device ? minor(device->st_rdev) : 0, (unsigned)name.n + 1, 0);
	buf_str(&b, name);
	buf_char(&b, '\0');
	append(c, blob_copy(b.p, b.n));
	pad(c, 4);
	if (!content)
		return;
	append(c, content);
	pad(c, 4);
}

static uint64_t inode(struct cpio *c, const struct files_stat *st)
{
	return c->renumber ? c->next_ino++ : st->ino;
}

static struct linked *linked_file(struct cpio *c, const struct files_stat *st)
{
	struct str key = str_fmt(c->cx->mem, "%llx:%llx", (unsigned long long)st->dev,
				 (unsigned long long)st->ino);
	void **slot = map_at(c->links, key);
	struct linked *l = *slot;

	if (!l) {
		l = arena_make(c->cx->mem, struct linked);
		l->ino = inode(c, st);
		*slot = l;
	}
	return l;
}

static void put_linked(struct cpio *c, struct linked *l, bool all)
{
	struct files_stat st;
	struct str path = applet_path(c->cx, l->names.p[0]);
	struct blob *content = NULL;

	if (files_lstat(c->cx->files, path, &st) != 0 ||
	    (!all && l->names.n < st.nlink) || files_read(c->cx->files, path, &content) != 0)
		return;
	for (size_t i = 0; i < l->names.n; i++)
		put_member(c, l->names.p[i], &st, l->ino, st.nlink,
			   i + 1 == l->names.n ? content : NULL, NULL);
	l->names.n = 0;
}

/* The name in the archive: "./x" is "x". */
static struct str member_name(struct str name)
{
	while (name.n > 2 && name.p[0] == '.' && name.p[1] == '/') {
		name = str_from(name, 2);
		while (name.n > 1 && name.p[0] == '/')
			name = str_from(name, 1);
	}
	return name;
}

static void add(struct cpio *c, struct str name)
{
	struct applet_cx *cx = c->cx;
	struct str path = applet_path(cx, name), target;
	struct files_stat st;
	struct stat device;
	struct blob *content = NULL;
	struct linked *l;
	int err = files_lstat(cx->files, path, &st);
	bool special = err == 0 && (S_ISCHR(st.mode) || S_ISBLK(st.mode));

	if (err == 0 && S_ISREG(st.mode) && st.nlink > 1) {
		l = linked_file(c, &st);
		*vec_push(cx->mem, &l->names) = member_name(name);
		put_linked(c, l, false);
		return;
	}
	if (err == 0 && S_ISREG(st.mode))
		err = files_read(cx->files, path, &content);
	if (err == 0 && S_ISLNK(st.mode)) {
		err = files_readlink(cx->files, cx->mem, path, &target);
		content = err ? NULL : blob_copy(target.p, target.n);
	}
	if (err) {
		applet_say_errno(cx, str_fmt(cx->mem, "%.*s: Cannot %s", STR_ARG(name),
					     err == -ENOENT ? "stat" : "open"), err);
		c->status = 2;
		return;
	}
	if (special && lstat(str_cz(cx->mem, path), &device) != 0)
		special = false;
	put_member(c, member_name(name), &st, inode(c, &st), st.nlink, content,
		   special ? &device : NULL);
}

static void add_all(struct cpio *c, struct str names)
{
	struct files_stat none = {0};
	struct str name;
	size_t pos = 0;
	void *l;

	while (applet_line(&names, c->end, &name)) {
		name = applet_chomp(name, c->end);
		if (str_chr(name, '\0') >= 0)
			name = str_sub(name, 0, (size_t)str_chr(name, '\0'));
		if (name.n)
			add(c, name);
		else
			applet_say(c->cx, "blank line ignored");
	}
	while (map_next(c->links, &pos, NULL, &l))
		if (((struct linked *)l)->names.n)
			put_linked(c, l, true);
	c->has_owner = false;
	put_member(c, S("TRAILER!!!"), &none, 0, 1, NULL, NULL);
	pad(c, 512);
}

static bool take_owner(struct cpio *c, struct str value)
{
	ptrdiff_t colon = str_chr(value, ':');
	uint64_t uid, gid;

	if (colon < 0 || !str_number(str_sub(value, 0, (size_t)colon), 10, &uid) ||
	    !str_number(str_from(value, (size_t)colon + 1), 10, &gid))
		return false;
	c->has_owner = true;
	c->uid = (uint32_t)uid;
	c->gid = (uint32_t)gid;
	return true;
}

static bool take_option(struct cpio *c, int o, struct str value)
{
	switch (o) {
	case 'o': return !c->create && (c->create = true); /* twice is an error */
	case 'H': return c->newc = str_is(value, "newc");
	case 'R': return take_owner(c, value);
	case 'F': c->file = value; return str_chr(value, ':') < 0;
	case '0': c->end = '\0'; return true;
	case 'i': return !c->extract && (c->extract = true);
	case 't': c->reading.list = true; return true;
	case 'd': return c->reads = true;
	case 'm': return c->reads = c->reading.keep_time = true;
	case 'u': return c->reads = c->reading.unconditional = true;
	case QUIET: return c->quiet = true;
	case RENUMBER: return c->renumber = true;
	case NO_DEVICE: return c->no_device = true;
	case REPRODUCIBLE: return c->renumber = c->no_device = true;
	default: return false;
	}
}

static bool reads_plainly(struct cpio *c, const struct opts *o)
{
	c->reading.quiet = c->quiet;
	c->reading.file = c->file;
	return !c->create && o->operands.n == 0 && c->end == '\n' && !c->has_owner &&
	       !c->renumber && !c->no_device;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct cpio c = {.cx = cx, .end = '\n'};
	struct str names, bad;
	uint64_t blocks;
	int opt, err;

	while ((opt = opts_next(&o)) != OPTS_END)
		if (!take_option(&c, opt, o.value))
			return applet_decline(cx);
	if (c.extract || c.reading.list)
		return reads_plainly(&c, &o) ? cpio_read(cx, &c.reading) : applet_decline(cx);
	if (!c.create || c.reads || !c.newc || o.operands.n ||
	    (!c.file.p && stream_is_tty(cx->out)))
		return applet_decline(cx);
	if (!applet_read_text(cx, S("-"), &names))
		return 2;
	err = c.file.p ? applet_creatable(cx, c.file) : 0;
	if (err) {
		stream_fmt(cx->err, "cpio: Cannot open %.*s: %s\n", STR_ARG(c.file),
			   strerror(-err));
		return 2;
	}
	/* Inode numbers go into the archive: the files need theirs. */
	files_commit(cx->files, &bad);
	c.out = blob_empty();
	c.links = map_new(cx->mem);
	add_all(&c, names);
	blocks = blob_size(c.out) / 512;
	if (!applet_write(cx, c.file.p ? c.file : S("-"), c.out))
		c.status = 2;
	blob_unref(c.out);
	if (!c.quiet)
		stream_fmt(cx->err, "%llu block%s\n", (unsigned long long)blocks,
			   blocks == 1 ? "" : "s");
	return applet_status(cx, c.status);
}

const struct applet applet_cpio = {
	.name = "cpio",
	.help = help,
	.run = run,
};
