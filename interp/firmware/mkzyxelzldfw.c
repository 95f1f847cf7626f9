/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkzyxelzldfw: ZyXEL's ZLD image (NWA, NXC), big endian.
 *
 *  0  4  sum of all from 4 on, 512 bytes at the kernel as 0	  4 4 0xdeadbeaf
 *  8  2  version	 10 2 number of files	 12 2 5	 14 5*2 models, all bits set: none
 * 24  4  size of the image	 28 2 offset of the first file
 * 30  2  108	 32 2 size of a file's entry (272)	 40 32 CAPWAP version	 72 32 model's name
 *
 * An entry for each file, then the files one behind the other:
 *
 *   0  2  type	  4 4 size	  8 4 sum of the file	 12 4 offset in the flash
 *  16 64  name	 80 128 target	208 32 revision	240 32 date
 *
 * In front of the kernel and counted as its own are 512 bytes:
 *
 *   0 64  boot manager's version	 64 64 kernel's, 128 64 core's: "REVISION | DATE"
 * 192 32  CAPWAP version	224 32 model's name
 * 256  4  sum of the boot manager, 260 4 of the kernel, 264 4 of the image, 268 4 of the core
 * 272  2  5, 274 5*2 models	508 4 baud rate (115200)
 *
 * A sum is the four words of an MD5 added up, 1 for 0. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 104, MAGIC_AT = 4, VERSION = 8, FILES = 10, MODELS = 12, TOTAL = 24, FIRST = 28,
	CAPWAP = 40, MODEL = 72, TEXT = 32, MODELS_MOST = 5,
	ENTRY = 272, ENTRY_SIZE = 4, ENTRY_SUM = 8, FLASH = 12, NAME = 16, NAME_ROOM = 64,
	TARGET = 80, TARGET_ROOM = 128, REVISION = 208, DATE = 240, FILES_MOST = 32,
	KERNEL = 512, KERNEL_VERSION = 64, CORE_VERSION = 128, KERNEL_CAPWAP = 192,
	KERNEL_MODEL = 224, BM_SUM = 256, KERNEL_SUM = 260, ZLD_SUM = 264, CORE_SUM = 268,
	KERNEL_MODELS = 272, BAUD_RATE = 508, VERSION_ROOM = 64, MD5 = 16, MD5_STATE = 512,
	TYPE_KERNEL = 2, TYPE_CORE = 3,
};
static const uint32_t magic = 0xdeadbeaf;

static const char *const types[] = {"bm", "kernel", "core", "db", "conf", "wtp"};
enum { TYPES = sizeof(types) / sizeof(*types) };

static const struct opt options[] = {
	{'v', NULL, OPT_VALUE, "VERSION"},
	{'b', NULL, OPT_VALUE, "SUM  of the boot manager"},
	{'c', NULL, OPT_VALUE, "VERSION  of CAPWAP"},
	{'m', NULL, OPT_VALUE, "NAME"},
	{'d', NULL, OPT_VALUE, "MODEL"},
	{'i', NULL, OPT_VALUE, "FILE"},
	{'o', NULL, OPT_VALUE, "OFFSET  of that file in the flash"},
	{'r', NULL, OPT_VALUE, "REVISION"},
	{'t', NULL, OPT_VALUE, "TYPE"},
	{'x', NULL, OPT_VALUE, "TARGET"},
	{0, NULL, OPT_NONE, NULL},
};

struct file {
	struct str path;
	unsigned char entry[ENTRY];
	struct blob *data;
};

struct job {
	struct firmware_run *run;
	unsigned char header[HEADER], kernel[KERNEL];
	size_t models, n;
	struct file files[FILES_MOST];
	uint64_t kernel_at;	/* 0: none */
	struct blob *image;
};

#define complain(j, ...) fail(j, str_fmt((j)->run->mem, __VA_ARGS__))

/* The tool says it on standard output. */
static int fail(struct job *j, struct str text)
{
	buf_fmt(j->run->out, "Error: %.*s\n", STR_ARG(text));
	return 1;
}

/* --- options: 0, the exit status, or -1 to be declined --- */

static uint32_t hex_number(struct job *j, struct str text)
{
	return (uint32_t)strtol(str_cz(j->run->mem, text), NULL, 16);
}

/* One byte less than the room is the tool's. */
static void put_text(unsigned char *p, size_t room, struct str text)
{
	tool_put_text(p, room, str_sub(text, 0, room - 1));
}

static int add_model(struct job *j, struct str value)
{
	if (j->models == MODELS_MOST)
		return complain(j, "Max. number of supported models is %d", MODELS_MOST);
	put_be16(j->header + MODELS + 2 + 2 * j->models++, (uint16_t)hex_number(j, value));
	return 0;
}

