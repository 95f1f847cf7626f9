/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imagemk diff of two trees, or of revisions of one: both are evaluated as show does, the devices
 * of each target held against each other (image/compare.h), and what changed is told by cause: the
 * line that more than one device takes in is told once.
 */
#include "cli/diff.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/git.h"
#include "image/compare.h"

struct trees {
	struct diff_run *run;
	struct survey survey[2];
	struct device_changes changes;
};

static void *take(const struct survey *s, struct target *t)
{
	return t->failed ? NULL : facts_take(t, s->tree.path);
}

/* --- text --- */

static bool same_cause(const struct fact_change *a, const struct fact_change *b)
{
	const struct fact *f = a->new ? a->new : a->old, *g = b->new ? b->new : b->old;

	/* A file that several device tree sources include is one cause. */
	if (f->kind != g->kind || (f->kind != FACT_DTS && !str_eq(f->name, g->name)) ||
	    !a->cause != !b->cause)
		return false;
	if (!a->cause)
		return str_eq(f->value, g->value);
	return a->cause->at.line == b->cause->at.line &&
	       str_eq(a->cause->at.file, b->cause->at.file) &&
	       str_eq(a->cause->value, b->cause->value);
}

/*
 * Packages and images of a device follow from its variables, recipes from variables and commands.
 */
static bool follows(const struct device_change *d, const struct fact_change *c)
{
	const struct fact *f = c->new ? c->new : c->old;

	if (c->cause)
		return false;
	if (f->kind == FACT_PACKAGES && str_is(f->name, "of the target"))
		return false;
	for (size_t i = 0; i < d->changes.n; i++)
		if (d->changes.p[i].cause)
			return true;
	return false;
}

static const struct fact_change *find(const struct device_change *d, const struct fact_change *like)
{
	for (size_t i = 0; i < d->changes.n; i++)
		if (same_cause(&d->changes.p[i], like))
			return &d->changes.p[i];
	return NULL;
}

/* S from FROM on as one line, not too long. */
static void put_short(struct buf *out, struct str s, size_t from)
{
	enum { MOST = 100 };

	if (!s.p)
		buf_z(out, "not set");
	else if (!s.n)
		buf_z(out, "\"\"");
	if (from)
		buf_z(out, "...");
	s = str_from(s, from);
	for (size_t i = 0; i < s.n && i < MOST; i++)
		buf_char(out, s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i]);
	if (s.n > MOST)
		buf_z(out, "...");
}

/* Where to begin to show A and B: at their beginning, or at the line or word that differs first. */
static size_t start(struct str a, struct str b)
{
	enum { CONTEXT = 60 };
	size_t n = 0, from;

	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	from = n < CONTEXT ? 0 : n;
	while (from && a.p[from - 1] != '\n' && !(n - from > CONTEXT / 2 && a.p[from - 1] == ' '))
		from--;
	return from;
}

static void put_values(struct buf *out, const struct fact_change *c, int indent)
{
	const struct fact *f = c->new ? c->new : c->old;
	struct str old = c->old ? c->old->value : (struct str){NULL, 0},
		   new = c->new ? c->new->value : (struct str){NULL, 0};
	size_t from = start(old, new);

	if (f->kind == FACT_DTS)
		return;
	buf_fmt(out, "%*s", indent, "");
	put_short(out, old, from);
	buf_fmt(out, "\n%*s-> ", indent, "");
	put_short(out, new, from);
	buf_char(out, '\n');
}

static void put_what(struct buf *out, const struct fact_change *c)
{
	const struct fact *f = c->new ? c->new : c->old;

	if (c->cause && c->cause->at.file.n && c->cause->at.line)
		buf_fmt(out, "%.*s:%u: ", STR_ARG(c->cause->at.file), c->cause->at.line);
	else if (c->cause && c->cause->at.file.n)
		buf_fmt(out, "%.*s: ", STR_ARG(c->cause->at.file));
	if (c->cause && c->cause->block.n && !str_eq(c->cause->block, f->name))
		buf_fmt(out, "%.*s: ", STR_ARG(c->cause->block));
	if (f->kind != FACT_VALUE && f->kind != FACT_COMMAND)
		buf_fmt(out, "%s%s",
			f->kind == FACT_DTS ? "device tree source" : fact_kind_name(f->kind),
			f->kind != FACT_DTS && f->name.n ? " " : "");
	if (f->kind != FACT_DTS)
		buf_str(out, f->name);
	if (!c->old || !c->new)
		buf_z(out, c->new ? ", new" : ", gone");
	buf_char(out, '\n');
}

