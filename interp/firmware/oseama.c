/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * oseama entity: one entity of a Seattle image by OpenWrt's own tool; the layout is in seama.c.
 * A file that cannot be read is only complained about. Describing and extracting (oseama info,
 * oseama extract) are not here: imagemk check does the first. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 28, MAGIC = 0x5ea3a417, META = 6, SIZE = 8, DIGEST = 12, BAD_OPTION = 256 - EINVAL,
       CANNOT_OPEN = 256 - EACCES };
static const int64_t most = INT64_C(1) << 30; /* bytes of padding at once */

static const struct opt options[] = {
	{'m', NULL, OPT_VALUE, "NAME=VALUE  meta data"},
	{'f', NULL, OPT_VALUE, "FILE  append it"},
	{'b', NULL, OPT_VALUE, "OFFSET  fill up to it"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct buf meta;
	struct blob *data;
};

static void add_meta(struct job *j, struct str text)
{
	buf_str(&j->meta, text);
	buf_char(&j->meta, 0);
	while (j->meta.n % 4) /* the header is a multiple of 4 */
		buf_char(&j->meta, 0);
}

/* 0, or -1 to decline. */
static int add_file(struct job *j, struct str path)
{
	struct blob *b = NULL;
	int err = j->run->read(j->run, path, &b);

	if (err == -EISDIR)
		return -1;
	if (err)
		buf_fmt(j->run->err, "Couldn't open %.*s\nFailed to append file %.*s\n",
			STR_ARG(path), STR_ARG(path));
	else
		firmware_join(&j->data, b);
	return 0;
}

static int fill_to(struct job *j, struct str offset)
{
	int64_t at = strtol(str_cz(j->run->mem, offset), NULL, 0);
	int64_t now = (int64_t)(HEADER + j->meta.n + blob_size(j->data));

	if (at - now > most)
		return -1;
	if (at < now)
		buf_fmt(
		    j->run->err,
		    "Current Seama entity length is 0x%llx, can't pad it with zeros to 0x%llx\n",
		    (unsigned long long)now, (unsigned long long)at);
	else
		firmware_join(&j->data, blob_run(0, (uint64_t)(at - now)));
	return 0;
}

/* The tool goes over the options twice: meta data first, whatever their order. */
static int take_all(struct job *j, bool meta)
{
	struct firmware_run *run = j->run;
	struct opts o = opts_begin(run->mem, options, run->argv + 2, run->argc - 2, false);
	int id, status = 0;

	while (!status && (id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			status = -1;
		else if (id == 'm' && meta)
			add_meta(j, o.value);
		else if (id == 'f' && !meta)
			status = add_file(j, o.value);
		else if (id == 'b' && !meta)
			status = fill_to(j, o.value);
	}
	return status;
}

static int write_out(struct job *j, struct str path)
{
	unsigned char h[HEADER] = {0};
	struct blob *image;

	put_be32(h, MAGIC);
	put_be16(h + META, (uint16_t)j->meta.n);
	put_be32(h + SIZE, (uint32_t)blob_size(j->data));
	digest_blob(&digest_md5, j->data, h + DIGEST);
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_copy(j->meta.n ? j->meta.p : "", j->meta.n));
	firmware_join(&image, blob_ref(j->data));
	if (tool_put(j->run, path, image) == 0)
		return 0;
	j->run->err->n = 0;
	firmware_say(j->run, "\n", "Couldn't open %.*s", STR_ARG(path));
	return CANNOT_OPEN;
}

static int oseama_run(struct firmware_run *run)
{
	struct job j = {.run = run, .meta = buf_new(run->mem)};
	int status;

	if (run->argc < 2 || !str_is(run->argv[1], "entity"))
		return -1;
	if (run->argc < 3) {
		firmware_say(run, "\n", "No Seama file passed");
		return BAD_OPTION;
	}
	j.data = blob_empty();
	status = take_all(&j, true);
	if (!status)
		status = take_all(&j, false);
	if (!status)
		status = write_out(&j, run->argv[2]);
	blob_unref(j.data);
	return status;
}

const struct firmware firmware_oseama = {
    .name = "oseama",
    .help =
	"oseama entity FILE [-m NAME=VALUE]... [-f FILE]... [-b OFFSET]...: make a SEAMA entity\n",
    .write = oseama_run,
    .pure = true,
};
