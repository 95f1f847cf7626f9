/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * buffalo-tftp: letters and digits of an image's first 512 bytes exchanged for others. The result
 * has no mark. Source: firmware-utils.
 */
#include "firmware/buffalo.h"

#include <string.h>

enum { HEADER = 512 };

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
static const char secret[] = "XYZ0123hijklmnopqABCDEFGHrstuvabcdefgwxyzIJKLMSTUVW456789NOPQR";

static const struct opt options[] = {
	{'d', NULL, OPT_NONE, "decrypt"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

static void exchange(unsigned char *p, size_t n, const char *from, const char *to)
{
	for (size_t i = 0; i < n; i++) {
		const char *hit = p[i] ? strchr(from, p[i]) : NULL;

		if (hit)
			p[i] = (unsigned char)to[hit - from];
	}
}

static int buffalo_tftp_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char h[HEADER];
	struct blob *in = NULL, *head, *image;
	size_t n;
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	status = tool_need_files(run, o.value);
	if (!status)
		status = buffalo_read(run, o.value['i'], o.value['i'], &in);
	if (status)
		return status;
	n = blob_read(in, 0, h, HEADER);
	exchange(h, n, o.value['d'].p ? secret : plain, o.value['d'].p ? plain : secret);
	head = blob_copy(h, n);
	image = blob_patch(in, 0, head);
	blob_unref(head);
	blob_unref(in);
	return buffalo_write(run, o.value['o'], image);
}

const struct firmware firmware_buffalo_tftp = {
    .name = "buffalo-tftp",
    .help =
	"buffalo-tftp [-d] -i FILE -o FILE: encrypt an image's head for Buffalo's TFTP recovery\n",
    .write = buffalo_tftp_run,
    .pure = true,
};
