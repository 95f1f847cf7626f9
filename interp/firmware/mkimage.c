/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkimage of u-boot-tools 2023.01 with OpenWrt's -M: its command line, for legacy images
 * (uimage.c) and flattened image trees (fit.c; those as the mkimage makes them that is there, from
 * 2016.07 to 2025.10). Boot images of single chip makers, automatic
 * trees (-f auto), signing and encryption are not here: an option or type of those declines.
 */
#include "firmware/uboot.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct opt options[] = {
	{'a', "load-address", OPT_VALUE, "ADDR  load address (hex)"},
	{'A', "architecture", OPT_VALUE, "ARCH  architecture"},
	{'B', "alignment", OPT_VALUE, "SIZE  align the tree and its external data (hex)"},
	{'C', "compression", OPT_VALUE, "COMP  compression type of the data"},
	{'d', "image", OPT_VALUE, "FILE[:FILE...]  data"},
	{'D', "dtcopts", OPT_VALUE, "OPTIONS  all options of dtc"},
	{'e', "entry-point", OPT_VALUE, "ADDR  entry point (hex)"},
	{'E', "external", OPT_NONE, "place data outside of the tree"},
	{'f', "fit", OPT_VALUE, "FILE  source of a flattened image tree"},
	{'l', "list", OPT_NONE, "list the header of an image"},
	{'M', NULL, OPT_VALUE, "MAGIC  magic number of the header (hex)"},
	{'n', "config", OPT_VALUE, "NAME  name of the image"},
	{'O', "os", OPT_VALUE, "OS  operating system"},
	{'p', "position", OPT_VALUE, "ADDR  external data at a fixed position (hex)"},
	{'q', "quiet", OPT_NONE, "print nothing when listing"},
	{'s', "no-copy", OPT_NONE, "header only, no data"},
	{'T', "type", OPT_VALUE, "TYPE  image type"},
	{'v', "verbose", OPT_NONE, "name the files"},
	{'V', "version", OPT_NONE, "version"},
	{'x', "xip", OPT_NONE, "execute in place"},
	{0, NULL, OPT_NONE, NULL},
};

enum { GO_ON = -2, DECLINE = -1 };

int mkimage_fail(const struct mkimage *m, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(m->run->mem, fmt, ap);
	va_end(ap);
	buf_fmt(m->run->err, "%.*s: %.*s\n", STR_ARG(m->run->argv[0]), STR_ARG(text));
	return 1;
}

struct blob *mkimage_read(const struct mkimage *m, struct str path)
{
	struct blob *b = NULL;
	int err = m->run->read(m->run, path, &b);

	if (!err)
		return b;
	mkimage_fail(m, "Can't open %.*s: %s", STR_ARG(path), strerror(-err));
	return NULL;
}

bool mkimage_write(const struct mkimage *m, struct str path, struct blob *b)
{
	int err = m->run->write(m->run, path, b);

	if (err)
		mkimage_fail(m, "Can't open %.*s: %s", STR_ARG(path), strerror(-err));
	return !err;
}

int64_t mkimage_time(const struct mkimage *m)
{
	struct str text = m->run->epoch_text;
	time_t seconds;
	struct tm tm;

	if (!text.p)
		return m->run->now;
	seconds = strtol(str_cz(m->run->mem, text), NULL, 10);
	if (gmtime_r(&seconds, &tm))
		return seconds;
	mkimage_fail(m, "SOURCE_DATE_EPOCH is not valid");
	return 0;
}

static int usage(const struct mkimage *m, const char *what)
{
	buf_fmt(m->run->err, "Error: %s\n", what);
	buf_fmt(
	    m->run->err,
	    "Usage: %.*s [-T type] -l image\n"
	    "       %.*s [-x] -A arch -O os -T type -C comp -M magic -a addr -e ep -n name"
	    " -d data_file[:data_file...] image\n"
	    "       %.*s [-D dtc_options] -f fit-image.its [-E] [-B size] [-p addr] fit-image\n",
	    STR_ARG(m->run->argv[0]), STR_ARG(m->run->argv[0]), STR_ARG(m->run->argv[0]));
	return 1;
}

/* As strtoull(TEXT, &end, 16) with nothing behind it. */
static int hex(const struct mkimage *m, const char *what, struct str text, uint32_t *out)
{
	char *end, *z = str_cz(m->run->mem, text);
	unsigned long long n = strtoull(z, &end, 16);

	if (*end)
		return mkimage_fail(m, "invalid %s %s", what, z);
	*out = (uint32_t)n;
	return GO_ON;
}

/* The entry whose name comes next behind LAST (NULL: the first); a number's second name is none. */
static const struct uboot_name *name_behind(const struct uboot_names *names, const char *last)
{
	const struct uboot_name *next = NULL;

	for (const struct uboot_name *e = names->p; e->name; e++) {
		if (uboot_short(names, e->id) == e->name && (!last || strcmp(e->name, last) > 0) &&
		    (!next || strcmp(e->name, next->name) < 0))
			next = e;
	}
	return next;
}

