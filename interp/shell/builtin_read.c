/* SPDX-License-Identifier: GPL-2.0-only */
/* The builtin read, and setting a variable whose name a builtin was given. Source: bash(1),
 * dash(1). */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "shell/builtin.h"
#include "shell/expand_posix.h"

struct reading {
	bool raw, exact;
	struct str array; /* of -a; may be unset */
	char delimiter;
	size_t most; /* characters; SIZE_MAX: no limit */
	size_t fd;
	struct buf text, mask; /* MASK: 'q' where a backslash protected the byte */
	bool ended;	       /* by the delimiter */
	bool asks;	       /* -t 0: whether there is something */
	int err;	       /* reading failed */
};

static bool may_read(const struct fd *fd)
{
	int real, flags;

	if (fd->reads)
		return true;
	/* only those that were handed to us may be open both ways */
	real = stream_descriptor(fd->stream);
	flags = real >= 0 ? fcntl(real, F_GETFL) : -1;
	return flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
}

/* Would a read not wait? */
static bool has_input(struct stream *s)
{
	struct pollfd p = {.fd = s ? stream_descriptor(s) : -1, .events = POLLIN};

	return s && (p.fd < 0 || poll(&p, 1, 0) > 0);
}

/* A backslash before a NUL ends bash's text, of which the rest is passed by; its own mark stays
 * where that is all. */
static void read_cut(struct stream *s, struct reading *r)
{
	char c;

	if (!r->text.n) {
		buf_char(&r->text, 1);
		buf_char(&r->mask, 'q');
	}
	while (!r->ended && stream_read(s, &c, 1) == 1)
		r->ended = c == r->delimiter && !r->exact;
}

/* Is C the last byte of a character? WITHIN: so many were to follow, and are. */
static bool ends_char(char c, size_t *within)
{
	unsigned char byte = (unsigned char)c;

	if (*within && (byte & 0xc0) == 0x80)
		return --*within == 0;
	*within = MB_CUR_MAX == 1 || byte < 0xc2 ? 0
		  : byte < 0xe0			 ? 1
		  : byte < 0xf0			 ? 2
		  : byte < 0xf5			 ? 3
						 : 0;
	return !*within;
}

static bool read_text(struct shell *sh, struct reading *r)
{
	struct stream *s = fd_stream(sh, r->fd);
	bool escaped = false;
	size_t chars = 0, within = 0;
	char c;

	r->text = buf_new(sh->tmp);
	r->mask = buf_new(sh->tmp);
	if (!s || (is_bash(sh) && !may_read(&sh->fds[r->fd])))
		return false;
	while (chars < r->most) {
		ssize_t got = stream_read(s, &c, 1);

		if (got < 0)
			r->err = (int)-got;
		if (got != 1)
			break;
		if (escaped && c == '\0' && is_bash(sh)) {
			read_cut(s, r);
			return true;
		}
		if (escaped && c == '\0') /* dash goes on to the next byte with it */
			continue;
		if (escaped) {
			escaped = false;
			if (c == '\n')
				continue;
			buf_char(&r->text, c);
			buf_char(&r->mask, 'q');
			chars += ends_char(c, &within);
			continue;
		}
		if (c == r->delimiter && !r->exact) {
			r->ended = true;
			return true;
		}
		if (c == '\\' && !r->raw) {
			escaped = true;
			continue;
		}
		if (c == '\0')
			continue;
		buf_char(&r->text, c);
		buf_char(&r->mask, ' ');
		chars += ends_char(c, &within);
	}
	r->ended = chars >= r->most;
	return true;
}

static bool is_ifs(const struct reading *r, struct str ifs, size_t i, bool blank_only)
{
	char c = r->text.p[i];
	bool blank = c == ' ' || c == '\t' || c == '\n';

	return r->mask.p[i] != 'q' && str_chr(ifs, c) >= 0 && (blank || !blank_only);
}

/* The next field from *POS on; the last variable gets all that is left. */
static struct str next_field(const struct reading *r, struct str ifs, size_t *pos, bool last)
{
	size_t n = r->text.n, start, end;

	while (*pos < n && is_ifs(r, ifs, *pos, true))
		++*pos;
	start = *pos;
	while (*pos < n && !is_ifs(r, ifs, *pos, false))
		++*pos;
	end = *pos;
	while (*pos < n && is_ifs(r, ifs, *pos, true))
		++*pos;
	if (*pos < n && is_ifs(r, ifs, *pos, false) && !is_ifs(r, ifs, *pos, true)) {
		++*pos;
		while (*pos < n && is_ifs(r, ifs, *pos, true))
			++*pos;
	}
	if (last &&
	    *pos < n) { /* more than one field is left: all of it, without blanks at the end */
		end = n;
		*pos = n;
		/* even those that a backslash protects */
		while (end > start && strchr(" \t\n", r->text.p[end - 1]) &&
		       str_chr(ifs, r->text.p[end - 1]) >= 0)
			end--;
	}
	return (struct str){r->text.p ? r->text.p + start : "", end - start};
}

