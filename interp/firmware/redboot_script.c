/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * redboot-script: the commands by which RedBoot puts kernel and root file system into its table of
 * flash images. Only the sizes of the two files go in. Source: OpenWrt's scripts/redboot-script.pl.
 */
#include "firmware/internal.h"

#include <inttypes.h>

struct job {
	struct firmware_run *run;
	struct tool_options o;
	/* bytes, addresses, seconds */
	uint64_t script, flash, load, linux_size, timeout, kernel, rootfs;
};

/* What sizes take away from each other may be negative: two's complement, as there. */
static uint64_t rootfs_room(const struct job *j)
{
	return j->linux_size - j->kernel;
}

static bool take(struct job *j, char letter, uint64_t otherwise, uint64_t *to)
{
	struct str text = j->o.value[(unsigned char)letter];
	bool hex = str_starts(text, S("0x")) || str_starts(text, S("0X"));

	*to = otherwise;
	if (!text.p)
		return true;
	if (!hex)
		return perl_number(text, to);
	return text.n <= 10 && str_number(str_from(text, 2), 16, to);
}

static bool read_words(struct job *j)
{
	struct str *value = j->o.value;

	if (!perl_options(j->run, "r:k:o:s:f:a:l:t:v", &j->o))
		return false;
	if (!value['o'].p)
		value['o'] = S("redboot.script");
	return value['k'].n && value['r'].n && perl_plain(value['o']) && !str_is(value['k'], "0") &&
	       !str_is(value['r'], "0") && take(j, 's', 0x1000, &j->script) &&
	       take(j, 'f', 0xbe430000, &j->flash) && take(j, 'a', 0x80010000, &j->load) &&
	       take(j, 'l', 0x7c0000, &j->linux_size) && take(j, 't', 20, &j->timeout);
}

static bool size_of(struct job *j, struct str path, uint64_t *size)
{
	struct blob *b = python_read(j->run, path);

	if (b)
		*size = blob_size(b);
	blob_unref(b);
	return b;
}

static void say(struct job *j)
{
	const struct { const char *name; uint64_t n; } lines[] = {
		{"kernel_off", j->script}, {"kernel_addr", j->flash}, {"kernel_len", j->kernel},
		{"rootfs_off", j->script + j->kernel},
		{"rootfs_addr", j->flash + j->kernel}, {"rootfs_len", rootfs_room(j)},
		{"rootfs_size", j->rootfs},
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		buf_fmt(j->run->out, "%s: 0x%" PRIx64 "(%" PRIu64 ")\n", lines[i].name, lines[i].n,
			lines[i].n);
}

static int redboot_script_write(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct buf text = buf_new(run->mem);

	if (!read_words(&j) || !size_of(&j, j.o.value['k'], &j.kernel) ||
	    !size_of(&j, j.o.value['r'], &j.rootfs))
		return -1;
	buf_z(&text, "fis init -f\n\nfconfig boot_script true\nfconfig boot_script_data\n");
	buf_fmt(&text, "fis load -b 0x%" PRIx64 " -d kernel\nexec -c \"noinitrd\" 0x%" PRIx64
		"\n\nfconfig boot_script_timeout %" PRIu64 "\n\n", j.load, j.load, j.timeout);
	buf_fmt(&text, "fis create -o 0x%" PRIx64 " -f 0x%" PRIx64 " -l 0x%" PRIx64 " kernel\n\n",
		j.script, j.flash, j.kernel);
	buf_fmt(&text, "fis create -o 0x%" PRIx64 " -s 0x%" PRIx64 " -f 0x%" PRIx64 " -l 0x%" PRIx64
		" rootfs\n\nreset\n", j.script + j.kernel, j.rootfs, j.flash + j.kernel,
		rootfs_room(&j));
	if (python_write(run, j.o.value['o'], blob_copy(text.p, text.n)) != 0)
		return -1;
	if (j.o.value['v'].p)
		say(&j);
	return 0;
}

static const char *const texts[] = {
	/* 17.01 to main of 2026 */
	"9e5baa3b3034af39f184591dd40fb7c264cd10bc0edf67a12fb743623f7bb171",
	NULL,
};

const struct firmware firmware_redboot_script = {
	.name = "redboot-script",
	.script = "redboot-script.pl",
	.texts = texts,
	.help = "redboot-script -k KERNEL -r ROOTFS [-o FILE] [-s SIZE] [-f FLASH] [-a LOAD]\n"
		"  [-l SIZE] [-t SECONDS] [-v]\n",
	.write = redboot_script_write,
};
