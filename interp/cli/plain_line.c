/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GNU make starts a plain command line itself, without a shell. That shows: `echo 'a\nb'` is then
 * coreutils' echo and not the shell's, and a missing command is make's message and not the shell's
 * (tests/make/job-*.mk). This tells which lines are plain, and their words.
 */
#include "cli/cli.h"

#include <string.h>

static const char special[] = "#;\"*?[]&|<>(){}$`^~!";

/* Words that only a shell can run. */
static const char *const shell_words[] = {
	".",	  ":",	   "alias",    "bg",   "break", "case",	   "cd",    "command", "continue",
	"eval",	  "exec",  "exit",     "export", "fc",	"fg",	   "for",   "getopts", "hash",
	"if",	  "jobs",  "login",    "logout", "read", "readonly", "return", "set",   "shift",
	"test",	  "times", "trap",     "type", "ulimit", "umask",   "unalias", "unset", "wait",
	"while",  NULL,
};

struct scan {
	struct arena *mem;
	struct str text;
	size_t at;
	struct strs *argv;
	struct buf word;
	size_t newline;		/* the first one within quotes, or SIZE_MAX */
	/* a word without '=' was seen: '=' is harmless from here on */
	bool in_word, plain_word_seen;
};

static bool is_shell_word(struct str word)
{
	for (const char *const *w = shell_words; *w; w++)
		if (str_is(word, *w))
			return true;
	return false;
}

/* Finish the word; false when the line turns out to need a shell. */
static bool end_word(struct scan *s)
{
	if (!s->in_word)
		return true;
	*vec_push(s->mem, s->argv) = str_dup(s->mem, buf_view(&s->word));
	s->word = buf_new(s->mem);
	s->in_word = false;
	s->plain_word_seen = true;
	return s->argv->n > 1 || !is_shell_word(s->argv->p[0]);
}

static void add(struct scan *s, char c)
{
	buf_char(&s->word, c);
	s->in_word = true;
}

/* From behind the opening quote to behind the closing one; false without one. */
static bool single_quoted(struct scan *s)
{
	s->in_word = true;
	while (s->at < s->text.n) {
		char c = s->text.p[s->at++];

		if (c == '\'')
			return true;
		if (c == '\n' && s->newline == SIZE_MAX && s->text.p[s->at - 2] != '\\')
			s->newline = s->at - 1;
		buf_char(&s->word, c);
	}
	return false;
}

static bool backslash(struct scan *s)
{
	if (s->at >= s->text.n)
		return true; /* the last byte of all goes */
	if (s->text.p[s->at] != '\n') {
		add(s, s->text.p[s->at++]);
		return true;
	}
	/* a continued line: both bytes go, and blanks behind them where the word is empty, even if
	 * by '' */
	s->at++;
	while (!s->word.n && s->at < s->text.n &&
	       (s->text.p[s->at] == ' ' || s->text.p[s->at] == '\t'))
		s->at++;
	return true;
}

static bool run_scan(struct scan *s, bool function)
{
	bool simple = true;

	while (simple && s->at < s->text.n) {
		char c = s->text.p[s->at++];

		if (c == '\'')
			simple = single_quoted(s);
		else if (c == '\\')
			simple = backslash(s);
		else if (c == ' ' || c == '\t')
			simple = end_word(s);
		else if ((c == '\n' && !function) || strchr(special, c) ||
			 (c == '=' && !s->plain_word_seen))
			simple = false;
		else
			add(s, c);
	}
	return simple && end_word(s) && s->argv->n > 0;
}

bool plain_line(struct arena *mem, struct str text, bool function, struct strs *argv)
{
	struct scan s = {
	    .mem = mem, .text = text, .argv = argv, .newline = SIZE_MAX, .word = buf_new(mem)};

	return run_scan(&s, function);
}

size_t plain_line_break(struct str text)
{
	struct arena *mem = arena_new();
	struct strs argv = {0};
	struct scan s = {
	    .mem = mem, .text = text, .argv = &argv, .newline = SIZE_MAX, .word = buf_new(mem)};

	run_scan(&s, false);
	arena_free(mem);
	return s.newline < text.n ? s.newline : text.n;
}