/* False after a message. */
static bool read_array(struct shell *sh, struct reading *r, struct str name)
{
	struct str ifs = ifs_value(sh);
	const struct var *v = var_find(sh, name);
	int64_t i = 0;

	if (!is_name(name)) {
		say(sh, "read: `%.*s': not a valid identifier", STR_ARG(name));
		return false;
	}
	if (v && (v->flags & VAR_READONLY)) {
		say(sh, "%.*s: readonly variable", STR_ARG(name));
		return false;
	}
	var_clear_array(sh, var_at(sh, name));
	sh->arith_who = "read";
	for (size_t pos = 0; pos < r->text.n;) {
		struct str field = next_field(r, ifs, &pos, false);

		/* blanks alone are no field */
		if (field.n || field.p < r->text.p + r->text.n || pos < r->text.n)
			var_set_index(sh, name, i++, field);
	}
	sh->arith_who = NULL;
	return true;
}

static int bad_read_option(struct shell *sh, struct str name, char c, const char *why)
{
	builtin_error(sh, name, 2, "-%c: %s", c, why);
	put_fd(sh, 2,
	       S("read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] "
		 "[-p prompt] [-t timeout] [-u fd] [name ...]\n"));
	return 2;
}

/* bash: what is wrong with the VALUE of option C, or NULL; read by then. */
static const char *read_value(struct reading *r, char c, struct str value)
{
	uint64_t n = 0;
	size_t dots = 0;
	bool number = value.n && str_number(value, 10, &n) && n <= INT_MAX;

	switch (c) {
	case 'a': r->array = value; return NULL;
	case 'd': r->delimiter = value.n ? value.p[0] : '\0'; return NULL;
	case 'N':
	case 'n':
		if (!number && value.n > 1 && value.p[0] == '0')
			return value.p[1] >= '0' && value.p[1] <= '9' ? "invalid octal number"
			       : value.p[1] == 'x'		      ? "invalid hex number"
								      : "invalid number";
		r->most = n;
		r->exact |= c == 'N';
		return number ? NULL : "invalid number";
	case 'u': r->fd = n; return number ? NULL : "invalid file descriptor specification";
	case 't': break;
	default: return NULL;
	}
	r->asks = true;
	for (size_t i = 0; i < value.n; i++) {
		dots += value.p[i] == '.';
		if (dots > 1 || !strchr(".0123456789", value.p[i]))
			return "invalid timeout specification";
		r->asks &= strchr(".0", value.p[i]) != NULL;
	}
	return NULL;
}

static int read_options(struct shell *sh, const struct str *argv, size_t argc, struct reading *r,
			size_t *i)
{
	for (; *i < argc && argv[*i].n > 1 && argv[*i].p[0] == '-'; ++*i) {
		if (str_is(argv[*i], "--")) {
			++*i;
			break;
		}
		for (size_t k = 1; k < argv[*i].n; k++) {
			char c = argv[*i].p[k];
			struct str value = str_from(argv[*i], k + 1);
			const char *why;

			if (c == 'r') {
				r->raw = true;
				continue;
			}
			if (c == 's' || c == 'e')
				continue;
			if (!strchr("apdnNuti", c))
				return bad_read_option(sh, argv[0], c, "invalid option");
			if (value.n == 0 && *i + 1 == argc)
				return bad_read_option(sh, argv[0], c,
						       "option requires an argument");
			if (value.n == 0 && *i + 1 < argc)
				value = argv[++*i];
			why = read_value(r, c, value);
			if (why)
				return builtin_error(sh, argv[0], 1, "%.*s: %s", STR_ARG(value),
						     why);
			if (c == 'u' && !fd_stream(sh, r->fd))
				return builtin_error(sh, argv[0], 1,
						     "%zu: invalid file descriptor: Bad file "
						     "descriptor",
						     r->fd);
			break;
		}
	}
	return 0;
}

bool builtin_good_var(const struct shell *sh, struct str name)
{
	size_t open = is_bash(sh) ? subscript_of(name) : 0;

	return is_name(open ? str_sub(name, 0, open) : name);
}

/* bash: a read-only variable fails the builtin, not the line. Returns SET. */
static bool builtin_goes_on(struct shell *sh, bool set)
{
	if (!set && sh->flow == FLOW_DISCARD && !sh->whole)
		sh->flow = FLOW_ON;
	return set;
}