/* The devices that have the cause of C from device FIRST on; how many, and how many of them change
 * in bytes. */
static void put_devices(struct trees *t, size_t first, const struct fact_change *c)
{
	struct buf names = buf_new(t->run->mem), *out = &t->run->out;
	size_t n = 0, bytes = 0;

	for (size_t i = first; i < t->changes.n; i++) {
		const struct device_change *d = &t->changes.p[i];

		if (!find(d, c))
			continue;
		n++;
		bytes += d->bytes;
		buf_fmt(&names, " %.*s%s", STR_ARG(d->id), d->bytes ? "*" : "");
	}
	buf_z(out, "    ");
	buf_count(out, n, "device");
	buf_fmt(out, ", %zu in bytes (*):%.*s\n", bytes, STR_ARG(buf_view(&names)));
}

static bool is_earlier(const struct trees *t, size_t before, const struct fact_change *c)
{
	for (size_t i = 0; i < before; i++)
		if (find(&t->changes.p[i], c))
			return true;
	return false;
}

static void put_causes(struct trees *t)
{
	for (size_t i = 0; i < t->changes.n; i++) {
		const struct device_change *d = &t->changes.p[i];

		for (size_t k = 0; k < d->changes.n; k++) {
			const struct fact_change *c = &d->changes.p[k];

			if (follows(d, c) || is_earlier(t, i, c) || find(d, c) != c)
				continue;
			put_what(&t->run->out, c);
			put_values(&t->run->out, c, 4);
			put_devices(t, i, c);
		}
	}
}

static void put_each(struct trees *t)
{
	struct buf *out = &t->run->out;

	for (size_t i = 0; i < t->changes.n; i++) {
		const struct device_change *d = &t->changes.p[i];

		if (!d->changes.n)
			continue;
		buf_fmt(out, "%.*s %.*s%s\n", STR_ARG(d->target), STR_ARG(d->id),
			d->bytes ? ", in bytes" : "");
		for (size_t k = 0; k < d->changes.n; k++) {
			buf_z(out, "  ");
			put_what(out, &d->changes.p[k]);
			put_values(out, &d->changes.p[k], 6);
		}
	}
}

static void put_text(struct trees *t)
{
	struct buf *out = &t->run->out;
	size_t altered = 0, bytes = 0, added = 0, removed = 0;

	for (size_t i = 0; i < t->changes.n; i++) {
		const struct device_change *d = &t->changes.p[i];

		if (d->added || d->removed)
			buf_fmt(out, "device %s: %.*s %.*s\n", d->added ? "added" : "removed",
				STR_ARG(d->target), STR_ARG(d->id));
		added += d->added;
		removed += d->removed;
		altered += d->changes.n != 0;
		bytes += d->changes.n && d->bytes;
	}
	if (t->run->verbose)
		put_each(t);
	else
		put_causes(t);
	if (!t->changes.n)
		return;
	buf_count(out, added, "device");
	buf_fmt(out, " added, %zu removed, %zu altered, %zu of them in bytes\n", removed, altered,
		bytes);
}

/* --- JSON --- */

static void put_change(struct buf *out, const struct fact_change *c)
{
	const struct fact *f = c->new ? c->new : c->old;
	struct str none = {NULL, 0};

	buf_fmt(out, "{\"kind\": \"%s\", ", fact_kind_name(f->kind));
	diff_json_key(out, "name", f->name.n ? f->name : none);
	buf_z(out, ", ");
	diff_json_key(out, "old", c->old ? c->old->value : none);
	buf_z(out, ", ");
	diff_json_key(out, "new", c->new ? c->new->value : none);
	buf_fmt(out, ", \"bytes\": %s, ", c->bytes ? "true" : "false");
	diff_json_key(out, "block", c->cause && c->cause->block.n ? c->cause->block : none);
	if (c->cause && c->cause->at.file.n) {
		buf_z(out, ", \"place\": {");
		diff_json_key(out, "file", c->cause->at.file);
		buf_fmt(out, ", \"line\": %u}}", c->cause->at.line);
	} else {
		buf_z(out, ", \"place\": null}");
	}
}

