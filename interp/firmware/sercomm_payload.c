/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sercomm-payload: an image behind its device's identity and its own digest.
 *
 *  0  n  identity (sercomm-pid)	n 32  SHA-256 of what follows		n+32  the image
 *
 * How long the identity is depends on the device, so there is nothing to recognise. Source:
 * OpenWrt's scripts/sercomm-payload.py, whose first text takes the identity in hexadecimal digits
 * only.
 */
#include "digest/digest.h"
#include "firmware/internal.h"

static const struct opt options[] = {
	{'i', "input-file", OPT_VALUE, NULL},
	{'o', "output-file", OPT_VALUE, NULL},
	{'p', "pid", OPT_VALUE, NULL},
	{'f', "pid-file", OPT_VALUE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

static int digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Pairs of digits without gaps; NULL: they are none. */
static struct blob *from_hex(struct arena *mem, struct str text)
{
	unsigned char *p = arena_array(mem, unsigned char, text.n / 2 + 1);

	if (!text.n || text.n % 2)
		return NULL;
	for (size_t i = 0; i < text.n; i += 2) {
		int high = digit(text.p[i]), low = digit(text.p[i + 1]);

		if (high < 0 || low < 0)
			return NULL;
		p[i / 2] = (unsigned char)(high << 4 | low);
	}
	return blob_copy(p, text.n / 2);
}

static int payload(struct firmware_run *run, bool by_file)
{
	struct tool_options o = {0};
	struct blob *pid, *b;
	unsigned char sha256[32];

	if (!python_options(run, options, &o) || o.operands.n || (!by_file && o.value['f'].p) ||
	    !o.value['o'].n)
		return -1;
	pid = o.value['f'].n ? python_read(run, o.value['f']) : from_hex(run->mem, o.value['p']);
	if (!pid)
		return -1;
	b = python_read(run, o.value['i']);
	if (!b) {
		blob_unref(pid);
		return -1;
	}
	digest_blob(&digest_sha256, b, sha256);
	firmware_join(&pid, blob_copy(sha256, sizeof(sha256)));
	firmware_join(&pid, b);
	return python_write(run, o.value['o'], pid);
}

static int sercomm_payload_write(struct firmware_run *run)
{
	return payload(run, true);
}

static int sercomm_payload_old_write(struct firmware_run *run)
{
	return payload(run, false);
}

static const char *const texts[] = {
	/* 23.05 to main of 2026 */
	"75302d23c807b0dbe274f5ab4995920e48e8fe0cf0d31d5828a210204f599510",
	NULL,
};

static const char *const old_texts[] = {
	"c0b2e613da765a6ec389698589fe9ee7920b2a202e04582ddaaef6f85ace43c7", /* 21.02 and 22.03 */
	NULL,
};

const struct firmware firmware_sercomm_payload = {
    .name = "sercomm-payload",
    .script = "sercomm-payload.py",
    .texts = texts,
    .help = "sercomm-payload --input-file FILE --output-file FILE --pid-file FILE | --pid HEX\n",
    .write = sercomm_payload_write,
};

const struct firmware firmware_sercomm_payload_old = {
    .name = "sercomm-payload-old",
    .script = "sercomm-payload.py",
    .texts = old_texts,
    .help = "sercomm-payload-old --input-file FILE --output-file FILE --pid HEX: as up to 22.03\n",
    .write = sercomm_payload_old_write,
};
