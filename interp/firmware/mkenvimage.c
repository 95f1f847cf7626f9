/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkenvimage of u-boot-tools 2023.01: U-Boot environment.
 *
 *   0  4  CRC-32 of all behind it but the flag; little endian (-b: big)
 *   4  1  -r: the flag 1
 *   .  .  name=value, each with its NUL; another NUL ends them; 0xff (-p) up to the size
 *
 * In the text a line is a variable, a backslash at its end keeps the newline, lines that start with
 * # and empty ones do not count.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { CRC = 4, MOST = 1 << 30 };

static const struct opt options[] = {
	{'s', NULL, OPT_VALUE, "SIZE  of the image"},
	{'o', NULL, OPT_VALUE, "FILE  output (standard output)"},
	{'r', NULL, OPT_NONE, "with the flag of redundant environments"},
	{'b', NULL, OPT_NONE, "big endian"},
	{'p', NULL, OPT_VALUE, "BYTE  to fill with (0xff)"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str out, in;
	uint64_t size;
	unsigned char fill;
	bool redundant, big;
};

/* The environment under construction: N of SIZE bytes at P are used. */
struct env {
	unsigned char *p;
	size_t n, size;
};

static bool starts_line(struct str text, size_t i)
{
	return i == 0 || text.p[i - 1] == '\n';
}

/* Behind the comment that starts at I: at its newline or the end. */
static size_t skip_comment(struct str text, size_t i)
{
	do
		i++;
	while (i < text.n && text.p[i] != '\n');
	return i;
}

static void add_newline(struct env *e, char before)
{
	if (before == '\\')
		e->p[e->n - 1] = '\n';
	else
		e->p[e->n++] = 0;
}

/* Fill in variables until the text or the room ends; where in the text that was. */
static size_t add_text(struct env *e, struct str text)
{
	size_t i;

	for (i = 0; i < text.n && e->n < e->size - 1; i++) {
		if (starts_line(text, i) && text.p[i] == '\n')
			continue;
		if (starts_line(text, i) && text.p[i] == '#')
			i = skip_comment(text, i);
		else if (text.p[i] == '\n')
			add_newline(e, text.p[i - 1]);
		else
			e->p[e->n++] = (unsigned char)text.p[i];
	}
	return i;
}

/* Is there anything that counts from I on? */
static bool has_more(struct str text, size_t i)
{
	for (; i < text.n; i++) {
		if (text.p[i] == '\n')
			continue;
		if (!starts_line(text, i) || text.p[i] != '#')
			return true;
		i = skip_comment(text, i);
	}
	return false;
}

static bool finish(struct env *e)
{
	if (e->n && e->p[e->n - 1] != 0) {
		e->p[e->n++] = 0;
		if (e->n >= e->size)
			return false;
	}
	e->p[e->n] = 0;
	return true;
}

static int make(struct job *j, struct str text)
{
	size_t head = CRC + j->redundant;
	unsigned char *image = arena_alloc(j->run->mem, j->size);
	struct env e = {.p = image + head, .size = j->size - head};
	struct blob *b;
	uint32_t crc;
	int err;

	memset(e.p, j->fill, e.size);
	if (has_more(text, add_text(&e, text)) || !finish(&e))
		return firmware_say(j->run, "\n",
			   "The environment file is too large for the target environment storage");
	crc = digest_crc32(0, e.p, e.size);
	if (j->big)
		put_be32(image, crc);
	else
		put_le32(image, crc);
	if (j->redundant)
		image[CRC] = 1;
	b = blob_copy(image, j->size);
	err = j->out.p && !str_is(j->out, "-") ? j->run->write(j->run, j->out, b)
					       : j->run->output(j->run, b);
	blob_unref(b);
	if (err)
		return firmware_say(j->run, "\n", "Can't open output file \"%.*s\": %s",
				    STR_ARG(j->out),
			   strerror(-err));
	return 0;
}

static int read_and_make(struct job *j)
{
	struct blob *b = NULL;
	int err = 0, status;

	if (!j->in.p || str_is(j->in, "-"))
		b = blob_ref(j->run->input(j->run));
	else
		err = j->run->read(j->run, j->in, &b);
	if (err == -EISDIR)
		return firmware_say(j->run, "\n", "Error while reading: %s", strerror(-err));
	if (err)
		return firmware_say(j->run, "\n", "Can't open \"%.*s\": %s", STR_ARG(j->in),
				    strerror(-err));
	status = make(j, blob_flat(j->run->mem, b));
	blob_unref(b);
	return status;
}

static int mkenvimage_run(struct firmware_run *run)
{
	struct job j = {.run = run, .fill = 0xff};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		switch (id) {
		case 's': j.size = (uint32_t)strtol(str_cz(run->mem, o.value), NULL, 0); break;
		case 'o': j.out = o.value; break;
		case 'r': j.redundant = true; break;
		case 'b': j.big = true; break;
		case 'p': j.fill = (unsigned char)strtol(str_cz(run->mem, o.value), NULL, 0); break;
		default: return -1;
		}
	}
	if (!j.size)
		return firmware_say(j.run, "\n",
				    "Please specify the size of the environment partition.");
	if (j.size < CRC + 4 || j.size > MOST)
		return firmware_say(j.run, "\n", "a size of %llu bytes makes no environment",
			   (unsigned long long)j.size);
	if (o.operands.n)
		j.in = o.operands.p[0];
	return read_and_make(&j);
}

/* Which of the four forms it is: the bytes in front of the variables, and the byte order. */
static bool find_form(struct str image, size_t *head, bool *big)
{
	for (*head = CRC; *head <= CRC + 1; ++*head) {
		const unsigned char *p = (const unsigned char *)image.p;
		uint32_t crc = digest_crc32(0, p + *head, image.n - *head);

		*big = crc == get_be32(p);
		if (*big || crc == get_le32(p))
			return true;
	}
	return false;
}

/* The CRC over the whole file is the only mark, so a spoilt one is not recognised. */
static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	size_t head;
	bool big;

	if (image.n < CRC + 4 || image.n > MOST || !find_form(image, &head, &big))
		return false;
	firmware_good(v, "CRC-32, %s endian", big ? "big" : "little");
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), rest, one;
	size_t head = CRC;
	bool big;

	find_form(image, &head, &big);
	rest = str_from(image, head);
	for (int i = 0; i < 256 && str_split(&rest, 0, &one) && one.n; i++) {
		struct str text = firmware_text(v, one.p, one.n);

		firmware_put_field(v, "variable", "%.*s", STR_ARG(text));
	}
}

const struct firmware firmware_mkenvimage = {
	.name = "mkenvimage",
	.format = "U-Boot environment",
	.help = "mkenvimage -s SIZE [-r] [-b] [-p BYTE] [-o FILE] [FILE]:"
		" make a U-Boot environment\n",
	.write = mkenvimage_run,
	.check = check,
	.show = show,
	.mode = 0660,
	.pure = true,
};