static void put_json(struct trees *t, const struct diff_side *old, const struct diff_side *new)
{
	struct buf *out = &t->run->out;

	buf_z(out, "{\"diff_version\": 1, \"kind\": \"trees\", ");
	diff_json_key(out, "old", old->given);
	buf_z(out, ", ");
	diff_json_key(out, "new", new->given);
	buf_z(out, ",\n \"devices\": [");
	for (size_t i = 0; i < t->changes.n; i++) {
		const struct device_change *d = &t->changes.p[i];

		buf_fmt(out, "%s\n  {", i ? "," : "");
		diff_json_key(out, "target", d->target);
		buf_z(out, ", ");
		diff_json_key(out, "id", d->id);
		buf_fmt(out, ", \"status\": \"%s\", \"bytes\": %s, \"changes\": [",
			d->added     ? "added"
			: d->removed ? "removed"
				     : "changed",
			d->bytes ? "true" : "false");
		for (size_t k = 0; k < d->changes.n; k++) {
			buf_z(out, k ? ",\n    " : "\n    ");
			put_change(out, &d->changes.p[k]);
		}
		buf_z(out, "]}");
	}
	buf_z(out, "]}\n");
}

/* --- evaluating --- */

static bool has_board(const struct survey *s, struct str word)
{
	ptrdiff_t slash = str_chr(word, '/');
	struct str board = slash < 0 ? word : str_sub(word, 0, (size_t)slash);

	for (size_t i = 0; i < s->boards.n; i++)
		if (str_eq(s->boards.p[i].name, board))
			return true;
	return false;
}

/* A target that one of the trees does not have is one that came or went. */
static int want(struct trees *t, struct strs *ids, bool *nothing)
{
	struct strs *words = &t->run->wanted;

	for (size_t i = 0; i < words->n; i++) {
		bool in[2] = {has_board(&t->survey[0], words->p[i]),
			      has_board(&t->survey[1], words->p[i])};

		if (!in[0] && !in[1] && str_chr(words->p[i], '/') < 0) {
			*vec_push(t->run->mem, ids) = words->p[i];
			continue;
		}
		for (int k = 0; k < 2; k++)
			if ((in[k] || !in[!k]) && survey_operand(&t->survey[k], words->p[i]))
				return EXIT_USAGE;
	}
	for (int k = 0; k < 2; k++)
		nothing[k] = words->n > ids->n && !t->survey[k].wanted.n;
	return EXIT_GOOD;
}

static const struct target_facts *facts_of(const struct survey *s, struct str name)
{
	for (size_t i = 0; i < s->jobs.n; i++)
		if (str_eq(s->jobs.p[i].target->name, name))
			return s->jobs.p[i].result;
	return NULL;
}

/* Say what could not be evaluated. */
static int say_failed(struct survey *s, bool verbose)
{
	int status = EXIT_GOOD;

	for (size_t i = 0; i < s->jobs.n; i++) {
		const struct target *t = s->jobs.p[i].target;

		if (t->failed || verbose)
			survey_say(s, t);
		if (t->failed)
			status = EXIT_USAGE;
	}
	return status;
}

static void compare(struct trees *t, const struct strs *ids)
{
	for (size_t i = 0; i < t->survey[0].jobs.n; i++) {
		const struct survey_job *j = &t->survey[0].jobs.p[i];
		const struct target_facts *new = facts_of(&t->survey[1], j->target->name);

		if (j->result)
			facts_compare(t->run->mem, j->result, new, ids, &t->changes);
	}
	for (size_t i = 0; i < t->survey[1].jobs.n; i++) {
		const struct survey_job *j = &t->survey[1].jobs.p[i];

		if (j->result && !facts_of(&t->survey[0], j->target->name))
			facts_compare(t->run->mem, NULL, j->result, ids, &t->changes);
	}
}

/* Is each of IDS a device of one of the trees? */
static int check_ids(struct trees *t, const struct strs *ids)
{
	for (size_t i = 0; i < ids->n; i++) {
		bool found = false;

		for (int k = 0; k < 2; k++)
			for (size_t j = 0; j < t->survey[k].jobs.n && !found; j++)
				found = survey_has_device(&t->survey[k].jobs.p[j], ids->p[i]);
		if (!found)
			return command_usage(t->run->cx,
					     str_fmt(t->run->mem,
						     "no device or target '%.*s' in either tree",
						     STR_ARG(ids->p[i])));
	}
	return EXIT_GOOD;
}

