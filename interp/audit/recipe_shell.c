/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What only bash knows, where another shell may run it: in a script of the image folder that begins
 * with #!/bin/sh, and in Build/ recipes of a tree whose SHELL is none that is called bash. Names of
 * constructs are POSIX's and bash's.
 */
#include "audit/internal.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/path.h"

static const struct construct {
	const char *text;	/* as it stands there */
	bool command;		/* where a command begins */
	const char *what, *instead;
} constructs[] = {
    {"function ", true, "the word function", "NAME() {"},
    {"[[ ", true, "[[ ]]", "[ ] or case"},
    {"let ", true, "let", "x=$((...))"},
    {"source ", true, "source", "."},
    {"declare ", true, "declare", "NAME=..."},
    {"typeset ", true, "typeset", "NAME=..."},
    {"pushd ", true, "pushd", "cd in a subshell"},
    {"echo -e ", true, "echo -e", "printf"},
    {"echo -ne ", true, "echo -ne", "printf"},
    {"((", true, "((...))", "[ $((...)) -ne 0 ]"},
    {"<<<", false, "<<<", "printf '%s' ... |"},
    {"&>", false, "&>", ">FILE 2>&1"},
    {"|&", false, "|&", "2>&1 |"},
    {" == ", false, "== of [ ]", "="},
    {"${!", false, "${!NAME}", "eval"},
    {"//", false, "${NAME//...}", "sed"},
};

/* Does a command begin at byte AT of LINE? */
static bool is_command(struct str line, size_t at)
{
	while (at > 0 && strchr(" \t@", line.p[at - 1]))
		at--;
	if (at == 0 || strchr(";&|(){!", line.p[at - 1]))
		return true;
	for (size_t n = 2; n <= 5 && n <= at; n++) {
		struct str word = str_sub(line, at - n, n);
		bool whole = at == n || strchr(" \t;", line.p[at - n - 1]);

		if (whole && (str_is(word, "if") || str_is(word, "then") || str_is(word, "else") ||
			      str_is(word, "do") || str_is(word, "elif") || str_is(word, "while") ||
			      str_is(word, "until")))
			return true;
	}
	return false;
}

/* Is byte AT of LINE the shell's own, neither quoted by ' nor in a comment? DOUBLE: within " ". */
static bool is_own(struct str line, size_t at, bool *in_double)
{
	char quote = 0;

	for (size_t i = 0; i < at; i++) {
		char c = line.p[i];

		if (c == '\\' && quote != '\'')
			i++;
		else if (quote ? c == quote : c == '\'' || c == '"')
			quote = quote ? 0 : c;
		else if (!quote && c == '#' && (i == 0 || strchr(" \t;", line.p[i - 1])))
			return false;
	}
	*in_double = quote == '"';
	return quote != '\'';
}

/* Is the "//" at AT within ${NAME//...}? */
static bool is_replacement(struct str line, size_t at)
{
	size_t i = at;

	while (i > 0 && audit_is_name(line.p[i - 1]))
		i--;
	return i < at && i > 1 && line.p[i - 1] == '{' && line.p[i - 2] == '$';
}

/* Is the " == " at AT between [ and ]? */
static bool is_in_test(struct str line, size_t at)
{
	size_t i = at;

	while (i > 0 && line.p[i - 1] != '[' && line.p[i - 1] != ']' && line.p[i - 1] != ';')
		i--;
	return i > 0 && line.p[i - 1] == '[' && (i < 2 || line.p[i - 2] != '[') && i < line.n &&
	       line.p[i] == ' ';
}

/* Is the "((" at AT a command, and no part of $((...))? */
static bool is_arithmetic_command(struct str line, size_t at)
{
	size_t i = at;

	while (i > 0 && line.p[i - 1] == '(')
		i--;
	return is_command(line, at) && !(i > 0 && line.p[i - 1] == '$');
}

static bool has(const struct construct *c, struct str line)
{
	struct str text = str_z(c->text);
	size_t from = 0;

	for (ptrdiff_t found; (found = str_find(str_from(line, from), text)) >= 0;
	     from += (size_t)found + 1) {
		size_t at = from + (size_t)found;
		bool in_double;

		if (!is_own(line, at, &in_double))
			continue;
		if (str_is(text, "//")	   ? is_replacement(line, at)
		    : str_is(text, "${!")  ? true
		    : in_double		   ? false
		    : str_is(text, " == ") ? is_in_test(line, at)
		    : str_is(text, "((")   ? is_arithmetic_command(line, at)
					   : !c->command || is_command(line, at))
			return true;
	}
	return false;
}

