/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * perl: no perl, but the lines of it that OpenWrt's Makefiles have: by $(shell) a second in words
 * (include/kernel-build.mk and its like) and a disk's signature by chance (target/linux/x86/image
 * up to 19.07); in recipes a file's size in four bytes (relocate-kernel of ath79, bmips, ramips),
 * bytes from hexadecimal digits (econet's tclinux-trx.sh) and a number in binary (amlogic).
 */
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

#include "applet/internal.h"

/* S without WORD in front, and blanks; false: it does not begin so. */
static bool skip(struct str *s, const char *word)
{
	*s = str_trim(*s);
	if (!str_starts(*s, str_z(word)))
		return false;
	*s = str_trim(str_from(*s, strlen(word)));
	return true;
}

/* print scalar gmtime(N), with an optional semicolon. */
static bool is_gmtime(const struct str *argv, size_t argc, uint64_t *second)
{
	const uint64_t last = 253402300799; /* of the year 9999 */
	struct str s;
	size_t n = 0;

	if (argc != 3 || !str_is(argv[1], "-e"))
		return false;
	s = argv[2];
	if (!skip(&s, "print") || !skip(&s, "scalar") || !skip(&s, "gmtime") || !skip(&s, "("))
		return false;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	if (!n || (n > 1 && s.p[0] == '0') || !str_number(str_sub(s, 0, n), 10, second) ||
	    *second > last)
		return false;
	s = str_from(s, n);
	if (!skip(&s, ")"))
		return false;
	return skip(&s, ";") ? s.n == 0 : s.n == 0;
}

static bool is_random(const struct str *argv, size_t argc)
{
	return argc == 3 && str_is(argv[1], "-e") &&
	       str_is(argv[2], "printf(\"%08x\", rand(0xFFFFFFFF))");
}

/* Does TEXT begin with BEFORE and end with AFTER? What is between them. */
static bool between(struct str text, const char *before, const char *after, struct str *out)
{
	size_t n = strlen(before), m = strlen(after);

	if (text.n < n + m || !str_starts(text, str_z(before)) || !str_ends(text, str_z(after)))
		return false;
	*out = str_sub(text, n, text.n - n - m);
	return true;
}

/* The size of the file named between double quotes, packed as N (big endian) or V; a file that is
 * not there has 0. */
static bool packs_size(const struct str *argv, size_t argc, struct str *file, bool *big)
{
	static const char before[] = "@s = stat(\"";

	if (argc != 3 || !str_is(argv[1], "-e"))
		return false;
	*big = between(argv[2], before, "\"); print pack(\"N\", @s[7])", file);
	if (!*big && !between(argv[2], before, "\"); print pack(\"V\", @s[7])", file))
		return false;
	for (size_t i = 0; i < file->n; i++)
		if (file->p[i] == '\0' || strchr("$@\\\"", file->p[i]))
			return false;
	return file->n != 0;
}

static int pack_size(struct applet_cx *cx, struct str file, bool big)
{
	struct files_stat st = {0};
	unsigned char size[4];
	int err = files_stat(cx->files, applet_path(cx, file), &st);

	if (err ? err != -ENOENT : !S_ISREG(st.mode))
		return applet_decline(cx);
	(big ? put_be32 : put_le32)(size, (uint32_t)st.size);
	applet_out(cx, (struct str){(const char *)size, sizeof(size)});
	return applet_status(cx, 0);
}

static bool is_unhex(const struct str *argv, size_t argc)
{
	return argc == 3 && str_is(argv[1], "-pe") &&
	       str_is(argv[2], "s/\\s+//g; s/(..)/chr(hex($1))/ge");
}

static int digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* LINE's pairs of digits as bytes, without its blanks; a digit left over stays. False: it holds
 * something else. */
static bool unhex_line(struct buf *out, struct str line)
{
	int first = -1;
	char c = 0;

	for (size_t i = 0; i < line.n; i++) {
		if (memchr(" \t\r\v\f", line.p[i], 5))
			continue;
		if (digit(line.p[i]) < 0)
			return false;
		if (first >= 0) {
			buf_char(out, (char)(first << 4 | digit(line.p[i])));
			first = -1;
			continue;
		}
		c = line.p[i];
		first = digit(c);
	}
	if (first >= 0)
		buf_char(out, c);
	return true;
}

/* Pairs of hexadecimal digits on the input as bytes. What is no digit is perl's own. */
static int unhex(struct applet_cx *cx)
{
	struct buf out = buf_new(cx->mem);
	struct str text, line;
	struct blob *b = NULL;
	bool good = stream_peek(cx->in, &b) == 0 && blob_size(b) < BLOB_ENDLESS;

	if (good) {
		text = blob_flat(cx->mem, b);
		while (good && str_split(&text, '\n', &line))
			good = unhex_line(&out, line);
	}
	blob_unref(b);
	if (!good)
		return applet_decline(cx);
	b = NULL;
	stream_rest(cx->in, &b);
	blob_unref(b);
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

/* printf "%b\n",N */
static bool is_binary(const struct str *argv, size_t argc, uint64_t *number)
{
	struct str digits;

	if (argc != 3 || !str_is(argv[1], "-e") ||
	    !between(argv[2], "printf \"%b\\n\",", "", &digits))
		return false;
	return (digits.n == 1 || !str_starts(digits, S("0"))) && str_number(digits, 10, number);
}

static struct str binary(struct arena *mem, uint64_t number)
{
	struct buf out = buf_new(mem);
	int bit = 63;

	while (bit && !(number >> bit & 1))
		bit--;
	for (; bit >= 0; bit--)
		buf_char(&out, (char)('0' + (number >> bit & 1)));
	buf_char(&out, '\n');
	return buf_view(&out);
}

static int in_recipe(struct applet_cx *cx)
{
	struct str file;
	uint64_t number;
	bool big;

	if (packs_size(cx->argv, cx->argc, &file, &big))
		return pack_size(cx, file, big);
	if (is_unhex(cx->argv, cx->argc))
		return unhex(cx);
	if (!is_binary(cx->argv, cx->argc, &number))
		return applet_decline(cx);
	applet_out(cx, binary(cx->mem, number));
	return applet_status(cx, 0);
}

static int run(struct applet_cx *cx)
{
	uint64_t second;
	uint32_t by_chance;
	char text[64];
	struct tm tm;
	time_t t;

	if (is_random(cx->argv, cx->argc) &&
	    getrandom(&by_chance, sizeof(by_chance), 0) == sizeof(by_chance)) {
		applet_out(cx, str_fmt(cx->mem, "%08x", by_chance % UINT32_MAX));
		return applet_status(cx, 0);
	}
	if (!is_gmtime(cx->argv, cx->argc, &second))
		return in_recipe(cx);
	t = (time_t)second;
	if ((uint64_t)t != second || !gmtime_r(&t, &tm))
		return applet_decline(cx);
	applet_out(cx,
		   (struct str){text, strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &tm)});
	return applet_status(cx, 0);
}

static bool pure(const struct str *argv, size_t argc)
{
	uint64_t n;

	return is_gmtime(argv, argc, &n) || is_binary(argv, argc, &n);
}

const struct applet applet_perl = {
    .name = "perl",
    .help = "perl -e 'print scalar gmtime(N)' | perl -e 'printf(\"%08x\", rand(0xFFFFFFFF))'\n"
	    "perl -e '@s = stat(\"FILE\"); print pack(\"N\", @s[7])' (or V) | perl -e 'printf "
	    "\"%b\\n\",N'\n"
	    "perl -pe 's/\\s+//g; s/(..)/chr(hex($1))/ge': these programs\n",
    .run = run,
    .variables = "PERL5OPT PERL_UNICODE PERLIO",
    .varying = is_random,
    .pure = pure,
};
