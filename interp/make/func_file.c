/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions that look at the disk or beyond: wildcard, realpath, abspath, file, shell. */
#include "make/graph.h"
#include "make/job.h"
#include "make/lang.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fds.h"

/* The host may be asked about C, and want to know where it stands. */
static void ask(struct make *mk, const struct fcall *c)
{
	mk->lang->acted = true;
	if (mk->host->may_open && mk->lang->spans)
		mk->lang->asked = frame_origin(mk, c->fr, c->node->off);
}

static void asked(struct make *mk)
{
	mk->lang->asked.in = NULL;
}

FUNC(wildcard)
{
	struct strs names;

	ask(mk, c);
	names =
	    names_parse(mk, mk->lang->scratch, c->v[0], NAMES_GLOB | NAMES_EXIST | NAMES_KEEP_DOT);
	asked(mk);
	for (size_t i = 0; i < names.n; i++) {
		if (i > 0)
			tbuf_char(out, ' ');
		tbuf_str(out, names.p[i]);
	}
}

/*
 * The relative NAME when no part of it needs a closer look: each is there and no link. *THERE: it
 * exists; false: not known. realpath(3) of the whole would look at the folders above each time.
 */
static bool plain_path(struct make *mk, const char *name, bool *there)
{
	char part[PATH_MAX], link;
	const char *slash = name;

	if (*name == '/' || strlen(name) >= sizeof(part))
		return false;
	for (const char *from = name; slash; from = slash + 1) {
		slash = strchr(from, '/');
		if (!*from || *from == '/' || *from == '.')
			return false;
		memcpy(part, name, slash ? (size_t)(slash - name) : strlen(name) + 1);
		if (slash)
			part[slash - name] = '\0';
		if (readlinkat(mk->g->cwd, part, &link, 1) >= 0)
			return false;
		*there = errno == EINVAL;
		if (!*there)
			return errno == ENOENT || errno == ENOTDIR;
	}
	return true;
}

FUNC(realpath)
{
	struct arena *mem = mk->lang->scratch;
	struct str rest = c->v[0], word, cwd = {NULL, 0};
	char path[PATH_MAX];
	bool any = false, there;

	mk->lang->acted = true;
	while (str_word(&rest, &word)) {
		struct arena_mark mark = arena_mark(mem);
		const char *name = str_cz(mem, word);

		name_counts(mk, word, MAKE_LOOKS_REAL);
		if (!cwd.p && realpath(mk->cwd.p ? str_cz(mem, mk->cwd) : ".", path)) {
			cwd = str_dup(mem, str_z(path));
			mark = arena_mark(mem);
		}
		if (cwd.n > 1 && plain_path(mk, name, &there) && cwd.n + 1 + word.n < PATH_MAX) {
			if (!there)
				continue;
			if (any)
				tbuf_char(out, ' ');
			tbuf_str(out, cwd);
			tbuf_char(out, '/');
			tbuf_str(out, word);
			any = true;
			continue;
		}
		if (realpath(names_at(mk, mem, word).p, path)) {
			if (any)
				tbuf_char(out, ' ');
			tbuf_str(out, str_z(path));
			any = true;
		}
		arena_release(mem, mark);
	}
}

/* A relative name without dots at the beginning of a part, and without two slashes in a row:
 * CWD/WORD is clean. */
static bool joins_clean(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if ((word.p[i] == '.' || word.p[i] == '/') && (i == 0 || word.p[i - 1] == '/'))
			return false;
	return word.p[word.n - 1] != '/';
}

FUNC(abspath)
{
	struct arena *mem = mk->lang->scratch;
	struct str rest = c->v[0], word, cwd = path_clean(mem, mk->cwd);
	bool any = false;

	while (str_word(&rest, &word)) {
		struct arena_mark mark = arena_mark(mem);
		bool joins = cwd.n > 1 && joins_clean(word);
		struct str path = word;

		if (word.n >= PATH_MAX)
			continue;
		if (!joins)
			path = path_clean(mem, names_at(mk, mem, word));
		/* else no path for the system, none for GNU make */
		if (path.n + (joins ? cwd.n + 1 : 0) < PATH_MAX) {
			if (any)
				tbuf_char(out, ' ');
			if (joins) {
				tbuf_str(out, cwd);
				tbuf_char(out, '/');
			}
			tbuf_str(out, path);
			any = true;
		}
		arena_release(mem, mark);
	}
}

/* All of FD's bytes. */
static bool read_all(int fd, struct tbuf *out)
{
	for (;;) {
		ssize_t n = read(fd, tbuf_room(out, 65536), 65536);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		out->n += (size_t)n;
	}
}

static void file_write(struct make *mk, struct str name, int mode, const struct str *text)
{
	enum { STDIO_BUFFER = 4096 }; /* what fits into it fails when GNU make closes the file */
	bool good;
	int fd;

	if (name_forbidden(mk, MAKE_WRITES_FILE, name))
		return;
	fd = name_create(mk, mk->lang->scratch, name, O_WRONLY | mode);
	if (fd < 0)
		make_fatal(mk, mk->at, "open: %.*s: %s", STR_ARG(name), strerror(errno));
	good =
	    !text || (fds_write(fd, *text) && (str_ends(*text, S("\n")) || fds_write(fd, S("\n"))));
	if (close(fd) != 0 || !good)
		make_fatal(mk, mk->at, "%s: %.*s: %s",
			   good || text->n < STDIO_BUFFER ? "close" : "write", STR_ARG(name),
			   strerror(errno));
}