/* The number in "2025.10", a text of its own in PROGRAM: 202510; 0 when there is none. */
static uint32_t version_in(struct str program)
{
	static const char form[] = "\00020dd.dd";
	enum { SIZE = sizeof(form) - 1 };
	ptrdiff_t at;

	for (; (at = str_find(program, S("\00020"))) >= 0; program = str_from(program, 1)) {
		size_t n = 0;

		program = str_from(program, (size_t)at);
		while (n < SIZE && n < program.n &&
		       (form[n] == 'd' ? program.p[n] >= '0' && program.p[n] <= '9'
				       : program.p[n] == form[n]))
			n++;
		if (n == SIZE && n < program.n && (!program.p[n] || strchr("-+", program.p[n])))
			return (uint32_t)strtoul(program.p + 1, NULL, 10) * 100 +
			       (uint32_t)strtoul(program.p + 6, NULL, 10);
	}
	return 0;
}

/*
 * What is found on the way to the options' end and said in the words of one release: is there a
 * mkimage of another to say it?
 */
static bool is_other(const struct mkimage *m)
{
	struct str program = tool_program(m->run);

	return program.p && version_in(program) != MKIMAGE_DEBIAN;
}

static int list_names(const struct mkimage *m, const struct uboot_names *names)
{
	buf_fmt(m->run->err, "\nInvalid %s, supported are:\n", names->what);
	for (const struct uboot_name *e = name_behind(names, NULL); e;
	     e = name_behind(names, e->name))
		buf_fmt(m->run->err, "\t%-15s  %s\n", e->name, e->title);
	buf_char(m->run->err, '\n');
	return 1;
}

static int name(const struct mkimage *m, const struct uboot_names *names, const char *error,
		struct str text, int *out)
{
	*out = uboot_find(names, text);
	if (*out >= 0)
		return GO_ON;
	if (is_other(m))
		return DECLINE;
	list_names(m, names);
	return usage(m, error);
}

/* Take a switch or a plain text. */
static void take_plain(struct mkimage *m, int id, struct str value)
{
	switch (id) {
	case 'd': m->data = value; break;
	case 'D': m->dtc = value; break;
	case 'E': m->external = true; break;
	case 'f': m->its = value; m->fit = true; break;
	case 'l': m->list = true; break;
	case 'n': m->name = value; break;
	case 'q': m->quiet = true; break;
	case 's': m->empty = true; break;
	case 'v': m->verbose = true; break;
	case 'x': m->xip = true; break;
	default: break;
	}
}

/* GO_ON, or an exit status. */
static int take(struct mkimage *m, int id, struct str value, int *type)
{
	switch (id) {
	case 'a': return hex(m, "load address", value, &m->load);
	case 'B': return hex(m, "block length", value, &m->block);
	case 'M': return hex(m, "magic", value, &m->magic);
	case 'p': return hex(m, "offset size", value, &m->position);
	case 'e':
		m->has_entry = true;
		return hex(m, "entry point", value, &m->entry);
	case 'A': return name(m, &uboot_arch, "Invalid architecture", value, &m->arch);
	case 'C': return name(m, &uboot_comp, "Invalid compression type", value, &m->comp);
	case 'O': return name(m, &uboot_os, "Invalid operating system", value, &m->os);
	case 'T':
		if (str_is(value, "list"))
			return is_other(m) ? DECLINE : list_names(m, &uboot_type) - 1;
		return name(m, &uboot_type, "Invalid image type", value, type);
	case 'V':
		if (is_other(m))
			return DECLINE;
		buf_z(m->run->out, "mkimage version 2023.01\n");
		return 0;
	default:
		take_plain(m, id, value);
		return GO_ON;
	}
}

static int parse(struct mkimage *m)
{
	struct opts o = opts_begin(m->run->mem, options, m->run->argv, m->run->argc, false);
	int id, status, type = 0;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return DECLINE;
		status = take(m, id, o.value, &type);
		if (status != GO_ON)
			return status;
	}
	if (m->fit && str_is(m->its, "auto"))
		return DECLINE;
	if (!m->fit && (m->list || type))
		m->type = type;
	if (m->type == UBOOT_TYPE_SCRIPT && !m->data.p)
		return usage(m, "Missing data file for script (use -d)");
	if (!o.operands.n)
		return usage(m, "Missing output filename");
	m->image = o.operands.p[0];
	return GO_ON;
}

/* Find out whose bytes a tree is to have; false: those of a release that is not known here. */
static bool take_version(struct mkimage *m)
{
	struct str program = tool_program(m->run);

	m->version = program.p ? version_in(program) : MKIMAGE_DEBIAN;
	/* OpenWrt's, that with -M, is built without that check. */
	m->unit_addresses = str_find(program, S("set image magic")) < 0;
	return m->version >= (m->external ? MKIMAGE_EXTERNAL : MKIMAGE_FIT) &&
	       m->version <= MKIMAGE_LAST;
}

