/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading images of tplink-safeloader.c, the vendor's too. Those of one kind begin with the MD5 and
 * have 60 bytes more in front ("?NEW" at 0x14); another has "fw-type:Cloud" where the vendor's text
 * is.
 */
#include "firmware/tplink_safeloader.h"

#include <errno.h>
#include <stdlib.h>

#include "digest/digest.h"

enum { PAYLOAD_NEW = 0x1050, NAME_MOST = 31, VENDOR_MOST = 0x1000, BUILT = 16 };

static const unsigned char salt[16] = {
	0x7a, 0x2b, 0x15, 0xed, 0x9b, 0x98, 0x59, 0x6d, 0xe5, 0x04, 0xab, 0x44, 0xac, 0x2a, 0x9f,
	0x4e,
};

struct image {
	struct str all;
	size_t payload;			/* offset of the image's partition table */
	struct str vendor;		/* unset: none */
	struct safeloader_table table;	/* bases from payload on */
};

static void *begin(struct arena *mem)
{
	void *state = arena_alloc(mem, digest_md5.state);

	digest_md5.begin(state);
	digest_md5.update(state, salt, sizeof(salt));
	return state;
}

void safeloader_digest(struct arena *mem, struct blob *b, unsigned char *out)
{
	void *state = begin(mem);
	uint64_t pos = 0;
	struct str span;

	while (blob_next(b, &pos, &span))
		digest_md5.update(state, span.p, span.n);
	digest_md5.end(state, out);
}

static void digest_str(struct arena *mem, struct str s, unsigned char *out)
{
	void *state = begin(mem);

	digest_md5.update(state, s.p, s.n);
	digest_md5.end(state, out);
}

/* The hexadecimal number behind the next blank of LINE, which goes on behind it. */
static bool take_number(struct arena *mem, struct str *line, uint32_t *out)
{
	struct str word;

	/* "base" or "size" */
	if (str_chr(*line, ' ') < 0 || !str_split(line, ' ', &word))
		return false;
	*out = (uint32_t)strtoul(str_cz(mem, *line), NULL, 16);
	return true;
}

static bool take_line(struct arena *mem, struct str line, struct safeloader_partition *p)
{
	struct str word;

	*p = (struct safeloader_partition){0};
	if (str_chr(line, ' ') < 0 || !str_split(&line, ' ', &word) || str_chr(line, ' ') < 0 ||
	    !str_split(&line, ' ', &p->name) || !take_number(mem, &line, &p->base) ||
	    str_chr(line, ' ') < 0 || !str_split(&line, ' ', &word) ||
	    !take_number(mem, &line, &p->size))
		return false;
	p->name = str_sub(p->name, 0, NAME_MOST);
	return true;
}

/*
 * The lines that begin with WORD in the table at OFFSET of ALL; false: none, or not a good
 * table.
 */
static bool read_table(struct arena *mem, struct str all, uint64_t offset, const char *word,
		       struct safeloader_table *t)
{
	struct str rest;

	t->n = 0;
	if (offset > all.n || all.n - offset < SAFELOADER_TABLE)
		return false;
	rest = str_sub(all, (size_t)offset, SAFELOADER_TABLE - 1);
	while (str_starts(rest, str_z(word))) {
		ptrdiff_t end = str_chr(rest, '\n');

		if (end < 0)
			break;
		if (t->n == SAFELOADER_MOST ||
		    !take_line(mem, str_sub(rest, 0, (size_t)end), &t->p[t->n]) ||
		    memchr(rest.p, 0, (size_t)end))
			return false;
		t->n++;
		rest = str_from(rest, (size_t)end + 1);
	}
	return t->n != 0;
}

static bool read_image(struct arena *mem, struct str all, struct image *m)
{
	const unsigned char *h = (const unsigned char *)all.p + SAFELOADER_PREAMBLE;
	struct str head = str_from(all, SAFELOADER_PREAMBLE);

	*m = (struct image){.all = all, .payload = SAFELOADER_PAYLOAD};
	if (all.n < SAFELOADER_PAYLOAD + SAFELOADER_TABLE)
		return false;
	if (str_starts(head, S("?NEW")))
		m->payload = PAYLOAD_NEW;
	else if (!str_starts(head, S("fw-type:Cloud")) && get_be32(h) <= VENDOR_MOST)
		m->vendor = str_sub(head, 4, get_be32(h));
	return read_table(mem, all, m->payload, "fwup-ptn", &m->table);
}

const struct safeloader_partition *safeloader_find(const struct safeloader_table *t,
						   const char *name)
{
	for (size_t i = 0; i < t->n; i++) {
		if (str_is(t->p[i].name, name))
			return &t->p[i];
	}
	return NULL;
}

/* The bytes of P; false when the file is shorter. */
static bool get_bytes(const struct image *m, const struct safeloader_partition *p, struct str *out)
{
	*out = str_sub(m->all, m->payload + p->base, p->size);
	return out->n == p->size && m->payload + p->base <= m->all.n;
}