static void file_read(struct make *mk, struct str name, struct tbuf *out)
{
	struct str path = names_at(mk, mk->lang->scratch, name);
	size_t before = out->n;
	bool good;
	int fd;

	if (name_forbidden(mk, MAKE_READS_FILE, path))
		return;
	fd = open(path.p, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return;
	if (fd < 0)
		make_fatal(mk, mk->at, "open: %.*s: %s", STR_ARG(name), strerror(errno));
	good = read_all(fd, out);
	close(fd);
	if (!good)
		make_fatal(mk, mk->at, "read: %.*s: %s", STR_ARG(name), strerror(errno));
	if (out->n > before && out->p[out->n - 1] == '\n' && --out->n > before &&
	    out->p[out->n - 1] == '\r')
		out->n--;
}

FUNC(file)
{
	struct str op = c->v[0], name;
	bool append = str_starts(op, S(">>")), writes = str_starts(op, S(">"));

	mk->lang->acted = true;
	if (!writes && !str_starts(op, S("<")))
		make_fatal(mk, expand_place(mk), "file: invalid file operation: %.*s", STR_ARG(op));
	name = str_from(op, append ? 2 : 1);
	while (name.n && scan_space(name.p[0]))
		name = str_from(name, 1); /* blanks behind it are its own */
	if (!name.n)
		make_fatal(mk, expand_place(mk), "file: missing filename");
	if (!writes && c->n > 1)
		make_fatal(mk, expand_place(mk), "file: too many arguments");
	if (writes && mk->lang->trying)
		return; /* a recipe that somebody looks at, not one that runs */
	ask(mk, c);
	if (writes)
		file_write(mk, name, append ? O_APPEND : O_TRUNC, c->n > 1 ? &c->v[1] : NULL);
	else
		file_read(mk, name, out);
	asked(mk);
}

/* Newlines become blanks, the last ones (or one) go; a CR in front of a newline goes. A NUL ends
 * it. */
static void fold_newlines(struct tbuf *out, struct str s, bool trim)
{
	ptrdiff_t nul = str_chr(s, '\0');
	char *to, *from;
	size_t cut = 0;

	if (nul >= 0)
		s.n = (size_t)nul;
	to = from = tbuf_room(out, s.n);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		*to++ = s.p[i];
	}
	while (to > from && to[-1] == '\n' && (trim || cut++ == 0))
		to--;
	for (char *q = from; q < to; q++)
		if (*q == '\n')
			*q = ' ';
	out->n += (size_t)(to - from);
}

/*
 * .SHELLSTATUS is set in the innermost scope, which may be a $(call)'s or a $(foreach)'s and end
 * with it. Pinned by tests/make/func-shell-status-scope.mk.
 */
static void set_status(struct make *mk, int status)
{
	struct lang *l = mk->lang;
	struct symbol *sym = symbol_of(mk, S(".SHELLSTATUS"));
	struct str digits = str_fmt(mk->mem, "%d", status);
	struct binding *b = sym->local;

	if (l->depth == l->base) {
		var_set_simple(mk, mk->scope, sym->name, digits, ORIGIN_OVERRIDE);
		return;
	}
	if (!b || b->depth != l->depth) {
		b = arena_make(mk->mem, struct binding);
		*b = (struct binding){.outer = sym->local, .symbol = sym, .depth = l->depth};
		b->var.symbol = sym;
		symbol_touch(mk, sym);
		sym->local = b;
		l->status = sym;
	}
	b->var.value = text_plain(digits);
	b->var.origin = ORIGIN_OVERRIDE;
}

/* To GNU make 127 means that no shell was found, so what came is an error message. */
static void say_instead(struct make *mk, struct str text)
{
	ptrdiff_t nul = str_chr(text, '\0');

	output_raw(mk, true, str_sub(text, 0, nul < 0 ? text.n : (size_t)nul));
}

void shell_result(struct make *mk, struct tbuf *out, struct str text, bool trim)
{
	struct arena *mem = arena_new();
	bool warn = mk->warn_undefined;
	struct str result = S(""), shell, flags;
	size_t blank = 0;
	int status;

	mk->warn_undefined = false;
	shell = expand_var(mk, mem, "SHELL");
	flags = expand_var(mk, mem, ".SHELLFLAGS");
	mk->warn_undefined = warn;
	while (blank < text.n && scan_blank(text.p[blank]))
		blank++;
	if (blank == text.n) {
		arena_free(mem);
		return;
	}
	status = mk->host->shell(mk->host->ctx, mk, mem, shell, flags, text, mk->setup->env,
				 mk->cwd, output_err(mk), &result);
	jobs_check_interrupt(mk);
	set_status(mk, status);
	if (status == 127)
		say_instead(mk, result);
	else
		fold_newlines(out, result, trim);
	arena_free(mem);
}

FUNC(shell)
{
	ask(mk, c);
	shell_result(mk, out, c->v[0], true);
	asked(mk);
}
