/* SPDX-License-Identifier: GPL-2.0-only */
/* mkfwimage2: Ubiquiti's image (ubnt.c) of any parts. Source: firmware-utils. */
#include "firmware/ubnt.h"

#include <errno.h>
#include <stdio.h>

enum { PARTS = 8, PATH_MOST = 4096 };

static const struct opt options[] = {
	{'f', NULL, OPT_VALUE, "ADDR  base of the flash (0xbfc00000)"},
	{'m', NULL, OPT_VALUE, "MAGIC  (OPEN)"},
	{'o', NULL, OPT_VALUE, "FILE  output (firmware-image.bin)"},
	{'p', NULL, OPT_VALUE, "NAME:OFFSET:SIZE:MEMORY:ENTRY:FILE  a part"},
	{'v', NULL, OPT_VALUE, "VERSION  (UNKNOWN)"},
	{'z', NULL, OPT_NONE, "no flash addresses in the parts"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str magic, out, version;
	uint32_t flash;
	bool zero;
	struct ubnt_part parts[PARTS];	/* base: an offset until they are laid out */
	struct str files[PARTS];
	size_t n;
};

enum { FAILED = 255 };

static int take_file_size(struct job *j, struct str path, uint32_t *size)
{
	struct blob *b = NULL;

	int err = j->run->read(j->run, path, &b);

	if (err == -EISDIR)
		return -1;
	if (err)
		return ubnt_fail(j->run, FAILED, "Unable to determine size of '%.*s'",
				 STR_ARG(path));
	*size = (uint32_t)blob_size(b);
	blob_unref(b);
	return 0;
}

static int add_part(struct job *j, struct str text)
{
	struct firmware_run *run = j->run;
	struct ubnt_part *p = &j->parts[j->n];
	char name[16] = "", v[4][16] = {"", "", "", ""},
	     *file = arena_alloc(run->mem, PATH_MOST + 1);
	int t, err;

	if (j->n == PARTS)
		return ubnt_fail(run, FAILED, "Too many partitions specified");
	t = sscanf(str_cz(run->mem, text),
		   "%15[-0-9a-zA-Z]:%15[0-9a-fA-Fx]:%15[0-9a-fA-Fx]:%15[0-9a-fA-Fx]:%15[0-9a-fA-Fx]"
		   ":%4096s",
		   name, v[0], v[1], v[2], v[3], file);
	if (t != 6)
		return ubnt_fail(run, FAILED, "Bad partition parameter %d, '%.*s'", t,
				 STR_ARG(text));
	p->name = str_dup(run->mem, str_z(name));
	j->files[j->n] = str_z(file);
	if (!tool_number(run, str_z(v[0]), &p->base))
		return ubnt_fail(run, FAILED, "Bad offset value '%s'", v[0]);
	if (!tool_number(run, str_z(v[1]), &p->size))
		return ubnt_fail(run, FAILED, "Bad length value '%s'", v[1]);
	err = p->size ? 0 : take_file_size(j, j->files[j->n], &p->size);
	if (err)
		return err;
	if (!tool_number(run, str_z(v[2]), &p->memory))
		return ubnt_fail(run, FAILED, "Bad memaddr vaule '%s'", v[2]);
	if (!tool_number(run, str_z(v[3]), &p->entry))
		return ubnt_fail(run, FAILED, "Bad entry address value '%s'", v[3]);
	p->index = (uint32_t)++j->n;
	return 0;
}

static int take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'f':
		if (!tool_number(j->run, value, &j->flash))
			return ubnt_fail(j->run, FAILED, "Invalid flash start address %.*s",
					 STR_ARG(value));
		return 0;
	case 'm':
		if (value.n != 4)
			return ubnt_fail(j->run, FAILED, "Invalid magic %.*s", STR_ARG(value));
		j->magic = value;
		return 0;
	case 'o': j->out = value; return 0;
	case 'p': return add_part(j, value);
	case 'v': j->version = value; return 0;
	default: j->zero = true; return 0;
	}
}

static int fail_layout(struct job *j, int code)
{
	return ubnt_fail(j->run, 252, "Failed validating firmware layout - error code: %d", code);
}

/* Read the parts and give each its place, behind the one before where it says nothing greater. */
static int lay_out(struct job *j)
{
	uint32_t offset = j->parts[0].base;
	int code = 0, status;

	if (!j->n) {
		ubnt_fail(j->run, 0, "No partitions specified");
		return fail_layout(j, -1);
	}
	for (size_t i = 0; i < j->n; i++) {
		struct ubnt_part *p = &j->parts[i];

		status = ubnt_read(j->run, j->files[i], i, p, &code);
		if (status)
			return status < 0 ? -1 : fail_layout(j, code);
		if (p->base < offset)
			p->base = offset;
		p->base = j->zero ? 0 : j->flash + p->base;
		offset += p->size;
	}
	return 0;
}

static void print(struct job *j)
{
	struct buf *out = j->run->out;

	buf_fmt(out,
		"Firmware version : '%.*s'\nOutput file      : '%.*s'\nPart count       : %zu\n",
		STR_ARG(j->version), STR_ARG(j->out), j->n);
	for (size_t i = 0; i < j->n; i++) {
		const struct ubnt_part *p = &j->parts[i];

		buf_fmt(out, "  %10s: %08x %08x %08x %08x %8llu bytes (free: %8llu)\n", p->name.p,
			p->base, p->size, p->entry, p->memory,
			(unsigned long long)blob_size(p->data),
			(unsigned long long)(p->size - blob_size(p->data)));
	}
}

static int mkfwimage2_run(struct firmware_run *run)
{
	struct job j = {.run = run, .magic = S("OPEN"), .out = S("firmware-image.bin"),
			.version = S("UNKNOWN"), .flash = 0xbfc00000};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		status = take(&j, id, o.value);
		if (status)
			return status;
	}
	/* A longer one has no end, and the tool prints what is behind it. */
	if (j.version.n >= UBNT_VERSION)
		return -1;
	status = lay_out(&j);
	if (!status) {
		print(&j);
		status = ubnt_write(run, j.out, ubnt_make(j.magic, j.version, j.parts, j.n, false));
	}
	for (size_t i = 0; i < j.n; i++)
		blob_unref(j.parts[i].data);
	return status;
}

const struct firmware firmware_mkfwimage2 = {
    .name = "mkfwimage2",
    .help = "mkfwimage2 [-v VERSION] [-m MAGIC] [-f ADDR] [-z] -p PART... [-o FILE]: make a "
	    "Ubiquiti image\n",
    .write = mkfwimage2_run,
    .pure = true,
};
