/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkdapimg: D-Link DAP image (DAP-1350), big endian.
 *
 *   0  4  sum of all bytes of the data
 *   4 20  model	24 30 signature, which starts with the model
 *  54  1  0		55  1 size of the header: 64, or 80 with region and version
 *  60  4  size of the data
 *  64  4  region	68 12 version: only there when one of them was given
 *
 * Patching an image that is there (-p, -x) is not here. Source: firmware-utils.
 */
#include "firmware/mkdapimg.h"

#include <errno.h>
#include <string.h>

enum { HEADER = 64, MORE = 16, MODEL = 4, MODEL_SIZE = 20, SIGNATURE = 24, SIGNATURE_SIZE = 30,
       HEADER_SIZE = 55, SIZE = 60, REGION = 64, REGION_SIZE = 4, VERSION = 68, VERSION_SIZE = 12 };

static const struct opt options[] = {
	{'m', NULL, OPT_VALUE, "MODEL  (the signature up to '-')"},
	{'r', NULL, OPT_VALUE, "REGION"},
	{'v', NULL, OPT_VALUE, "VERSION"},
	{'s', NULL, OPT_VALUE, "TEXT  signature"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct mkdapimg_limit limits[] = {
	{'m', MODEL_SIZE, "model name"}, {'r', REGION_SIZE, "region"},
	{'v', VERSION_SIZE, "version"}, {'s', SIGNATURE_SIZE, "signature"}, {0, 0, NULL},
};

/* VALUE of option ID: 0, or the exit status. */
static int check_limit(struct firmware_run *run, const struct mkdapimg_limit *limit, int id,
		       struct str value, bool terminated)
{
	while (limit->what && limit->id != id)
		limit++;
	if (limit->what && value.n > limit->most + terminated)
		return firmware_fail(run, "%s exceeds %zu chars", limit->what, limit->most);
	return limit->what && terminated && value.n >= limit->most ? -1 : 0;
}

/* The output is there, empty, from when it is named. */
static int take(struct firmware_run *run, int id, struct str value, struct blob **data)
{
	int err = 0;

	if (id == 'o')
		err = tool_put(run, value, blob_empty());
	if (id == 'i') {
		blob_unref(*data);
		*data = NULL;
		err = run->read(run, value, data);
	}
	if (id == 'i' && err == -EISDIR)
		return -1;
	return err ? firmware_fail(run, "%.*s: %s", STR_ARG(value), strerror(-err)) : 0;
}

int mkdapimg_options(struct firmware_run *run, const struct opt *known,
		     const struct mkdapimg_limit *known_limits, bool terminated, struct str *option,
		     struct blob **data)
{
	struct opts o = opts_begin(run->mem, known, run->argv, run->argc, false);
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		status = check_limit(run, known_limits, id, o.value, terminated);
		if (!status)
			status = take(run, id, o.value, data);
		if (status)
			return status;
		option[id] = o.value;
	}
	if (!option['s'].n || !*data || !option['o'].p || str_eq(option['i'], option['o']))
		return -1; /* the usage text */
	return 0;
}

/* The model into OPTION; its exit status when there is none. */
static int find_model(struct firmware_run *run, struct str *option)
{
	struct str signature = option['s'];
	ptrdiff_t dash = str_chr(signature, '-');

	if (option['m'].n)
		return 0;
	if (dash < 0)
		return firmware_fail(run, "model name unknown");
	option['m'] = str_sub(signature, 0, (size_t)dash);
	if (dash > MODEL_SIZE)
		return firmware_fail(run, "auto model name failed, string %.*s too long",
				     STR_ARG(option['m']));
	return 0;
}

static int make(struct firmware_run *run, const struct str *option, struct blob *data)
{
	bool more = option['r'].p || option['v'].p;
	struct str bytes = blob_flat(run->mem, data);
	unsigned char h[HEADER + MORE] = {0};
	struct blob *image;

	put_be32(h, tool_byte_sum(bytes.p, bytes.n));
	tool_put_text(h + MODEL, MODEL_SIZE, option['m']);
	tool_put_text(h + SIGNATURE, SIGNATURE_SIZE, option['s']);
	h[HEADER_SIZE] = more ? HEADER + MORE : HEADER;
	put_be32(h + SIZE, (uint32_t)bytes.n);
	tool_put_text(h + REGION, REGION_SIZE, option['r']);
	tool_put_text(h + VERSION, VERSION_SIZE, option['v']);
	image = blob_copy(h, h[HEADER_SIZE]);
	firmware_join(&image, blob_ref(data));
	return tool_put(run, option['o'], image) ? 2 : 0;
}

static int mkdapimg_run(struct firmware_run *run)
{
	struct str option[128] = {{0}};
	struct blob *data = NULL;
	int status = mkdapimg_options(run, options, limits, false, option, &data);

	if (!status)
		status = find_model(run, option);
	if (!status)
		status = make(run, option, data);
	blob_unref(data);
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	size_t n;

	if (image.n < HEADER || (h[HEADER_SIZE] != HEADER && h[HEADER_SIZE] != HEADER + MORE) ||
	    h[54] || h[56] || h[57] || h[58] || h[59] || !h[SIGNATURE])
		return false;
	n = strnlen((const char *)h + MODEL, MODEL_SIZE);
	if (n == 0 || memcmp(h + MODEL, h + SIGNATURE, n) != 0)
		return false;
	data = str_sub(image, h[HEADER_SIZE], get_be32(h + SIZE));
	tool_check_size(v, get_be32(h + SIZE), data.n);
	firmware_compare32(v, "sum", get_be32(h), tool_byte_sum(data.p, data.n));
	v->extent = h[HEADER_SIZE];
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), text;
	const unsigned char *h = (const unsigned char *)image.p;

	text = firmware_text(v, h + MODEL, MODEL_SIZE);
	firmware_put_field(v, "model", "%.*s", STR_ARG(text));
	text = firmware_text(v, h + SIGNATURE, SIGNATURE_SIZE);
	firmware_put_field(v, "signature", "%.*s", STR_ARG(text));
	firmware_put_field(v, "data", "%u bytes", get_be32(h + SIZE));
}

const struct firmware firmware_mkdapimg = {
	.name = "mkdapimg",
	.format = "D-Link DAP image",
	.help = "mkdapimg -s SIGNATURE -i FILE -o FILE [-m MODEL] [-r REGION] [-v VERSION]\n",
	.write = mkdapimg_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
