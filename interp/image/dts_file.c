/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree sources: the files of a tree and their spellings, kept while the cache lives. What a
 * hostile tree could make large is bounded here: a file, the text of all, the number of tokens and
 * of different spellings.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "digest/digest.h"
#include "image/dts_tokens.h"

enum {
	FILE_MOST = 2 << 20,
	BYTES_MOST = 256 << 20,
	SYMBOLS_MOST = 1 << 20,
	TOKENS_MOST = 8 << 20,
	PATH_MOST = 4096
};

/* --- spellings --- */

bool dts_is_run(unsigned char c)
{
	static const bool is[256] = {
	    ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,
	    ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['a'] = true, ['b'] = true,
	    ['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true, ['g'] = true, ['h'] = true,
	    ['i'] = true, ['j'] = true, ['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true,
	    ['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true, ['t'] = true,
	    ['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true, ['y'] = true, ['z'] = true,
	    ['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true, ['E'] = true, ['F'] = true,
	    ['G'] = true, ['H'] = true, ['I'] = true, ['J'] = true, ['K'] = true, ['L'] = true,
	    ['M'] = true, ['N'] = true, ['O'] = true, ['P'] = true, ['Q'] = true, ['R'] = true,
	    ['S'] = true, ['T'] = true, ['U'] = true, ['V'] = true, ['W'] = true, ['X'] = true,
	    ['Y'] = true, ['Z'] = true, [','] = true, ['.'] = true, ['_'] = true, ['+'] = true,
	    ['*'] = true, ['#'] = true, ['?'] = true, ['@'] = true, ['-'] = true,
	};

	return is[c];
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool dts_is_identifier(struct str s)
{
	if (s.n == 0 || !is_letter(s.p[0]))
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!is_letter(s.p[i]) && !is_digit(s.p[i]))
			return false;
	return true;
}

void dts_spell(struct buf *b, const struct dts_token *t)
{
	bool was_word = b->n && dts_is_word(b->p[b->n - 1]);

	if (b->n &&
	    ((t->flags & DTS_SPACE) || (was_word && (t->kind == DTS_RUN || t->kind == DTS_CHAR))))
		buf_char(b, ' ');
	switch (t->kind) {
	case DTS_RUN:
		buf_str(b, t->symbol->text);
		break;
	case DTS_REF:
		buf_char(b, '&');
		buf_str(b, t->symbol->text);
		break;
	case DTS_PATH_REF:
		buf_fmt(b, "&{%.*s}", STR_ARG(t->symbol->text));
		break;
	case DTS_STRING:
	case DTS_CHAR:
		buf_char(b, t->kind == DTS_CHAR ? '\'' : '"');
		buf_str(b, t->symbol->text);
		buf_char(b, t->kind == DTS_CHAR ? '\'' : '"');
		break;
	case DTS_KEYWORD:
		buf_fmt(b, "/%.*s/", STR_ARG(t->symbol->text));
		break;
	default:
		buf_char(b, t->kind < DTS_END ? (char)t->kind : '#');
	}
}

/* Length of the C token that the run S begins with. */
static size_t piece_length(struct str s)
{
	size_t i = 1;

	if (is_letter(s.p[0])) {
		while (i < s.n && (is_letter(s.p[i]) || is_digit(s.p[i])))
			i++;
	} else if (is_digit(s.p[0]) || (s.p[0] == '.' && s.n > 1 && is_digit(s.p[1]))) {
		/* A preprocessing number: 0x1e+FOO is one. */
		while (i < s.n &&
		       (is_letter(s.p[i]) || is_digit(s.p[i]) || s.p[i] == '.' ||
			((s.p[i] == '+' || s.p[i] == '-') && strchr("eEpP", s.p[i - 1]))))
			i++;
	} else if (s.n > 1 && s.p[0] == '#' && s.p[1] == '#') {
		i = 2;
	}
	return i;
}

static void classify(struct dts_symbol *s)
{
	struct str rest = s->text;

	if (s->kind == DTS_REF)
		s->is_identifier = true;
	if (s->kind != DTS_RUN)
		return;
	s->is_identifier = dts_is_identifier(s->text);
	while (!s->is_identifier && !s->is_compound && rest.n) {
		s->is_compound = is_letter(rest.p[0]);
		rest = str_from(rest, piece_length(rest));
	}
}

static void grow_table(struct dts_cache *c)
{
	size_t n = c->n_table * 2;
	struct dts_symbol **table = calloc(n, sizeof(*table));

	if (!table)
		memory_exhausted();
	for (size_t i = 0; i < c->n_table; i++) {
		struct dts_symbol *s = c->table[i];
		size_t at = s ? s->hash & (n - 1) : 0;

		while (s && table[at])
			at = (at + 1) & (n - 1);
		if (s)
			table[at] = s;
	}
	free(c->table);
	c->table = table;
	c->n_table = n;
}

struct dts_symbol *dts_symbol(struct dts_cache *c, enum dts_kind kind, struct str text)
{
	uint32_t hash = str_hash(text) * 31 + (uint32_t)kind;
	size_t at = hash & (c->n_table - 1);
	struct dts_symbol *s;

	while ((s = c->table[at])) {
		if (s->hash == hash && s->kind == kind && str_eq(s->text, text))
			return s;
		at = (at + 1) & (c->n_table - 1);
	}
	if (c->n_symbols >= SYMBOLS_MOST) {
		c->is_full = true;
		return c->comma;
	}
	c->n_symbols++;
	s = c->table[at] = arena_make(c->mem, struct dts_symbol);
	*s = (struct dts_symbol){
	    .text = str_dup(c->mem, text), .hash = hash, .kind = (uint16_t)kind};
	classify(s);
	if (c->n_symbols * 2 > c->n_table)
		grow_table(c);
	return s;
}

const struct dts_token *dts_pieces(struct dts_cache *c, struct dts_symbol *s, size_t *n)
{
	struct dts_tokens v = {0};

	for (struct str rest = s->text; !s->pieces && rest.n;) {
		size_t length = piece_length(rest);

		*vec_push(c->mem, &v) = (struct dts_token){
		    .symbol = dts_symbol(c, DTS_RUN, str_sub(rest, 0, length)), .kind = DTS_RUN};
		dts_count(c, 1);
		rest = str_from(rest, length);
	}
	if (!s->pieces) {
		s->pieces = v.p;
		s->n_pieces = (uint32_t)v.n;
	}
	*n = s->n_pieces;
	return s->pieces;
}

void dts_count(struct dts_cache *c, size_t n)
{
	c->n_tokens += n;
	if (c->n_tokens > TOKENS_MOST)
		c->is_full = true;
}

/* --- the cache --- */

/* Properties that are kept. */
static const char *const wanted[] = {
    "#address-cells", "#size-cells", "bootargs", "compatible", "label",
    "model",	      "read-only",   "reg",	 "status",
};

struct dts_cache *dts_cache_new(struct str root)
{
	struct arena *mem = arena_new();
	struct dts_cache *c = arena_make(mem, struct dts_cache);

	c->mem = mem;
	c->root = path_clean(mem, root);
	c->folders = map_new(mem);
	c->files = map_new(mem);
	c->boards = map_new(mem);
	c->text = buf_new(mem);
	c->n_table = 1024;
	c->table = calloc(c->n_table, sizeof(*c->table));
	if (!c->table)
		memory_exhausted();
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		dts_symbol(c, DTS_RUN, str_z(wanted[i]))->is_wanted = true;
	c->defined = dts_symbol(c, DTS_RUN, S("defined"));
	c->va_args = dts_symbol(c, DTS_RUN, S("__VA_ARGS__"));
	c->hash = dts_symbol(c, DTS_RUN, S("#"));
	c->hash2 = dts_symbol(c, DTS_RUN, S("##"));
	c->comma = dts_symbol(c, DTS_RUN, S(","));
	c->dot = dts_symbol(c, DTS_RUN, S("."));
	dts_allow(c, c->root);
	return c;
}

void dts_cache_free(struct dts_cache *c)
{
	if (!c)
		return;
	free(c->table);
	arena_free(c->mem);
}

void dts_allow(struct dts_cache *c, struct str folder)
{
	void **seen;
	char *real;

	if (memchr(folder.p ? folder.p : "", 0, folder.n))
		return;
	seen = map_at(c->folders, folder);
	if (*seen)
		return;
	*seen = c;
	real = realpath(str_cz(c->mem, folder), NULL);
	if (real)
		*vec_push(c->mem, &c->allowed) = str_dup(c->mem, str_z(real));
	free(real);
}

/* --- files --- */

static bool is_below(struct str path, struct str folder)
{
	return str_starts(path, folder) &&
	       (path.n == folder.n || folder.n == 1 || path.p[folder.n] == '/');
}

/* Is the open file FD (of PATH) in a folder that may be read from? Links are followed by then. */
static bool is_allowed(const struct dts_cache *c, int fd, const char *path)
{
	char link[64], target[PATH_MOST];
	ssize_t n;
	bool allowed = false;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, target, sizeof(target));
	if (n < 0) {
		char *real = realpath(path, NULL);

		n = real && strlen(real) < sizeof(target) ? (ssize_t)strlen(real) : 0;
		memcpy(target, real ? real : "", (size_t)n);
		free(real);
	}
	for (size_t i = 0; i < c->allowed.n && !allowed; i++)
		allowed = is_below((struct str){target, (size_t)n}, c->allowed.p[i]);
	return allowed;
}

/* FD's text into the cache's buffer; 0, or errno. */
static int read_all(struct dts_cache *c, int fd, size_t size)
{
	ssize_t n = 1;

	c->text.n = 0;
	buf_room(&c->text, size + 1);
	while (n > 0 && c->text.n <= FILE_MOST) {
		size_t want = c->text.n < size ? size - c->text.n : 4096;

		n = read(fd, buf_room(&c->text, want), want);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return errno;
		else
			c->text.n += (size_t)n;
	}
	return 0;
}

/* What keeps FD from being read; empty: nothing. */
static struct str refusal(const struct dts_cache *c, int fd, const char *path,
			  const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return S_ISDIR(st->st_mode) ? S("is a folder") : S("is no regular file");
	if (st->st_size > FILE_MOST)
		return S("is too large for a device tree source (more than 2 MiB)");
	if (c->n_bytes + (size_t)st->st_size > BYTES_MOST)
		return S(
		    "is one too many: the device tree sources are larger than 256 MiB together");
	if (!is_allowed(c, fd, path))
		return S("is outside of the tree: not read");
	return (struct str){NULL, 0};
}

static void load(struct dts_cache *c, struct dts_file *f)
{
	const char *path = str_cz(c->mem, f->path);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0) {
		f->error = errno == ENOTDIR ? ENOENT : errno;
	} else {
		f->why = refusal(c, fd, path, &st);
		if (!f->why.n)
			f->error = read_all(c, fd, (size_t)st.st_size);
		if (!f->why.n && !f->error && c->text.n > FILE_MOST)
			f->why = S("grows while it is read");
	}
	if (fd >= 0)
		close(fd);
	if (!f->error && !f->why.n) {
		c->n_bytes += c->text.n;
		digest_bytes(&digest_md5, c->text.p, c->text.n, f->digest);
		dts_lex(c, f, buf_view(&c->text));
	}
}

struct dts_file *dts_file(struct dts_cache *c, struct str path)
{
	void **at = map_at(c->files, path);
	struct dts_file *f = *at;

	if (f)
		return f;
	f = *at = arena_make(c->mem, struct dts_file);
	f->path = str_dup(c->mem, path);
	if (path.n >= PATH_MOST)
		f->error = ENAMETOOLONG;
	else
		load(c, f);
	return f;
}