static int add_file(struct job *j, struct str value)
{
	struct file *f = &j->files[j->n];
	ptrdiff_t slash = str_rchr(value, '/');
	int64_t seconds;
	struct tm tm;
	char date[TEXT];

	if (j->n == FILES_MOST)
		return complain(j, "Maximum number of files reached (%d)", FILES_MOST);
	if (j->run->mtime(j->run, value, &seconds) != 0)
		return complain(j, "Stat failed on %.*s", STR_ARG(value));
	if (!j->run->local || !j->run->local(j->run, seconds, &tm) ||
	    !strftime(date, sizeof(date) - 1, "%Y-%m-%d %H:%M:%S", &tm))
		return -1;
	f->path = value;
	put_text(f->entry + NAME, NAME_ROOM, str_from(value, slash < 0 ? 0 : (size_t)slash));
	put_text(f->entry + DATE, TEXT, str_z(date));
	j->n++;
	return 0;
}

static int take_type(struct job *j, struct file *f, struct str value)
{
	for (uint16_t i = 0; i < TYPES; i++) {
		if (str_is(value, types[i])) {
			put_be16(f->entry, i + 1);
			return 0;
		}
	}
	buf_z(j->run->out, "Supported file types:\n");
	for (int i = 0; i < TYPES; i++)
		buf_fmt(j->run->out, "%8s (ID 0x%x)\n", types[i], (unsigned)i + 1);
	return complain(j, "Unknown file type \"%.*s\"", STR_ARG(value));
}

/* What is said of the last file. */
static int take_of_file(struct job *j, int id, struct str value)
{
	struct file *f;

	if (!j->n)
		return id == 'o'   ? complain(j, "Specify offset after filename")
		       : id == 'r' ? complain(j, "Specify file revision after filename")
		       : id == 't' ? complain(j, "Specify file type after filename!")
				   : complain(j, "Specify file target after filename!");
	f = &j->files[j->n - 1];
	if (id == 't')
		return take_type(j, f, value);
	if (id == 'o')
		put_be32(f->entry + FLASH, hex_number(j, value));
	else if (id == 'r')
		put_text(f->entry + REVISION, TEXT, value);
	else
		put_text(f->entry + TARGET, TARGET_ROOM, value);
	return 0;
}

static int take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'v':
		put_be16(j->header + VERSION, (uint16_t)hex_number(j, value));
		return get_be16(j->header + VERSION) ? 0 : complain(j, "Invalid version number");
	case 'b': put_be32(j->kernel + BM_SUM, hex_number(j, value)); return 0;
	case 'c': put_text(j->header + CAPWAP, TEXT, value); return 0;
	case 'm': put_text(j->header + MODEL, TEXT, value); return 0;
	case 'd': return add_model(j, value);
	case 'i': return add_file(j, value);
	default: return take_of_file(j, id, value);
	}
}

static int check_files(struct job *j)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct file *f = &j->files[i];

		if (!get_be16(f->entry))
			return complain(j, "No file or type specified for file %.*s",
					STR_ARG(f->path));
		if (!f->entry[TARGET])
			return complain(j, "Target missing for %.*s (e.g. -x zldfs)",
					STR_ARG(f->path));
		if (!f->entry[REVISION])
			return complain(j, "Revision missing for %.*s", STR_ARG(f->path));
	}
	return 0;
}

static int check_options(struct job *j)
{
	if (!j->models)
		return complain(j, "Supported model IDs missing (option -d)");
	if (!get_be16(j->header + VERSION))
		return complain(j, "Version number missing (e.g. -v 0x100)");
	if (!get_be32(j->kernel + BM_SUM))
		return complain(j, "Bootmanager checksum is missing (option -b)");
	if (!j->header[MODEL])
		return complain(j, "Model name missing (option -m)");
	return check_files(j);
}

/* --- the image --- */

static uint32_t sum_of(const struct str *parts, size_t n)
{
	unsigned char md5[MD5];
	_Alignas(max_align_t) unsigned char state[MD5_STATE];
	uint32_t sum = 0;

	digest_md5.begin(state);
	for (size_t i = 0; i < n; i++)
		digest_md5.update(state, parts[i].p, parts[i].n);
	digest_md5.end(state, md5);
	for (size_t i = 0; i < MD5; i += 4)
		sum += get_be32(md5 + i);
	return sum ? sum : 1;
}

/* All of IMAGE but its first word, with NULs at the kernel's header. */
static uint32_t sum_of_image(struct str image, uint64_t kernel)
{
	static const char none[KERNEL];
	struct str parts[] = {
		str_sub(image, 4, kernel - 4), {none, KERNEL}, str_from(image, kernel + KERNEL),
	};

	return sum_of(parts, 3);
}

