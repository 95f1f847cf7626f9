/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * perl: no perl, but the two lines of it that OpenWrt's Makefiles ask by $(shell): a second in words (include/kernel-build.mk
 * and its like) and a disk's signature by chance (target/linux/x86/image up to 19.07).
 */
#include <string.h>
#include <sys/random.h>
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
	if (!n || (n > 1 && s.p[0] == '0') || !str_number(str_sub(s, 0, n), 10, second) || *second > last)
		return false;
	s = str_from(s, n);
	if (!skip(&s, ")"))
		return false;
	return skip(&s, ";") ? s.n == 0 : s.n == 0;
}

static bool is_random(const struct str *argv, size_t argc)
{
	return argc == 3 && str_is(argv[1], "-e") && str_is(argv[2], "printf(\"%08x\", rand(0xFFFFFFFF))");
}

static int run(struct applet_cx *cx)
{
	uint64_t second;
	uint32_t by_chance;
	char text[64];
	struct tm tm;
	time_t t;

	if (is_random(cx->argv, cx->argc) && getrandom(&by_chance, sizeof(by_chance), 0) == sizeof(by_chance)) {
		applet_out(cx, str_fmt(cx->mem, "%08x", by_chance % UINT32_MAX));
		return applet_status(cx, 0);
	}
	if (!is_gmtime(cx->argv, cx->argc, &second))
		return applet_decline(cx);
	t = (time_t)second;
	if ((uint64_t)t != second || !gmtime_r(&t, &tm))
		return applet_decline(cx);
	applet_out(cx, (struct str){text, strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &tm)});
	return applet_status(cx, 0);
}

static bool pure(const struct str *argv, size_t argc)
{
	uint64_t second;

	return is_gmtime(argv, argc, &second);
}

const struct applet applet_perl = {
	.name = "perl",
	.help = "perl -e 'print scalar gmtime(N)' | perl -e 'printf(\"%08x\", rand(0xFFFFFFFF))': these two programs\n",
	.run = run,
	.varying = is_random,
	.pure = pure,
};
