/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk check FILE: take a firmware image apart, verify its checksums, print what is where. */
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/check.h"
#include "cli/confine.h"
#include "cli/image_file.h"

enum { JSON = 512 };

static const struct opt options[] = {
	{JSON, "json", OPT_NONE, " as JSON; imagemk(1) has the schema"},
	CONFINE_OPTIONS,
	{0, NULL, OPT_NONE, NULL},
};

static void print_lines(const struct firmware_view *v, int indent)
{
	for (size_t i = 0; i < v->fields.n; i++)
		printf("%*s%-20.*s %.*s\n", indent, "", STR_ARG(v->fields.p[i].name),
		       STR_ARG(v->fields.p[i].value));
	for (size_t i = 0; i < v->findings.n; i++)
		printf("%*s%s %.*s\n", indent, "", v->findings.p[i].bad ? "BAD " : "good",
		       STR_ARG(v->findings.p[i].text));
}

/* A line for P: where, how large, what. */
static void print_piece(const struct firmware_piece *p, int indent)
{
	printf("%*s0x%06llx %10zu  ", indent, "", (unsigned long long)p->offset, p->bytes.n);
	if (p->name.n)
		printf("%.*s: ", STR_ARG(p->name));
	fputs(firmware_piece_is(p), stdout);
	if (p->kind == FIRMWARE_PADDING)
		printf(", 0x%02x", (unsigned char)p->bytes.p[0]);
	putchar('\n');
}

static void print_inside(const struct firmware_piece *of, int indent)
{
	for (const struct firmware_piece *p = of->inside; p; p = p->next) {
		print_piece(p, indent);
		print_lines(&p->view, indent + 2);
		print_inside(p, indent + 2);
	}
}

static bool all_unknown(const struct firmware_piece *of)
{
	for (const struct firmware_piece *p = of->inside; p; p = p->next) {
		if (p->kind == FIRMWARE_FORMAT || !all_unknown(p))
			return false;
	}
	return true;
}

/* Something is known that the file begins with, or that its end says of it. */
static bool is_known(const struct firmware_piece *top)
{
	if (top->row || (top->inside && top->inside->row))
		return true;
	for (const struct firmware_piece *p = top->inside; p; p = p->next) {
		if (p->row && p->row->trailer)
			return true;
	}
	return false;
}

static enum check_verdict verdict_of(const struct firmware_piece *top)
{
	if (firmware_piece_bad(top))
		return CHECK_BAD;
	return is_known(top) ? CHECK_GOOD : CHECK_UNKNOWN;
}

static void print_file(struct arena *mem, const struct firmware_piece *top, const char *left_out)
{
	printf("%.*s: ", STR_ARG(top->name));
	if (top->row)
		printf("%s, ", top->row->format);
	else if (!is_known(top))
		fputs(all_unknown(top) ? "not a format known here, "
				       : "not a format known here, but there is something in it, ",
		      stdout);
	printf("%.*s\n", STR_ARG(str_count(mem, top->bytes.n, "byte")));
	print_lines(&top->view, 2);
	if (!all_unknown(top))
		print_inside(top, 2);
	if (left_out)
		printf("  not all was looked at: %s\n", left_out);
}

/* JSON: where a file's object goes; NULL: as text to standard output. */
static int check_file(struct str path, struct buf *json)
{
	struct arena *mem = arena_new();
	enum check_verdict verdict = CHECK_UNREAD;
	struct image_file f;

	if (image_file_open(mem, &f, path)) {
		const struct firmware_piece *top = firmware_top(f.walk);

		verdict = verdict_of(top);
		if (json)
			check_json(json, top, verdict, firmware_left_out(f.walk));
		else
			print_file(mem, top, firmware_left_out(f.walk));
		image_file_close(&f);
	} else {
		fprintf(stderr, "imagemk check: %.*s: %s\n", STR_ARG(path), f.why);
		if (json)
			check_json_unread(json, path, f.why);
	}
	arena_free(mem);
	return verdict == CHECK_GOOD	 ? EXIT_GOOD
	       : verdict == CHECK_UNREAD ? EXIT_USAGE
					 : EXIT_PROBLEM;
}

/* From here on only FILES may be read, those of them that are there. */
static int confine(struct command_cx *cx, struct confine_options *o, const struct strs *files)
{
	struct strs paths = {0};

	for (size_t i = 0; i < files->n; i++)
		if (access(str_cz(cx->mem, files->p[i]), F_OK) == 0)
			*vec_push(cx->mem, &paths) = files->p[i];
	return confine_files(cx, o, &paths);
}

static int run(struct command_cx *cx)
{
	struct confine_options confined = {0};
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct buf out = buf_new(cx->mem);
	int id, status = EXIT_GOOD;
	bool json = false;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == JSON)
			json = true;
		else if (!confine_option(cx, &confined, id, o.value, &status) || status)
			return EXIT_USAGE;
	}
	if (o.operands.n == 0)
		return command_usage(cx, S("FILE is missing"));
	if (confine(cx, &confined, &o.operands))
		return EXIT_USAGE;
	if (json)
		buf_z(&out, "{\n  \"check_version\": 1,\n  \"files\": [\n");
	for (size_t i = 0; i < o.operands.n; i++) {
		int one = check_file(o.operands.p[i], json ? &out : NULL);

		status = one > status ? one : status;
		if (json)
			buf_z(&out, i + 1 < o.operands.n ? ",\n" : "\n  ]\n}\n");
		if (out.n)
			fwrite(out.p, 1, out.n, stdout);
		out.n = 0;
	}
	return status;
}

const struct command cmd_check = {
    .name = "check",
    .help = "[--json] FILE...: take firmware images apart, verify and describe each part",
    .notes = "Containers, compressed streams, volumes, members: a line for each part has its "
	     "offset (in the file, or in what was\n"
	     "unpacked or put together), size and name; below are its fields, its checksums and "
	     "what is inside.\n"
	     "Exit status: 0, all is right; 1, something is wrong, or the file begins with nothing "
	     "that is known; 2, a file cannot be read",
    .options = options,
    .operands = OPERANDS_FILES,
    .run = run,
};