static void put_version(unsigned char *p, const unsigned char *entry, struct arena *mem)
{
	put_text(p, VERSION_ROOM, str_fmt(mem, "%s | %s", (const char *)entry + REVISION,
					  (const char *)entry + DATE));
}

/* All files are read; false: one cannot be, or there are kernels that would get one header. */
static bool read_files(struct job *j)
{
	size_t kernels = 0;

	for (size_t i = 0; i < j->n; i++) {
		kernels += get_be16(j->files[i].entry) == TYPE_KERNEL;
		if (j->run->read(j->run, j->files[i].path, &j->files[i].data) != 0)
			return false;
	}
	return kernels <= 1;
}

static void add_data(struct job *j, struct file *f, uint64_t *at, struct blob **body)
{
	uint16_t type = get_be16(f->entry);
	uint64_t size = blob_size(f->data);
	struct str data = blob_flat(j->run->mem, f->data);

	put_be32(f->entry + ENTRY_SUM, sum_of(&data, 1));
	if (type == TYPE_KERNEL) {
		j->kernel_at = *at;
		size += KERNEL;
		put_be32(j->kernel + KERNEL_SUM, get_be32(f->entry + ENTRY_SUM));
		put_version(j->kernel + KERNEL_VERSION, f->entry, j->run->mem);
		firmware_join(body, blob_run(0, KERNEL));
	} else if (type == TYPE_CORE) {
		put_be32(j->kernel + CORE_SUM, get_be32(f->entry + ENTRY_SUM));
		put_version(j->kernel + CORE_VERSION, f->entry, j->run->mem);
	}
	put_be32(f->entry + ENTRY_SIZE, (uint32_t)size);
	firmware_join(body, blob_ref(f->data));
	*at += size;
}

/* Header, entries and files, without the kernel's header and the sum of all. */
static void put_together(struct job *j)
{
	unsigned char *h = j->header;
	uint64_t at = HEADER + j->n * ENTRY;
	struct blob *body = blob_empty();

	put_be32(h + MAGIC_AT, magic);
	put_be16(h + FILES, (uint16_t)j->n);
	put_be16(h + MODELS, MODELS_MOST);
	put_be16(h + FIRST, (uint16_t)at);
	put_be16(h + FIRST + 2, HEADER + 4);
	put_be16(h + FIRST + 4, ENTRY);
	for (size_t i = 0; i < j->n; i++)
		add_data(j, &j->files[i], &at, &body);
	put_be32(h + TOTAL, (uint32_t)at);
	j->image = blob_copy(h, HEADER);
	for (size_t i = 0; i < j->n; i++)
		firmware_join(&j->image, blob_copy(j->files[i].entry, ENTRY));
	firmware_join(&j->image, body);
}

static void patch(struct blob **image, uint64_t at, const void *p, size_t n)
{
	struct blob *bytes = blob_copy(p, n), *whole = blob_patch(*image, at, bytes);

	blob_unref(bytes);
	blob_unref(*image);
	*image = whole;
}

static void finish(struct job *j)
{
	unsigned char *k = j->kernel;

	put_be32(j->header, sum_of_image(blob_flat(j->run->mem, j->image), j->kernel_at));
	memcpy(k + ZLD_SUM, j->header, 4);
	memcpy(k + KERNEL_MODEL, j->header + MODEL, TEXT);
	memcpy(k + KERNEL_CAPWAP, j->header + CAPWAP, TEXT);
	memcpy(k + KERNEL_MODELS, j->header + MODELS, 2 + 2 * MODELS_MOST);
	put_be32(k + BAUD_RATE, 115200);
	patch(&j->image, 0, j->header, 4);
	patch(&j->image, j->kernel_at, k, KERNEL);
}

static int make(struct job *j, struct str path)
{
	if (tool_put(j->run, path, blob_empty()) != 0)
		return complain(j, "Failed to open %.*s for writing", STR_ARG(path));
	if (!read_files(j))
		return -1;
	if (!j->header[CAPWAP])
		put_text(j->header + CAPWAP, TEXT, S("undefined"));
	put_together(j);
	if (j->kernel_at)
		finish(j);
	if (tool_put(j->run, path, j->image) != 0)
		return -1;
	return j->kernel_at ? 0 : complain(j, "Kernel image needed for checksum calculation");
}

static int mkzyxelzldfw_run(struct firmware_run *run)
{
	struct job *j = arena_zalloc(run->mem, 1, sizeof(*j));
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = 0;

	j->run = run;
	memset(j->header + MODELS + 2, 0xff, 2 * MODELS_MOST);
	while (!status && (id = opts_next(&o)) != OPTS_END)
		status = id == OPTS_ERROR ? -1 : take(j, id, o.value);
	if (!status && (run->argc == o.operands.n + 1 || !o.operands.n))
		return -1;
	if (!status)
		status = check_options(j);
	if (!status)
		status = make(j, o.operands.p[0]);
	for (size_t i = 0; i < j->n; i++)
		blob_unref(j->files[i].data);
	return status;
}