/* The list NAME without its header; false: not there, or damaged. */
static bool get_list(const struct image *m, const char *name, struct str *whole, struct str *list)
{
	const struct safeloader_partition *p = safeloader_find(&m->table, name);
	uint32_t n;

	if (!p || !get_bytes(m, p, whole) || whole->n < SAFELOADER_LIST)
		return false;
	n = get_be32((const unsigned char *)whole->p);
	*list = str_sub(*whole, SAFELOADER_LIST, n);
	return list->n == n;
}

static struct str text_of(struct str s)
{
	ptrdiff_t nul = str_chr(s, 0);

	return nul < 0 ? s : str_sub(s, 0, (size_t)nul);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] > 0x7f)
			return false;
	}
	return true;
}

/* --- check and show --- */

bool safeloader_check(struct firmware_view *v)
{
	struct str all = firmware_bytes(v), bytes;
	const unsigned char *h = (const unsigned char *)all.p;
	unsigned char digest[16];
	struct image m;
	uint32_t size;

	if (!read_image(v->mem, all, &m))
		return false;
	v->extent = m.payload + SAFELOADER_TABLE;
	for (size_t i = 0; i < m.table.n; i++) {
		if (!get_bytes(&m, &m.table.p[i], &bytes))
			firmware_bad(v, "%.*s reaches out of the file", STR_ARG(m.table.p[i].name));
	}
	if (m.payload == PAYLOAD_NEW)
		return true; /* how its MD5 is made is not known */
	size = get_be32(h);
	if (size < SAFELOADER_PREAMBLE || size > all.n) {
		firmware_bad(v, "the header says %u bytes, there are %zu", size, all.n);
		return true;
	}
	digest_str(v->mem, str_sub(all, SAFELOADER_PREAMBLE, size - SAFELOADER_PREAMBLE), digest);
	firmware_compare(v, "MD5", h + 4, digest, sizeof(digest));
	return true;
}

static void show_list(struct firmware_view *v, const char *name, struct str list)
{
	struct str line;

	while (str_split(&list, '\n', &line)) {
		struct str text = firmware_text(v, str_trim(line).p, str_trim(line).n);

		if (text.n)
			firmware_put_field(v, name, "%.*s", STR_ARG(text));
	}
}

void safeloader_show(struct firmware_view *v)
{
	struct str whole, list, name;
	struct image m;

	read_image(v->mem, firmware_bytes(v), &m);
	show_list(v, "vendor", m.vendor);
	for (size_t i = 0; i < m.table.n; i++) {
		name = firmware_text(v, m.table.p[i].name.p, m.table.p[i].name.n);
		firmware_put_field(v, "partition", "%.*s, %u bytes at %llu", STR_ARG(name),
				   m.table.p[i].size,
				   (unsigned long long)m.payload + m.table.p[i].base);
	}
	if (get_list(&m, "soft-version", &whole, &list)) {
		const unsigned char *s = (const unsigned char *)list.p;

		if (is_ascii(list))
			show_list(v, "version", text_of(list));
		else if (list.n >= 12)
			firmware_put_field(v, "version",
					   "%d.%d.%d of %02x%02x-%02x-%02x, revision %u", s[1],
					   s[2], s[3], s[4], s[5], s[6], s[7], get_be32(s + 8));
	}
	if (get_list(&m, "support-list", &whole, &list))
		show_list(v, "for", list);
}

/* --- what the tool prints and takes apart --- */

static bool load(struct firmware_run *run, struct str path, struct image *m)
{
	struct blob *b = NULL;
	bool good;

	if (run->read(run, path, &b) != 0)
		return false;
	/* The bytes outlive the blob that may be theirs. */
	good = read_image(run->mem, str_dup(run->mem, blob_flat(run->mem, b)), m);
	blob_unref(b);
	return good;
}

static void print_table(struct buf *out, const struct safeloader_table *t)
{
	buf_fmt(out, "%-8s %-8s %s\n", "base", "size", "name");
	for (size_t i = 0; i < t->n; i++)
		buf_fmt(out, "%08x %08x %.*s\n", t->p[i].base, t->p[i].size, STR_ARG(t->p[i].name));
}

/* False: the tool would print what is behind the partition. */
static bool print_version(struct buf *out, struct str whole, struct str list)
{
	const unsigned char *s = (const unsigned char *)list.p;

	buf_z(out, "\n[Software version]\n");
	if (is_ascii(list)) {
		buf_str(out, text_of(list));
		buf_char(out, '\n');
		return true;
	}
	if (list.n < 8) {
		buf_z(out, "Failed to parse data\n");
		return true;
	}
	if (whole.n < SAFELOADER_LIST + BUILT)
		return false;
	buf_fmt(out, "Version: %d.%d.%d\nDate: %02x%02x-%02x-%02x\nRevision: %d\n", s[1], s[2],
		s[3], s[4], s[5], s[6], s[7], (int)get_be32(s + 8));
	if (list.n >= 12)
		buf_fmt(out, "Compatibility level: %d\n", (int)get_be32(s + 12));
	return true;
}

