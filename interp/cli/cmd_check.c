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

/* Print what FORMAT says of the image; whether everything in it is right. */
static bool describe(const struct firmware *format, struct firmware_view *v, struct str path)
{
	bool good = true;

	if (format->show)
		format->show(v);
	printf("%.*s: %s, %llu bytes\n", STR_ARG(path), format->format,
	       (unsigned long long)blob_size(v->image));
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
	bool known = false, good = true;

	if (!image)
		return EXIT_USAGE;
	for (const struct firmware *const *f = firmware_all(); *f && !known; f++) {
		struct firmware_view v = {.mem = cx->mem, .image = image};

		known = (*f)->check && (*f)->check(&v);
		if (known)
			good = describe(*f, &v, path);
	}
	if (!known)
		printf("%.*s: not a format known here, %llu bytes\n", STR_ARG(path),
		       (unsigned long long)blob_size(image));
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
	.run = run,
};
