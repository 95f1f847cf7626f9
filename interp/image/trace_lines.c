/* SPDX-License-Identifier: GPL-2.0-only */
/* The lines of a trace store's file, as trace_store.c describes them: words, and the CRC at the
 * end. */
#include <inttypes.h>

#include "image/trace_store.h"

bool trace_get_hex(struct str s, unsigned char *out, size_t n)
{
	uint64_t byte;

	for (size_t i = 0; s.n == 2 * n && i < n; i++) {
		if (!str_number(str_sub(s, 2 * i, 2), 16, &byte))
			return false;
		out[i] = (unsigned char)byte;
	}
	return s.n == 2 * n;
}

void trace_put_path(struct buf *b, struct str path)
{
	size_t put = 0;

	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (c > ' ' && c != '%' && c != 0x7f)
			continue;
		buf_str(b, str_sub(path, put, i - put));
		buf_fmt(b, "%%%02x", c);
		put = i + 1;
	}
	buf_str(b, str_from(path, put));
}

static struct str get_path(struct arena *mem, struct str text)
{
	struct buf b = buf_new(mem);
	uint64_t byte;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%' && str_number(str_sub(text, i + 1, 2), 16, &byte)) {
			buf_char(&b, (char)byte);
			i += 2;
		} else {
			buf_char(&b, text.p[i]);
		}
	}
	return str_dup(mem, buf_view(&b));
}

static bool get_time(struct str word, struct timespec *t)
{
	ptrdiff_t dot = str_chr(word, '.');
	bool before = dot > 0 && word.p[0] == '-'; /* 1970 */
	uint64_t seconds, ns;

	if (dot <= 0 || !str_number(str_sub(word, before, (size_t)dot - before), 10, &seconds) ||
	    !str_number(str_from(word, (size_t)dot + 1), 10, &ns))
		return false;
	t->tv_sec = before ? -(time_t)seconds : (time_t)seconds;
	t->tv_nsec = (long)ns;
	return true;
}

void trace_put_sight(struct buf *b, const struct sight *s)
{
	buf_fmt(b, "s %x %c %o %u %u %" PRIu64 " %lld.%09ld %lld.%09ld %" PRIu64 " %" PRIu64 " ",
		s->what, s->kind, (unsigned)s->mode, s->uid, s->gid, s->size,
		(long long)s->mtime.tv_sec, s->mtime.tv_nsec, (long long)s->ctime.tv_sec,
		s->ctime.tv_nsec, s->dev, s->ino);
	if (s->digested)
		buf_hex(b, s->digest, SIGHT_DIGEST);
	else
		buf_char(b, '-');
	buf_char(b, ' ');
	trace_put_path(b, s->path);
}

bool trace_get_number(struct str *rest, int base, uint64_t *out)
{
	struct str word;

	return str_word(rest, &word) && str_number(word, base, out);
}

bool trace_get_sight(struct arena *mem, struct str rest, struct sight *s)
{
	uint64_t what, mode, uid, gid;
	struct str kind, mtime, ctime, digest, path;

	if (!trace_get_number(&rest, 16, &what) || !str_word(&rest, &kind) ||
	    !trace_get_number(&rest, 8, &mode) || !trace_get_number(&rest, 10, &uid) ||
	    !trace_get_number(&rest, 10, &gid) || !trace_get_number(&rest, 10, &s->size) ||
	    !str_word(&rest, &mtime) || !str_word(&rest, &ctime) ||
	    !trace_get_number(&rest, 10, &s->dev) || !trace_get_number(&rest, 10, &s->ino) ||
	    !str_word(&rest, &digest) || !str_word(&rest, &path))
		return false;
	s->what = (unsigned)what;
	s->kind = kind.p[0];
	s->mode = (mode_t)mode;
	s->uid = (uint32_t)uid;
	s->gid = (uint32_t)gid;
	s->digested = trace_get_hex(digest, s->digest, SIGHT_DIGEST);
	s->path = get_path(mem, path);
	return get_time(mtime, &s->mtime) && get_time(ctime, &s->ctime);
}

void trace_end_line(struct buf *b, size_t from)
{
	buf_fmt(b, " %08x\n", digest_crc32(0, b->p + from, b->n - from));
}

bool trace_line_is_whole(struct str *line)
{
	uint64_t crc;
	struct str text;

	if (line->n < 10 || line->p[line->n - 9] != ' ' ||
	    !str_number(str_from(*line, line->n - 8), 16, &crc))
		return false;
	text = str_sub(*line, 0, line->n - 9);
	*line = text;
	return crc == digest_crc32(0, text.p, text.n);
}
