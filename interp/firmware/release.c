/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which release of its tools a tree has. A format's write does what one release of its tool does,
 * or several; of a tree that has built its own, that one's bytes are wanted. A program is not run
 * for that: texts in it tell releases apart, and where two have the same, which tools lie beside
 * it, as all of firmware-utils is built at once. What a fork has changed without changing a text is
 * not seen.
 */
#include "firmware/internal.h"

#include <string.h>
#include <strings.h>

#include "base/path.h"

const struct firmware_mark tool_gives_reasons[] = {
	{.text = "stat failed on %s: %s"},
	{0},
};

bool firmware_is_program(struct str bytes)
{
	return str_starts(bytes, S("\177ELF")) && str_find(bytes, S("imagemk")) < 0;
}

/* The program at PATH: all its bytes; unset when there is none, or it is this one. */
static struct str bytes_of(struct firmware_run *run, struct str path)
{
	struct blob *b = NULL;
	struct str bytes;

	if (run->read(run, path, &b) != 0)
		return (struct str){NULL, 0};
	bytes = blob_flat(run->mem, b);
	bytes = firmware_is_program(bytes) ? str_dup(run->mem, bytes) : (struct str){NULL, 0};
	blob_unref(b);
	return bytes;
}

struct str tool_program(struct firmware_run *run)
{
	if (!run->asked) {
		run->asked = true;
		if (run->program.n)
			run->own = bytes_of(run, run->program);
	}
	return run->own;
}

bool tool_lacks(struct firmware_run *run, struct str text)
{
	struct str program = tool_program(run);

	return program.p && str_find(program, text) < 0;
}

bool tool_lacks_name(struct firmware_run *run, const char *name)
{
	return tool_lacks(run, (struct str){name, strlen(name) + 1});
}

/* Is there a file called NAME beside the program? */
static bool lies_beside(struct firmware_run *run, const char *name)
{
	struct str path = path_join(run->mem, path_dir(run->program), str_z(name));
	struct blob *b = NULL;
	bool there = run->read(run, path, &b) == 0;

	blob_unref(b);
	return there;
}

static bool lacks_mark(struct firmware_run *run, const struct firmware_mark *m)
{
	return (m->text && tool_lacks(run, str_z(m->text))) ||
	       (m->beside && !lies_beside(run, m->beside));
}

/* Is TEXT with the NUL behind it, in any case, in BYTES? */
static bool has_name(struct str bytes, struct str text)
{
	for (size_t at = 0; at + text.n < bytes.n; at++) {
		if (!bytes.p[at + text.n] && strncasecmp(bytes.p + at, text.p, text.n) == 0)
			return true;
	}
	return false;
}

/* The value of option LETTER at ARGV[*I], beside it or behind it; unset: it is none. */
static struct str value_at(const struct firmware_run *run, size_t *i, char letter)
{
	struct str word = run->argv[*i];

	if (word.n < 2 || word.p[0] != '-' || word.p[1] != letter)
		return (struct str){NULL, 0};
	if (word.n > 2)
		return str_from(word, 2);
	return ++*i < run->argc ? run->argv[*i] : (struct str){NULL, 0};
}

static bool lacks_value(struct firmware_run *run, char letter)
{
	for (size_t i = 1; i < run->argc; i++) {
		struct str value = value_at(run, &i, letter);

		if (value.p && !has_name(tool_program(run), value))
			return true;
	}
	return false;
}

bool firmware_has_own(struct firmware_run *run)
{
	return tool_program(run).p != NULL;
}

bool firmware_is_other(struct firmware_run *run, const struct firmware *fw)
{
	if ((!fw->since && !fw->named) || !tool_program(run).p)
		return false;
	for (const struct firmware_mark *m = fw->since; m && (m->text || m->beside); m++) {
		if (lacks_mark(run, m))
			return true;
	}
	for (const char *letter = fw->named; letter && *letter; letter++) {
		if (lacks_value(run, *letter))
			return true;
	}
	return false;
}
