/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk check FILE: recognise a firmware image, verify its checksums, print its fields. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "firmware/firmware.h"

static struct blob *open_image(struct command_cx *cx, struct str path)
{
	int fd = open(str_cz(cx->mem, path), O_RDONLY | O_CLOEXEC);
	struct blob *b = fd < 0 ? NULL : blob_file(fd);

	if (!b)
		fprintf(stderr, "imagemk check: %.*s: %s\n", STR_ARG(path), strerror(errno));
	if (fd >= 0)
		close(fd);
	return b;
}

/* Print what was recognised; whether everything in it is right. */
static bool describe(const struct firmware_part *part, struct firmware_view *v, struct str path)
{
	bool good = true;

	if (part->row->show)
		part->row->show(v);
	printf("%.*s: %s, %llu bytes", STR_ARG(path), part->row->format,
	       (unsigned long long)blob_size(v->image));
	if (v->offset)
		printf(" from %llu on", (unsigned long long)v->offset);
	putchar('\n');
	for (size_t i = 0; i < v->fields.n; i++)
		printf("  %-20.*s %.*s\n", STR_ARG(v->fields.p[i].name), STR_ARG(v->fields.p[i].value));
	for (size_t i = 0; i < v->findings.n; i++) {
		printf("  %s %.*s\n", v->findings.p[i].bad ? "BAD " : "good",
		       STR_ARG(v->findings.p[i].text));
		good &= !v->findings.p[i].bad;
	}
	return good;
}

static int check_file(struct command_cx *cx, struct str path)
{
	struct blob *image = open_image(cx, path);
	struct firmware_parts parts = {0};
	bool known, good = true;

	if (!image)
		return EXIT_USAGE;
	known = firmware_examine(cx->mem, image, &parts);
	for (size_t i = 0; i < parts.n; i++)
		good &= describe(&parts.p[i], &parts.p[i].view, path);
	if (!known)
		printf("%.*s: not a format known here, %llu bytes\n", STR_ARG(path),
		       (unsigned long long)blob_size(image));
	firmware_examined(&parts);
	blob_unref(image);
	return known && good ? EXIT_GOOD : EXIT_PROBLEM;
}

static int run(struct command_cx *cx)
{
	int status = EXIT_GOOD;

	if (cx->argc < 2)
		return command_usage(cx, S("FILE is missing"));
	for (size_t i = 1; i < cx->argc; i++) {
		int one = check_file(cx, cx->argv[i]);

		status = one > status ? one : status;
	}
	return status;
}

const struct command cmd_check = {
	.name = "check",
	.help = "FILE...: recognise firmware images, verify and describe them",
	.operands = OPERANDS_FILES,
	.run = run,
};