int safeloader_info(struct firmware_run *run, struct str path)
{
	struct buf b = buf_new(run->mem);
	struct safeloader_table flash;
	const struct safeloader_partition *p;
	struct str whole, list;
	struct image m;

	if (!load(run, path, &m) || !(p = safeloader_find(&m.table, "partition-table")) ||
	    !read_table(run->mem, m.all, (uint64_t)m.payload + p->base + 4, "partition", &flash))
		return -1;
	if (m.vendor.p) {
		struct str text = text_of(m.vendor);

		buf_fmt(&b, "Firmware vendor string:\n%.*s\n", STR_ARG(text));
	}
	buf_z(&b, "Firmware image partitions:\n");
	print_table(&b, &m.table);
	if (!get_list(&m, "soft-version", &whole, &list) || !print_version(&b, whole, list) ||
	    !get_list(&m, "support-list", &whole, &list))
		return -1;
	buf_z(&b, "\n[Support list]\n");
	buf_str(&b, list);
	buf_z(&b, "\n\n[Partition table]\n");
	print_table(&b, &flash);
	buf_str(run->out, buf_view(&b));
	return 0;
}

static int write_bytes(struct firmware_run *run, struct str path, struct str bytes)
{
	struct blob *b = blob_copy(bytes.p, bytes.n);
	int err = run->write(run, path, b);

	blob_unref(b);
	if (err)
		return firmware_say(run, "\n", "Can not open output file %.*s: %s", STR_ARG(path),
				    strerror(-err));
	return 0;
}

int safeloader_extract(struct firmware_run *run, struct str path, struct str folder)
{
	struct blob *b = NULL;
	struct str bytes;
	struct image m;
	int64_t time;
	int err = run->mtime(run, path, &time);

	if (err)
		return firmware_say(run, "\n", "Can not read input firmware %.*s: %s",
				    STR_ARG(path), strerror(-err));
	err = run->mtime(run, folder, &time);
	if (err)
		return firmware_say(run, "\n", "Failed to stat output directory %.*s: %s",
				    STR_ARG(folder), strerror(-err));
	err = run->read(run, folder, &b);
	blob_unref(b);
	if (!err)
		return firmware_say(run, "\n", "Given output directory is not a directory %.*s: %s",
				    STR_ARG(folder), strerror(0));
	if (!load(run, path, &m))
		return -1;
	for (size_t i = 0; i < m.table.n; i++) {
		/* Nor is anything written outside of the folder. */
		if (!get_bytes(&m, &m.table.p[i], &bytes) || str_chr(m.table.p[i].name, '/') >= 0)
			return -1;
	}
	for (size_t i = 0; i < m.table.n; i++) {
		struct str name = str_fmt(run->mem, "%.*s/%.*s", STR_ARG(folder),
					  STR_ARG(m.table.p[i].name));

		get_bytes(&m, &m.table.p[i], &bytes);
		if (write_bytes(run, name, bytes) != 0)
			return 1;
	}
	return 0;
}

int safeloader_convert(struct firmware_run *run, struct str path, struct str out)
{
	const struct safeloader_partition *table, *os, *fs, *flash_os, *flash_fs;
	struct safeloader_table flash;
	struct str kernel, rootfs;
	struct image m;
	struct blob *image, *piece, *all;
	int err;

	if (!load(run, path, &m) || !(os = safeloader_find(&m.table, "os-image")) ||
	    !(fs = safeloader_find(&m.table, "file-system")) ||
	    !(table = safeloader_find(&m.table, "partition-table")) ||
	    !read_table(run->mem, m.all, (uint64_t)m.payload + table->base + 4, "partition",
			&flash) ||
	    !(flash_os = safeloader_find(&flash, "os-image")) ||
	    !(flash_fs = safeloader_find(&flash, "file-system")) || !get_bytes(&m, os, &kernel) ||
	    !get_bytes(&m, fs, &rootfs) || flash_os->size < os->size ||
	    flash_fs->base < flash_os->base)
		return -1;
	image = blob_copy(kernel.p, kernel.n);
	firmware_join(&image, blob_run(0xff, flash_os->size - os->size));
	piece = blob_copy(rootfs.p, rootfs.n);
	all = blob_patch(image, flash_fs->base - flash_os->base, piece);
	blob_unref(image);
	blob_unref(piece);
	err = run->write(run, out, all);
	blob_unref(all);
	if (err)
		return firmware_say(run, "\n", "Can not open output firmware %.*s: %s",
				    STR_ARG(out), strerror(0));
	return 0;
}

void safeloader_parts(struct firmware_view *v)
{
	struct image m;

	if (!read_image(v->mem, firmware_bytes(v), &m))
		return;
	for (size_t i = 0; i < m.table.n; i++) {
		const struct safeloader_partition *p = &m.table.p[i];

		firmware_put_part(v, firmware_text(v, p->name.p, p->name.n),
				  m.payload + (uint64_t)p->base, p->size);
	}
}