bool index_too_low(struct shell *sh, struct str name, struct str array, int64_t i)
{
	const struct var *v = i < 0 ? var_find(sh, array) : NULL;
	int64_t last = !v || (v->flags & VAR_UNSET) ? -1
		       : !(v->flags & VAR_ARRAY)    ? 0
		       : v->n			    ? v->items[v->n - 1].index
						    : -1;

	if (!is_bash(sh) || i >= 0 || i + last + 1 >= 0)
		return false;
	say(sh, "%.*s: bad array subscript", STR_ARG(name));
	reported(sh);
	if (sh->flow != FLOW_EXIT)
		sh->status = 1;
	return true;
}

bool builtin_set_var(struct shell *sh, struct str who, struct str name, struct str value)
{
	ptrdiff_t open = is_bash(sh) ? str_chr(name, '[') : -1;
	struct str index;
	int64_t i = 0;
	bool set;

	if (open > 0 && (str_is(str_from(name, (size_t)open), "[@]") ||
			 str_is(str_from(name, (size_t)open), "[*]"))) {
		say(sh, "%.*s: bad array subscript", STR_ARG(name));
		return false;
	}
	if (open > 0 &&
	    (!subscript_text(sh, str_sub(name, (size_t)open + 1, name.n - (size_t)open - 2),
			     &index) ||
	     !index_eval(sh, index, &i)))
		return builtin_goes_on(sh, false);
	if (open > 0 && index_too_low(sh, name, str_sub(name, 0, (size_t)open), i))
		return builtin_goes_on(sh, false);
	sh->arith_who = is_bash(sh) ? str_cz(sh->tmp, who) : NULL;
	if (open > 0)
		set = var_set_index(sh, str_sub(name, 0, (size_t)open), i, value);
	else
		set = var_set(sh, name, value);
	sh->arith_who = NULL;
	return builtin_goes_on(sh, set);
}

/* dash's: what cannot be read is empty, and so are the names without a field. */
static int read_posix(struct shell *sh, struct reading *r, const struct str *argv, size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	struct strs fields = {0};
	char *escaped;
	size_t i;
	int c;

	while ((c = posix_option(sh, &o, "p:r")) > 0)
		r->raw |= c == 'r';
	if (c < 0)
		return 2;
	i = o.at;
	if (i == argc)
		return builtin_error(sh, argv[0], 2, "arg count");
	read_text(sh, r);
	escaped = arena_array(sh->tmp, char, r->text.n + 1);
	for (size_t k = 0; k < r->text.n; k++)
		escaped[k] = r->mask.p[k] == 'q';
	posix_read(sh, r->text.n ? buf_view(&r->text) : S(""), escaped, argc - i, &fields);
	for (size_t k = 0; i < argc; i++, k++) {
		struct str name = posix_name(argv[i]);

		if (!is_name(name))
			return builtin_error(sh, argv[0], 2, "%.*s: bad variable name",
					     STR_ARG(name));
		if (!var_set(sh, name, k < fields.n ? fields.p[k] : S("")))
			return 2;
	}
	return !r->ended;
}

static int run_read(struct shell *sh, const struct str *argv, size_t argc)
{
	struct reading r = {.delimiter = '\n', .most = SIZE_MAX};
	struct str ifs = ifs_value(sh);
	size_t i = 1, pos = 0;
	int err;

	if (!is_bash(sh))
		return read_posix(sh, &r, argv, argc);
	err = read_options(sh, argv, argc, &r, &i);
	if (err)
		return err;
	if (i < argc && !builtin_good_var(sh, argv[i])) /* the others when their turn comes */
		return builtin_error(sh, argv[0], 1, "`%.*s': not a valid identifier",
				     STR_ARG(argv[i]));
	if (r.asks)
		return !has_input(fd_stream(sh, r.fd));
	if (!read_text(sh, &r))
		r.err = EBADF;
	if (r.err)
		return builtin_error(sh, argv[0], 1, "read error: %zu: %s", r.fd,
				     errno_text(r.err));
	if (r.exact)
		ifs = S("");
	if (r.array.p && !read_array(sh, &r, r.array))
		return 1;
	if (!r.array.p && i == argc)
		builtin_set_var(sh, argv[0], S("REPLY"), r.text.n ? buf_view(&r.text) : S(""));
	for (; i < argc && !r.array.p; i++) {
		if (!builtin_good_var(sh, argv[i]))
			return builtin_error(sh, argv[0], 1, "`%.*s': not a valid identifier",
					     STR_ARG(argv[i]));
		if (!builtin_set_var(sh, argv[0], argv[i],
				     next_field(&r, ifs, &pos, i + 1 == argc)))
			return 1;
	}
	return sh->flow == FLOW_EXIT || sh->whole ? sh->status : !r.ended;
}

const struct builtin builtin_read = {
	.name = S("read"),
	.run = run_read,
	.flags = BUILTIN_PURE,
};
