/* SPDX-License-Identifier: GPL-2.0-only */
/* What make says: errors, fatal errors, messages, debugging; words and prefixes as GNU make 4.3. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "make/job.h"
#include "make/options.h"

struct str make_prefix(struct make *mk, struct arena *mem)
{
	if (mk->level == 0)
		return str_fmt(mem, "%.*s: ", STR_ARG(mk->program));
	return str_fmt(mem, "%.*s[%u]: ", STR_ARG(mk->program), mk->level);
}

static void put_place(struct make *mk, struct buf *b, struct place at)
{
	if (at.file.n)
		buf_fmt(b, "%.*s:%u: ", STR_ARG(at.file), at.line);
	else
		buf_str(b, make_prefix(mk, b->mem));
}

/* FMT's text behind the prefix for AT, newline added, to descriptor 1 or 2. */
static void say(struct make *mk, bool err, const struct place *at, const char *before,
		const char *fmt, va_list ap, const char *after)
{
	struct arena *mem = arena_new();
	struct buf b = buf_new(mem);

	if (at)
		put_place(mk, &b, *at);
	buf_z(&b, before);
	buf_str(&b, str_vfmt(mem, fmt, ap));
	buf_z(&b, after);
	(err ? &mk->err : &mk->out)->put((err ? &mk->err : &mk->out)->ctx, buf_view(&b));
	arena_free(mem);
}

void make_error(struct make *mk, struct place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(mk, true, &at, "", fmt, ap, "\n");
	va_end(ap);
}

void make_message(struct make *mk, const char *fmt, ...)
{
	static const struct place nowhere;
	va_list ap;

	va_start(ap, fmt);
	say(mk, false, &nowhere, "", fmt, ap, "\n");
	va_end(ap);
}

void make_print(struct make *mk, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(mk, false, NULL, "", fmt, ap, "");
	va_end(ap);
}

void make_perror(struct make *mk, const char *what, struct str name)
{
	make_error(mk, (struct place){0}, "%s%.*s: %s", what, STR_ARG(name), strerror(errno));
}

/* The calls that led to a fatal error, for those who asked for them. */
static void say_trail(struct make *mk)
{
	struct arena *mem = arena_new();
	struct str text =
	    diag_format(mem, (struct place){0}, mk->trail, (struct str){NULL, 0}, S(""));
	ptrdiff_t eol = str_chr(text, '\n');

	if (eol >= 0 && text.n > (size_t)eol + 1)
		mk->err.put(mk->err.ctx, str_from(text, (size_t)eol + 1));
	arena_free(mem);
}

struct str make_origin_lines(struct make *mk, struct arena *mem, const struct make_span *s,
			     const char *prefix)
{
	struct buf b = buf_new(mem);
	struct place at = make_span_place(s);
	struct str rest, line;

	if (!mk->setup->origins || !at.file.n)
		return S("");
	rest = diag_format(mem, (struct place){0}, s->trail, (struct str){NULL, 0}, S(""));
	buf_fmt(&b, "%s  written at %.*s:%u", prefix, STR_ARG(at.file), at.line);
	while (str_split(&rest, '\n', &line))
		buf_fmt(&b, "%s%.*s\n", line.n ? prefix : "", STR_ARG(line));
	b.n--;
	return buf_view(&b);
}

_Noreturn void make_fatal(struct make *mk, struct place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(mk, true, &at, "*** ", fmt, ap, ".  Stop.\n");
	va_end(ap);
	if (mk->setup->trails)
		say_trail(mk);
	make_die(mk, 2);
}

void make_debug(struct make *mk, unsigned level, unsigned depth, const char *fmt, ...)
{
	struct arena *mem;
	struct buf b;
	va_list ap;

	if (!(mk->o->debug_level & level))
		return;
	mem = arena_new();
	b = buf_new(mem);
	buf_fmt(&b, "%*s", (int)depth, "");
	va_start(ap, fmt);
	buf_str(&b, str_vfmt(mem, fmt, ap));
	va_end(ap);
	output_raw(mk, false, buf_view(&b));
	arena_free(mem);
}
