/* SPDX-License-Identifier: GPL-2.0-only */
/* What applets share about times: reading and showing them. Dates in words ("1 day ago") are the
 * real tools'. */
#include <stdlib.h>
#include <time.h>

#include "applet/internal.h"

/* "E" or "E.frac", E possibly negative. */
static bool epoch_time(struct str text, struct timespec *out)
{
	ptrdiff_t dot = str_chr(text, '.');
	struct str whole = dot < 0 ? text : str_sub(text, 0, (size_t)dot);
	int64_t seconds;
	long ns = 0, unit = 100000000;

	if (!applet_integer(whole, &seconds) || (dot >= 0 && seconds < 0))
		return false;
	for (size_t i = (size_t)dot + 1; dot >= 0 && i < text.n; i++, unit /= 10) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
		ns += (text.p[i] - '0') * unit;
	}
	*out = (struct timespec){.tv_sec = seconds, .tv_nsec = ns};
	return true;
}

/* N digits at *I. */
static bool take_digits(struct str s, size_t *i, size_t n, int *out)
{
	*out = 0;
	for (size_t k = 0; k < n; k++, ++*i) {
		if (*i >= s.n || s.p[*i] < '0' || s.p[*i] > '9')
			return false;
		*out = *out * 10 + s.p[*i] - '0';
	}
	return true;
}

static bool take_byte(struct str s, size_t *i, const char *set)
{
	if (*i >= s.n || !s.p[*i] || !strchr(set, s.p[*i]))
		return false;
	++*i;
	return true;
}

/* "HH:MM", "HH:MM:SS". */
static bool take_clock(struct str s, size_t *i, struct tm *tm)
{
	if (!take_digits(s, i, 2, &tm->tm_hour) || !take_byte(s, i, ":") ||
	    !take_digits(s, i, 2, &tm->tm_min))
		return false;
	if (take_byte(s, i, ":") && !take_digits(s, i, 2, &tm->tm_sec))
		return false;
	return tm->tm_hour < 24 && tm->tm_min < 60 && tm->tm_sec < 60;
}

/* "Z", "UTC", "+HHMM", "-HH:MM" up to the end of S: how far east, in seconds; nothing: IMPLIED must
 * be set. */
static bool take_zone(struct str s, size_t *i, bool implied, int *east)
{
	int sign, hours, minutes;

	*east = 0;
	if (*i == s.n)
		return implied;
	if (str_is(str_from(s, *i), "Z") || str_is(str_from(s, *i), "UTC"))
		return true;
	sign = s.p[*i] == '-' ? -1 : 1;
	if (!take_byte(s, i, "+-") || !take_digits(s, i, 2, &hours))
		return false;
	take_byte(s, i, ":");
	if (!take_digits(s, i, 2, &minutes) || *i != s.n || hours > 14 || minutes > 59)
		return false;
	*east = sign * (hours * 3600 + minutes * 60);
	return true;
}

/* "YYYY-MM-DD", "YYYY-MM-DD HH:MM[:SS]" ("T" between them, too), a zone behind; UTC: without one it
 * is that. */
static bool calendar_time(struct str s, bool utc, struct timespec *out)
{
	struct tm tm = {0}, back;
	size_t i = 0;
	bool clock;
	time_t t;
	int east;

	if (!take_digits(s, &i, 4, &tm.tm_year) || !take_byte(s, &i, "-") ||
	    !take_digits(s, &i, 2, &tm.tm_mon) || !take_byte(s, &i, "-") ||
	    !take_digits(s, &i, 2, &tm.tm_mday) || tm.tm_year < 1970)
		return false;
	clock = i + 2 < s.n && s.p[i + 1] >= '0' && s.p[i + 1] <= '9';
	if (clock && (!take_byte(s, &i, " T") || !take_clock(s, &i, &tm)))
		return false;
	if (take_byte(s, &i, " ") && i == s.n)
		return false;
	if (!clock && i < s.n && !str_is(str_from(s, i), "UTC"))
		return false;
	if (!take_zone(s, &i, utc, &east))
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	back = tm;
	t = timegm(&back);
	if (back.tm_mon != tm.tm_mon || back.tm_mday != tm.tm_mday)
		return false;
	*out = (struct timespec){.tv_sec = t - east};
	return true;
}

static bool is_utc(struct applet_cx *cx)
{
	struct str tz = env_get(cx->env, S("TZ"));

	return tz.p && (tz.n == 0 || str_is(tz, "UTC") || str_is(tz, "UTC0"));
}

bool applet_time(struct applet_cx *cx, struct str text, bool utc, struct timespec *out)
{
	text = str_trim(text);
	if (text.n && text.p[text.n - 1] == '.')
		return false;
	if (text.n && text.p[0] == '@')
		return epoch_time(str_from(text, 1), out);
	if (str_is(text, "now")) {
		clock_gettime(CLOCK_REALTIME, out);
		return true;
	}
	return calendar_time(text, utc || is_utc(cx), out);
}

bool applet_local(struct applet_cx *cx, int64_t seconds, bool utc, struct tm *out)
{
	struct str tz = env_get(cx->env, S("TZ"));
	time_t t = (time_t)seconds;

	if (utc || is_utc(cx))
		return gmtime_r(&t, out) && (out->tm_zone = "UTC");
	/* libc knows the process's own zone only. */
	if (!str_eq(tz, str_z(getenv("TZ"))) || (tz.p != NULL) != (getenv("TZ") != NULL))
		return false;
	return localtime_r(&t, out) != NULL;
}