/* mkimage starts dtc by a shell: would that take some of the words for more than words? */
static bool needs_shell(const struct mkimage *m)
{
	static const char quoted[] = "\"$`\\", plain[] = "\"$`\\'|&;<>()*?[#~\n";
	const struct str names[] = {m->its, m->image};

	for (size_t i = 0; i < 2; i++) {
		if (strpbrk(str_cz(m->run->mem, names[i]), quoted))
			return true;
	}
	return strpbrk(str_cz(m->run->mem, m->dtc), plain) != NULL;
}

/* Types that are a legacy image with nothing special in the data. */
static bool is_plain_type(int type)
{
	enum { KERNEL_NOLOAD = 14 };
	return (type > 0 && type < UBOOT_TYPE_FLATDT) || type == KERNEL_NOLOAD;
}

/* An image of the type that was asked for; the exit status. */
static int list_type(const struct mkimage *m, struct str image)
{
	bool tree = m->type == UBOOT_TYPE_FLATDT;
	int code;

	if (image.n < UIMAGE_HEADER)
		return mkimage_fail(m, "Bad size: \"%.*s\" is not valid image: size %zu < %d",
				    STR_ARG(m->image), image.n, UIMAGE_HEADER);
	if (tree)
		code = !fit_verify(m->run->mem, image, m->run->err);
	else
		code = uimage_verify(image, m->magic);
	if (code)
		mkimage_fail(m, "verify_header failed for %s with exit code %d",
			     tree ? "FIT Image support" : "Default Image support", code);
	else if (!m->quiet && tree)
		fit_print(m->run->mem, m->run->out, image);
	else if (!m->quiet)
		uimage_print(m->run->out, image);
	return code & 0xff;
}

/* One of our types; of others the real tool knows more, and takes nearly anything for some. */
static int list_any(const struct mkimage *m, struct str image)
{
	bool legacy = uimage_verify(image, m->magic) == 0;

	if (!legacy && !fit_verify(m->run->mem, image, m->run->err))
		return DECLINE;
	if (!m->quiet && legacy)
		uimage_print(m->run->out, image);
	else if (!m->quiet)
		fit_print(m->run->mem, m->run->out, image);
	return 0;
}

static int list(const struct mkimage *m)
{
	struct blob *b;
	struct str image;
	int status;

	if (m->type && m->type != UBOOT_TYPE_FLATDT && !is_plain_type(m->type))
		return DECLINE;
	b = mkimage_read(m, m->image);
	if (!b)
		return 1;
	image = blob_flat(m->run->mem, b);
	status = m->type ? list_type(m, image) : list_any(m, image);
	blob_unref(b);
	return status;
}

/* Is the data one file that can be read? With -s only some releases look at it at all, and then
 * take a list of files for one. */
static bool data_is_there(const struct mkimage *m)
{
	struct blob *b = NULL;
	bool there = m->data.p && m->run->read(m->run, m->data, &b) == 0;

	if (there)
		blob_unref(b);
	return there;
}

static int mkimage_run(struct firmware_run *run)
{
	struct mkimage m = {.run = run, .os = UBOOT_OS_LINUX, .arch = UBOOT_ARCH_PPC,
			    .type = UBOOT_TYPE_KERNEL, .comp = UBOOT_COMP_GZIP,
			    .magic = 0x27051956, .dtc = S("-I dts -O dtb -p 500")};
	int status = parse(&m);

	if (status != GO_ON)
		return status;
	if ((m.list || (m.empty && !data_is_there(&m))) && is_other(&m))
		return DECLINE;
	if (m.list)
		return m.fit || (m.data.p && m.type) ? usage(&m, "Bad parameters for image type")
						     : list(&m);
	if (m.fit && m.data.p)
		return usage(&m, "Bad parameters for image type");
	if (m.fit)
		return needs_shell(&m) || !take_version(&m) ? DECLINE : fit_build(&m);
	if (!is_plain_type(m.type) || m.os == UBOOT_OS_TEE)
		return DECLINE;
	if (!m.data.p)
		return usage(&m, "Missing data file (use -d)");
	return uimage_build(&m);
}

const struct firmware firmware_mkimage = {
	.name = "mkimage",
	.help = "mkimage -A ARCH -O OS -T TYPE -C COMP -a ADDR -e ADDR -n NAME"
		" -d FILE[:FILE...] IMAGE"
	    ": make a U-Boot image\n"
	    "mkimage -f TREE.its [-E] [-B SIZE] [-p ADDR] IMAGE: make a flattened image tree\n"
	    "mkimage -l IMAGE: list its header\n",
	.write = mkimage_run,
	.pure = false, /* the time of the run is in the header */
};
