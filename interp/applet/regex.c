/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Regular expressions for sed and grep. libc's "." does not match NUL, the tools' does; a text with
 * NULs is therefore matched with a control byte in their place that neither it nor the pattern has.
 */
#include "applet/regex.h"

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZED 1
#elif defined(__has_feature) /* as clang tells it */
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZED 1
#endif
#endif
#ifndef ADDRESS_SANITIZED
#define ADDRESS_SANITIZED 0
#endif

/* Is there a ")" too many, which libc takes in a way of its own? */
static bool more_closed(struct str text)
{
	int open = 0;
	bool within = false;

	for (size_t i = 0; i < text.n && open >= 0; i++)
		if (text.p[i] == '\\')
			i++;
		else if (within)
			within = text.p[i] != ']' || text.p[i - 1] == '[' || text.p[i - 1] == '^';
		else if (text.p[i] == '[')
			within = true;
		else if (text.p[i] == '(' || text.p[i] == ')')
			open += text.p[i] == '(' ? 1 : -1;
	return open < 0;
}

/* Has TEXT "[:space:]" for "[[:space:]]", of which the tools have something to say? */
static bool lone_class(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		size_t from = i + 1;

		if (text.p[i] == '\\')
			i++;
		if (text.p[i] != '[' || from > i + 1)
			continue;
		from += from < text.n && text.p[from] == '^';
		for (i = from + 1; i < text.n && text.p[i] != ']'; i++)
			if (text.p[i] == '[' && i + 1 < text.n && strchr(".:=", text.p[i + 1])) {
				char close[2] = {text.p[i + 1], ']'};
				ptrdiff_t n = str_find(str_from(text, i + 2),
						       (struct str){close, 2});

				i += n < 0 ? 0 : (size_t)n + 3;
			}
		if (i < text.n && i > from + 1 && text.p[from] == ':' && text.p[i - 1] == ':')
			return true;
	}
	return false;
}

bool regex_compile(struct arena *mem, struct str pattern, bool extended, bool any_case,
		   struct regex *out)
{
	memset(out->used, 0, sizeof(out->used));
	out->text = out->given = (struct str){NULL, 0};
	for (size_t i = 0; i < pattern.n; i++)
		out->used[(unsigned char)pattern.p[i]] = true;
	/* The ends of the text, which glibc and GNU's matchers do not take alike when something
	 * follows. */
	if (out->used[0] || str_find(pattern, S("\\'")) >= 0 || str_find(pattern, S("\\`")) >= 0)
		return false;
	if ((extended && more_closed(pattern)) || lone_class(pattern))
		return false;
	return regcomp(&out->re, str_cz(mem, pattern),
		       (extended ? REG_EXTENDED : 0) | (any_case ? REG_ICASE : 0)) == 0;
}

void regex_free(struct regex *r)
{
	regfree(&r->re);
}

/* TEXT without NULs, as the head of this file says. */
static struct str without_nuls(const struct regex *r, struct arena *mem, struct str text)
{
	bool used[256];
	char *p, other = 1;

	memcpy(used, r->used, sizeof(used));
	for (size_t i = 0; i < text.n; i++)
		used[(unsigned char)text.p[i]] = true;
	for (int c = 255; c > 0; c--)
		if (!used[c] && ((c < 32 && (c < 9 || c > 13)) || c > 126))
			other = (char)c;
	p = arena_dup(mem, text.p, text.n);
	for (size_t i = 0; i < text.n; i++)
		if (!p[i])
			p[i] = other;
	return (struct str){p, text.n};
}

/* What the matcher is to see of TEXT. */
static struct str given(const struct regex *r, struct arena *mem, struct str text)
{
	if (!text.p)
		text = S("");
	if (str_chr(text, '\0') >= 0)
		text = without_nuls(r, mem, text);
	/* its check of regexec's arguments looks for a NUL, REG_STARTEND or not */
	if (ADDRESS_SANITIZED)
		text = (struct str){str_cz(mem, text), text.n};
	return text;
}

bool regex_match(struct regex *r, struct arena *mem, struct str text, size_t start, regmatch_t *m)
{
	/* a text of many matches is looked through once */
	if (!start || text.p != r->text.p || text.n != r->text.n) {
		r->text = text;
		r->given = given(r, mem, text);
	}
	m[0].rm_so = (regoff_t)start;
	m[0].rm_eo = (regoff_t)text.n;
	return regexec(&r->re, r->given.p, REGEX_GROUPS, m, REG_STARTEND) == 0;
}