static int evaluate(struct trees *t, struct strs *ids)
{
	bool nothing[2];
	int status = want(t, ids, nothing);

	for (int k = 0; !status && k < 2; k++)
		status = nothing[k] ? EXIT_GOOD : survey_run(&t->survey[k]);
	if (!status)
		status = check_ids(t, ids);
	return status;
}

static int diff(struct diff_run *r, const struct diff_side *const sides[2])
{
	struct trees t = {.run = r};
	struct strs ids = {0};
	int status = EXIT_GOOD;

	for (int k = 0; !status && k < 2; k++) {
		struct survey *s = &t.survey[k];

		*s = (struct survey){.cx = r->cx,
				     .mem = r->mem,
				     .model = true,
				     .each = take,
				     .ctx = &t,
				     .confined = r->confined};
		/* What the kernel allows is said once, for both. */
		*vec_push(r->mem, &s->confined.reads) = sides[!k]->path;
		status = r->jobs.p ? survey_jobs_option(s, r->jobs) : EXIT_GOOD;
		if (!status)
			status = survey_open(s, r->cx, "diff", sides[k]->path);
	}
	if (status)
		return status;
	status = evaluate(&t, &ids);
	for (int k = 0; !status && k < 2; k++)
		status = say_failed(&t.survey[k], r->verbose);
	if (status != EXIT_USAGE || t.survey[1].jobs.n) {
		compare(&t, &ids);
		if (r->json)
			put_json(&t, sides[0], sides[1]);
		else
			put_text(&t);
	}
	if (!status && t.changes.n)
		status = EXIT_PROBLEM;
	for (int k = 0; k < 2; k++)
		status = confine_report(t.survey[k].confine, status);
	for (int k = 0; k < 2; k++)
		survey_close(&t.survey[k]);
	return status;
}

/* --- revisions --- */

/* What a process of ours writes to the disk, by git's texts; removed by the process that waits for
 * the one that evaluates. */
static int put_revisions(struct diff_run *r, struct diff_side sides[2], struct str *folder)
{
	const char *base = getenv("TMPDIR");
	struct str name =
	    str_fmt(r->mem, "%s/imagemk-diff-XXXXXX", base && base[0] == '/' ? base : "/tmp");
	char *path = str_cz(r->mem, name);

	*folder = (struct str){NULL, 0};
	if (!sides[0].rev.p && !sides[1].rev.p)
		return EXIT_GOOD;
	if (!mkdtemp(path))
		return command_usage(r->cx, str_fmt(r->mem, "%s: %s", path, strerror(errno)));
	*folder = str_z(path);
	for (int k = 0; k < 2; k++) {
		struct str to = str_fmt(r->mem, "%s/%s", path, k ? "new" : "old");

		if (!sides[k].rev.p)
			continue;
		if (git_put_tree(r->cx, sides[k].path, sides[k].rev, to))
			return EXIT_USAGE;
		sides[k].path = to;
	}
	return EXIT_GOOD;
}

/* The process that evaluates; what stops us stops it, and we tidy up. */
static volatile sig_atomic_t evaluating;

static void pass_on(int number)
{
	if (evaluating > 0)
		kill((pid_t)evaluating, number);
}

/* Nothing has run in this process yet that would be in two of them. */
static int in_child(struct diff_run *r, const struct diff_side *const sides[2])
{
	static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
	pid_t pid, parent = getpid();
	int status = 0;

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		signal(signals[i], pass_on);
	pid = fork();
	evaluating = pid;
	if (pid == 0) {
		for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
			signal(signals[i], SIG_DFL);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(EXIT_USAGE);
		status = diff(r, sides);
		if (r->out.n)
			fwrite(r->out.p, 1, r->out.n, stdout);
		_exit(fflush(stdout) == 0 ? status : EXIT_USAGE);
	}
	if (pid < 0)
		return command_usage(r->cx, str_fmt(r->mem, "fork: %s", strerror(errno)));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_USAGE;
}

int diff_trees(struct diff_run *r, const struct diff_side *old, const struct diff_side *new)
{
	struct diff_side sides[2] = {*old, *new};
	const struct diff_side *const both[2] = {&sides[0], &sides[1]};
	struct str folder;
	int status = put_revisions(r, sides, &folder);

	if (!status)
		status = folder.p ? in_child(r, both) : diff(r, both);
	if (folder.p)
		git_remove_tree(r->mem, folder);
	return status;
}
