/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sercomm-pid: which device a Sercomm image is for.
 *
 *   0 14  hardware version, with '0' in front; with a hardware id:
 *   0  8  hardware version		  8 6  the id's characters in hexadecimal
 * 100  4  software version		112  padding of NULs (first bytes: below)
 * all other bytes up to 112 are '0'
 *
 * The padding begins with a number (little endian, 4 bytes) when one is given, else with CR LF
 * where there is no hardware id. Source: OpenWrt's scripts/sercomm-pid.py. Its first text always
 * wants an id and writes it in small letters.
 */
#include "firmware/internal.h"

enum {
	HARDWARE = 14,
	HARDWARE_BY_ID = 8,
	ID = 8,
	ID_SIZE = 6,
	SOFTWARE = 0x64,
	SOFTWARE_SIZE = 4,
	PID = 0x70
};

static const struct opt options[] = {
	{'h', "hw-version", OPT_VALUE, NULL},
	{'i', "hw-id", OPT_VALUE, NULL},
	{'s', "sw-version", OPT_VALUE, NULL},
	{'p', "pid-file", OPT_VALUE, NULL},
	{'n', "extra-padding-size", OPT_VALUE, NULL},
	{'b', "extra-padding-first-byte", OPT_VALUE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

/* TEXT at the right end of a field of zeros; what is too long for it loses its end. */
static void put_right(unsigned char *p, size_t room, struct str text)
{
	size_t front = text.n < room ? room - text.n : 0;

	memset(p, '0', room);
	memcpy(p + front, text.p, room - front);
}

static void put_id(unsigned char *p, struct str id, const char *digits)
{
	memset(p, 0, ID_SIZE);
	for (size_t i = 0; i < id.n && i < ID_SIZE / 2; i++) {
		p[2 * i] = (unsigned char)digits[(unsigned char)id.p[i] >> 4];
		p[2 * i + 1] = (unsigned char)digits[(unsigned char)id.p[i] & 15];
	}
}

/* The padding, which may be empty; false: to be declined. */
static bool pad(const struct tool_options *o, struct blob **to)
{
	unsigned char first[4] = {'\r', '\n', 0, 0};
	uint32_t size = 0, number = 0;
	size_t n = o->value['i'].n ? 0 : 2;

	if (!python_option32(o->value['n'], &size) || !python_option32(o->value['b'], &number) ||
	    number > INT32_MAX)
		return false;
	if (!size)
		return true;
	if (number) {
		put_le32(first, number);
		n = sizeof(first);
	}
	if (size < n)
		return false;
	firmware_join(to, blob_copy(first, n));
	firmware_join(to, blob_run(0, size - n));
	return true;
}

static int pid(struct firmware_run *run, const char *digits, bool id_wanted)
{
	struct tool_options o = {0};
	unsigned char p[PID];
	struct blob *b;
	bool by_id;

	if (!python_options(run, options, &o) || o.operands.n || !python_text(o.value['h']) ||
	    !python_text(o.value['s']) || !o.value['p'].n)
		return -1;
	by_id = o.value['i'].n != 0;
	if (by_id ? !python_text(o.value['i']) : id_wanted)
		return -1;
	memset(p, '0', PID);
	put_right(p, by_id ? HARDWARE_BY_ID : HARDWARE, o.value['h']);
	if (by_id)
		put_id(p + ID, o.value['i'], digits);
	put_right(p + SOFTWARE, SOFTWARE_SIZE, o.value['s']);
	b = blob_copy(p, PID);
	if (pad(&o, &b))
		return python_write(run, o.value['p'], b);
	blob_unref(b);
	return -1;
}

static int sercomm_pid_write(struct firmware_run *run)
{
	return pid(run, "0123456789ABCDEF", false);
}

static int sercomm_pid_old_write(struct firmware_run *run)
{
	return pid(run, "0123456789abcdef", true);
}

static const char *const texts[] = {
	/* 23.05 to main of 2026 */
	"7638dbe19ae223d8f1c644078368b751c19dcaecd746f773cd9ace766c6e8514",
	NULL,
};

static const char *const old_texts[] = {
	"6255b5c6d6593c83093dc7faef86c4e8506b8509f00f601d58214f77de262eb2", /* some forks */
	NULL,
};

const struct firmware firmware_sercomm_pid = {
    .name = "sercomm-pid",
    .script = "sercomm-pid.py",
    .texts = texts,
    .help = "sercomm-pid --hw-version VERSION [--hw-id ID] --sw-version VERSION --pid-file FILE\n"
	    "  [--extra-padding-size N [--extra-padding-first-byte N]]\n",
    .write = sercomm_pid_write,
};

const struct firmware firmware_sercomm_pid_old = {
	.name = "sercomm-pid-old",
	.script = "sercomm-pid.py",
	.texts = old_texts,
	.help = "sercomm-pid-old: sercomm-pid as it was at first, with --hw-id in small letters\n",
	.write = sercomm_pid_old_write,
};