static void check_line(struct audit *a, struct place at, struct str line, struct str shell)
{
	for (size_t i = 0; i < sizeof(constructs) / sizeof(*constructs); i++) {
		struct finding *f;

		if (!has(&constructs[i], line))
			continue;
		f = audit_say_at(a, at, NULL, "%s, which not every %.*s knows", constructs[i].what,
				 STR_ARG(shell));
		f->instead = str_fmt(
		    a->mem, "%s%s", constructs[i].instead,
		    at.file.n && str_ends(at.file, S(".sh")) ? "; or bash in the first line" : "");
	}
}

/* The word that ends a here document which LINE begins; unset: it begins none. */
static struct str here_end(struct audit *a, struct str line)
{
	ptrdiff_t at = str_find(line, S("<<"));
	struct str rest = at < 0 ? S("") : str_from(line, (size_t)at + 2), word;
	size_t n = 0;

	if (at < 0 || (rest.n && rest.p[0] == '<') || str_find(line, S("$((")) >= 0)
		return (struct str){NULL, 0};
	while (rest.n && strchr("- \t'\"\\", rest.p[0]))
		rest = str_from(rest, 1);
	while (n < rest.n && audit_is_name(rest.p[n]))
		n++;
	word = str_sub(rest, 0, n);
	return n ? str_dup(a->mem, word) : (struct str){NULL, 0};
}

static void check_script(struct audit *a, struct str file)
{
	const struct strs *lines = audit_lines(a, file);
	struct str first = lines->n ? lines->p[0] : S(""), end = {NULL, 0};
	bool quoted = false;

	if (!str_starts(first, S("#!")) ||
	    !(str_ends(str_trim(first), S("/sh")) || str_ends(str_trim(first), S(" sh"))))
		return;
	for (size_t i = 1; i < lines->n; i++) {
		struct str line = lines->p[i];
		size_t quotes = 0;

		if (end.n) {
			if (str_eq(str_trim(line), end))
				end = (struct str){NULL, 0};
			continue;
		}
		for (size_t k = 0; k < line.n; k++)
			quotes += line.p[k] == '\'';
		if (!quoted)
			check_line(a, (struct place){file, (unsigned)i + 1}, line, S("/bin/sh"));
		if (str_trim(line).n && str_trim(line).p[0] != '#')
			quoted ^= quotes % 2; /* awk's programs, on several lines */
		end = quoted ? end : here_end(a, line);
	}
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void check_scripts(struct audit *a)
{
	DIR *d = opendir(str_cz(a->mem, path_join(a->mem, a->options->tree->path, a->folder)));
	struct strs names = {0};

	for (struct dirent *e; d && (e = readdir(d));)
		if (str_ends(str_z(e->d_name), S(".sh")))
			*vec_push(a->mem, &names) = str_dup(a->mem, str_z(e->d_name));
	if (d)
		closedir(d);
	if (names.n)
		qsort(names.p, names.n, sizeof(*names.p), by_name);
	for (size_t i = 0; i < names.n; i++)
		if (audit_mentions(a, names.p[i])) /* a recipe runs it */
			check_script(a, path_join(a->mem, a->folder, names.p[i]));
}

/* The commands of the target, where make's SHELL is not bash. */
static void check_recipes(struct audit *a)
{
	const struct setting *shell = model_last(a->model, S("SHELL"));

	if (!shell || str_find(shell->value, S("bash")) >= 0 || !str_trim(shell->value).n)
		return;
	for (size_t i = 0; i < a->model->settings.n; i++) {
		const struct setting *s = a->model->settings.p[i];
		struct place at = audit_place(a, make_span_place(&s->at));
		unsigned end;

		if (!str_starts(s->name, S("Build/")) || !str_starts(at.file, S("target/")))
			continue;
		end = audit_define_end(a, at);
		for (at.line++; at.line < end; at.line++)
			check_line(a, at, audit_line(a, at), str_trim(shell->value));
	}
}

static void check(struct audit *a)
{
	check_scripts(a);
	check_recipes(a);
}

const struct rule rule_recipe_shell = {
    .id = "recipe-shell",
    .severity = SEVERITY_WARNING,
    .finds = "what only bash knows ([[, <<<, &>, let, function, ${x//a/b}, == in [ ], echo -e) in "
	     "a script that recipes run and that begins with "
	     "#!/bin/sh, or in the recipes of a tree whose SHELL is not bash",
    .why = "On Debian and its like /bin/sh is dash: the script ends with an error there, or goes "
	   "on with an empty value, and the image is made "
	   "without what it was to add. Where it was written, sh was bash.",
    .bad = "#!/bin/sh\n"
	   "function usage() {\n",
    .good = "#!/bin/sh\n"
	    "usage() {\n",
    .history = "f632747704f1 a bashism in mediatek's gen_banana_pi_img.sh\n7190fb2da46b mt7623's "
	       "script is for bash\n",
    .check = check,
};
