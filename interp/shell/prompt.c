/* SPDX-License-Identifier: GPL-2.0-only */
/* The backslashes of bash's PS4, before its parameters and substitutions. Source: bash(1),
 * PROMPTING, of which the number of the command and the terminal stay as they are. */
#include <pwd.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/internal.h"

static void put_time(struct buf *out, const char *format)
{
	time_t now = time(NULL);
	struct tm tm;
	char text[64];

	localtime_r(&now, &tm);
	strftime(text, sizeof(text), format, &tm);
	buf_z(out, text);
}

/* The folder: ~ for the home; only its last name when BASE. */
static void put_folder(struct shell *sh, struct buf *out, bool base)
{
	struct str pwd = var_value(sh, S("PWD")), home = var_value(sh, S("HOME"));
	bool within =
	    home.n > 1 && str_starts(pwd, home) && (pwd.n == home.n || pwd.p[home.n] == '/');

	if (within && (pwd.n == home.n || !base)) {
		buf_char(out, '~');
		buf_str(out, str_from(pwd, home.n));
	} else {
		buf_str(out, base && pwd.n > 1 ? path_base(pwd) : pwd);
	}
}

static void put_user(struct buf *out)
{
	struct passwd entry, *found = NULL;
	char room[1024];

	getpwuid_r(geteuid(), &entry, room, sizeof(room), &found);
	buf_z(out, found ? found->pw_name : "I have no name!");
}

/* What C behind a backslash stands for; false: it stays. */
static bool put_special(struct shell *sh, struct buf *out, char c)
{
	struct str host = S("");

	switch (c) {
	case 'a':
		buf_char(out, '\a');
		break;
	case 'e':
		buf_char(out, '\033');
		break;
	case 'r':
		buf_char(out, '\r');
		break;
	case 'n':
		buf_char(out, '\n');
		break;
	case '\\':
		buf_char(out, '\\');
		break;
	case '[':
	case ']':
		break; /* nobody edits a line */
	case '$':
		buf_z(out, geteuid() ? "\\$" : "#");
		break;
	case 's':
		buf_z(out, "bash");
		break;
	case 'v':
		buf_z(out, "5.2");
		break;
	case 'V':
		buf_z(out, "5.2.15");
		break;
	case 'j':
		buf_char(out, '0');
		break;
	case '!':
		buf_char(out, '1');
		break;
	case 'u':
		put_user(out);
		break;
	case 'w':
	case 'W':
		put_folder(sh, out, c == 'W');
		break;
	case 'h':
	case 'H':
		host = var_value(sh, S("HOSTNAME"));
		buf_str(out, c == 'h' && str_chr(host, '.') >= 0
				 ? str_sub(host, 0, (size_t)str_chr(host, '.'))
				 : host);
		break;
	case 't':
		put_time(out, "%H:%M:%S");
		break;
	case 'T':
		put_time(out, "%I:%M:%S");
		break;
	case '@':
		put_time(out, "%I:%M %p");
		break;
	case 'A':
		put_time(out, "%H:%M");
		break;
	case 'd':
		put_time(out, "%a %b %d");
		break;
	default:
		return false;
	}
	return true;
}

/* Up to three octal digits, and nothing else among three characters; how many, or 0. */
static size_t octal(struct str s, int *value)
{
	size_t n = 0;

	for (*value = 0; n < 3 && n < s.n; n++) {
		if (s.p[n] < '0' || s.p[n] > '7')
			return 0;
		*value = *value * 8 + (s.p[n] - '0');
	}
	return n;
}

struct str prompt_decode(struct shell *sh, struct str s)
{
	struct buf out = buf_new(sh->tmp);
	int value;

	if (str_chr(s, '\\') < 0)
		return s;
	buf_put(&out, "", 0);
	for (size_t i = 0; i < s.n; i++) {
		size_t n = s.p[i] == '\\' ? octal(str_from(s, i + 1), &value) : 0;

		if (n)
			buf_char(&out, (char)value);
		else if (s.p[i] == '\\' && i + 1 < s.n && put_special(sh, &out, s.p[i + 1]))
			n = 1;
		else
			buf_char(&out, s.p[i]);
		i += n;
	}
	return out.n ? buf_view(&out) : S("");
}