/* --- check --- */

struct member {
	const unsigned char *entry;
	uint64_t at;
	struct str data;	/* cut at the image's end; a kernel's with its header */
};

/* The next of N files behind *M (zeroed: the first). */
static bool next_member(struct str image, size_t i, struct member *m)
{
	const unsigned char *h = (const unsigned char *)image.p;
	size_t n = get_be16(h + FILES);

	if (i >= n || image.n < HEADER + (i + 1) * ENTRY)
		return false;
	m->at = i ? m->at + get_be32(m->entry + ENTRY_SIZE) : get_be16(h + FIRST);
	m->entry = h + HEADER + i * ENTRY;
	m->data = str_sub(image, m->at, get_be32(m->entry + ENTRY_SIZE));
	return true;
}

static bool is_kernel(const struct member *m)
{
	return get_be16(m->entry) == TYPE_KERNEL;
}

static void check_image(struct firmware_view *v, uint64_t kernel)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	uint32_t sum = sum_of_image(firmware_bytes(v), kernel);

	firmware_compare32(v, "sum", get_be32(h), sum);
	firmware_compare32(v, "sum in front of the kernel", get_be32(h + kernel + ZLD_SUM), sum);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	struct member m = {0};
	uint64_t kernel = 0;
	size_t i;

	if (image.n < HEADER || get_be32(h + MAGIC_AT) != magic ||
	    get_be16(h + FIRST) != HEADER + get_be16(h + FILES) * ENTRY)
		return false;
	tool_check_size(v, get_be32(h + TOTAL), image.n);
	for (i = 0; next_member(image, i, &m); i++) {
		struct str name = firmware_text(v, m.entry + NAME, NAME_ROOM);

		data = is_kernel(&m) ? str_from(m.data, KERNEL) : m.data;
		if (is_kernel(&m) && m.data.n >= KERNEL)
			kernel = m.at;
		if (m.data.n != get_be32(m.entry + ENTRY_SIZE))
			firmware_bad(v, "%.*s reaches out of the file", STR_ARG(name));
		else
			firmware_compare32(v, str_cz(v->mem, str_cat(v->mem, S("sum of "), name)),
					   get_be32(m.entry + ENTRY_SUM), sum_of(&data, 1));
	}
	if (i < get_be16(h + FILES))
		firmware_bad(v, "the entries reach out of the file");
	if (kernel)
		check_image(v, kernel);
	else
		firmware_bad(v, "there is no kernel");
	return true;
}

static void put_text_field(struct firmware_view *v, const char *name, const unsigned char *p)
{
	struct str text = firmware_text(v, p, TEXT);

	firmware_put_field(v, name, "%.*s", STR_ARG(text));
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	struct member m = {0};

	put_text_field(v, "model", h + MODEL);
	put_text_field(v, "CAPWAP version", h + CAPWAP);
	firmware_put_field(v, "version", "0x%04x", get_be16(h + VERSION));
	for (size_t i = 0; next_member(image, i, &m); i++) {
		unsigned type = get_be16(m.entry);
		struct str name = firmware_text(v, m.entry + NAME, NAME_ROOM);
		struct str target = firmware_text(v, m.entry + TARGET, TARGET_ROOM);

		firmware_put_field(v, type && type <= TYPES ? types[type - 1] : "file",
				   "%.*s, for %.*s, %u bytes at %llu", STR_ARG(name),
				   STR_ARG(target), get_be32(m.entry + ENTRY_SIZE),
				   (unsigned long long)m.at);
	}
}

static void parts(struct firmware_view *v)
{
	struct member m = {0};

	for (size_t i = 0; next_member(firmware_bytes(v), i, &m); i++) {
		uint32_t head = is_kernel(&m) ? KERNEL : 0;

		if (m.data.n > head)
			firmware_put_part(v, firmware_text(v, m.entry + TARGET, TARGET_ROOM),
					  m.at + head, m.data.n - head);
	}
}

const struct firmware firmware_mkzyxelzldfw = {
	.name = "mkzyxelzldfw",
	.format = "ZyXEL ZLD image",
	.help = "mkzyxelzldfw -v VERSION -b SUM [-c VERSION] -m NAME -d MODEL...\n"
		"             [-i FILE -t TYPE -x TARGET -r REVISION [-o OFFSET]]... OUTPUT\n",
	.write = mkzyxelzldfw_run,
	.check = check,
	.show = show,
	.parts = parts, /* not pure: dates of files go in */
};
