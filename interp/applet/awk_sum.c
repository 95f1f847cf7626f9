/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * awk: checksums of recipes. The text is what od tells of a whole image, seven bytes for two, so it
 * is taken piece by piece.
 */
#include "applet/awk_sum.h"

struct awk_sum {
	const char *program; /* without blanks and semicolons, but for those in quotes */
	bool complement;     /* 65535 less the number is added */
	/* two bytes of it modulo 65535, else 255 less its last byte in hexadecimal */
	bool pair;
};

static const struct awk_sum sums[] = {
    {"{s+=$0}END{printf\"%x\",255-s%256}", .pair = false},
    {"{s+=$1}END{s%=65535printf\"%c%c\",s%256,s/256}", .pair = true},
    {"{s+=65535-$1}END{s%=65535printf\"%c%c\",s%256,s/256}", .complement = true, .pair = true},
};

const struct awk_sum *awk_sum_find(struct arena *mem, struct str program)
{
	struct buf b = buf_new(mem);
	bool quoted = false;

	for (size_t i = 0; i < program.n; i++) {
		char c = program.p[i];

		quoted ^= c == '"';
		if (quoted || !memchr(" \t\n;", c, 4))
			buf_char(&b, c);
	}
	for (size_t i = 0; i < sizeof(sums) / sizeof(*sums); i++)
		if (str_is(buf_view(&b), sums[i].program))
			return &sums[i];
	return NULL;
}

static struct str without_blanks(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_from(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* A line without a field counts as 0. */
static bool add_line(const struct awk_sum *sum, struct str line, uint64_t *total)
{
	struct str field = without_blanks(applet_chomp(line, '\n'));
	uint64_t n = 0;

	if (field.n && (!str_number(field, 10, &n) || n > 65535))
		return false;
	*total += sum->complement ? 65535 - n : n;
	return true;
}

bool awk_sum_add(const struct awk_sum *sum, struct arena *mem, const struct blob *b,
		 uint64_t *total)
{
	struct buf cut = buf_new(mem); /* a line that goes on in the next span */
	struct str span, line;
	uint64_t pos = 0;

	while (blob_next(b, &pos, &span))
		while (applet_line(&span, '\n', &line)) {
			bool whole = line.p[line.n - 1] == '\n' || pos == blob_size(b);

			if (cut.n || !whole)
				buf_str(&cut, line);
			if (whole && !add_line(sum, cut.n ? buf_view(&cut) : line, total))
				return false;
			if (whole)
				cut.n = 0;
		}
	return true;
}

void awk_sum_put(const struct awk_sum *sum, uint64_t total, struct buf *out)
{
	if (!sum->pair) {
		buf_fmt(out, "%llx", (unsigned long long)(255 - total % 256));
		return;
	}
	buf_char(out, (char)(total % 65535 % 256));
	buf_char(out, (char)(total % 65535 / 256));
}
