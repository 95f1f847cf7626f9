/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Completions for bash, zsh and fish, from the rows of commands and their tables of options. What
 * stands for a value is told by its name in the help: TREE and DIR are folders, FILE and REPORT
 * files, RULE rules of the audit; a list in the help are all choices.
 */
#include "audit/audit.h"
#include "cli/help.h"

enum values { VALUES_ANY, VALUES_FOLDERS, VALUES_FILES, VALUES_WORDS };

/* What the value of T may be; WORDS gets them for VALUES_WORDS. */
static enum values values_of(struct arena *mem, const struct opt *t, struct strs *words)
{
	struct str name = help_value(t);

	*words = help_choices(mem, t);
	if (words->n)
		return VALUES_WORDS;
	if (str_is(name, "TREE") || str_is(name, "DIR"))
		return VALUES_FOLDERS;
	if (str_is(name, "FILE") || str_is(name, "REPORT"))
		return VALUES_FILES;
	if (!str_starts(name, S("RULE")))
		return VALUES_ANY;
	for (const struct rule *const *r = rule_rows; *r; r++)
		*vec_push(mem, words) = str_z((*r)->id);
	return VALUES_WORDS;
}

static bool has_letter(const struct opt *t)
{
	return t->id > 0 && t->id < 128;
}

static void put_words(struct buf *out, const struct strs *words)
{
	for (size_t i = 0; i < words->n; i++)
		buf_fmt(out, "%s%.*s", i ? " " : "", STR_ARG(words->p[i]));
}

static void put_commands(struct buf *out)
{
	for (const struct command *const *c = commands; *c; c++)
		buf_fmt(out, "%s%s", c == commands ? "" : " ", (*c)->name);
}

/* S between single quotes of a shell, with those of zsh's and fish's lists made harmless by MARK
 * (0: none is needed). */
static void put_quoted(struct buf *out, struct str s, char mark)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			buf_z(out, "'\\''");
		else if (mark && strchr(":[]\\", s.p[i]))
			buf_fmt(out, "%c%c", mark, s.p[i]);
		else
			buf_char(out, s.p[i]);
	}
}

/* Boards of a tree, and their subtargets, as the text of their Makefiles has them; the tree is in
 * $tree. */
#define TARGETS                                                                                    \
	"for m in \"$tree\"/target/linux/*/Makefile; do\n"                                         \
	"\t\tb=${m%/Makefile} b=${b##*/}\n"                                                        \
	"\t\t[ -d \"${m%/Makefile}/image\" ] || continue\n"                                        \
	"\t\techo \"$b\"\n"                                                                        \
	"\t\tsed -n 's/^SUBTARGETS *[:+]*= *//p' \"$m\" | tr -s ' \\t' '\\n' | sed -n "            \
	"\"s,^[a-z0-9].*,$b/&,p\"\n"                                                               \
	"\tdone\n"

/* --- bash --- */

static void bash_options(struct buf *out, const struct opt *table)
{
	for (const struct opt *t = table; t && t->id; t++) {
		if (has_letter(t))
			buf_fmt(out, "-%c ", t->id);
		buf_fmt(out, "--%s ", t->name);
	}
}

static void bash_values(struct buf *out, const struct opt *table)
{
	for (const struct opt *t = table; t && t->id; t++) {
		static const char *const how[] = {"return",
						  "COMPREPLY=($(compgen -d -- \"$cur\")); return",
						  "COMPREPLY=($(compgen -f -- \"$cur\")); return"};
		struct strs words;
		enum values values = values_of(out->mem, t, &words);

		if (t->takes != OPT_VALUE)
			continue;
		buf_z(out, "\t\t");
		if (has_letter(t))
			buf_fmt(out, "-%c|", t->id);
		buf_fmt(out, "--%s) ", t->name);
		if (values == VALUES_WORDS) {
			/* a list with commas goes on behind the last one */
			buf_z(out, "COMPREPLY=($(compgen -P \"${cur%\"${cur##*,}\"}\" -W '");
			put_words(out, &words);
			buf_z(out, "' -- \"${cur##*,}\")); return;;\n");
		} else {
			buf_fmt(out, "%s;;\n", how[values]);
		}
	}
}

static void bash_operands(struct buf *out, const struct command *c)
{
	static const char *const how[] = {
	    [OPERANDS_OTHER] = "COMPREPLY=($(compgen -f -- \"$cur\"))",
	    [OPERANDS_FILES] = "COMPREPLY=($(compgen -f -- \"$cur\"))",
	    [OPERANDS_FOLDERS] = "COMPREPLY=($(compgen -d -- \"$cur\"))",
	    [OPERANDS_TARGETS] = "COMPREPLY=($(compgen -W \"$(_imagemk_targets)\" -- \"$cur\"))",
	    [OPERANDS_TOOLS] = ("COMPREPLY=($(compgen -W \"$(\"${COMP_WORDS[0]}\" tool --list "
				"2>/dev/null)\" -f -- \"$cur\"))"),
	    [OPERANDS_COMMANDS] = "COMPREPLY=($(compgen -W \"$commands\" -- \"$cur\"))",
	};

	buf_fmt(out, "\t\t[[ $cur == -* ]] || { %s; return; }\n\t\toptions='", how[c->operands]);
	bash_options(out, c->options);
	buf_z(out, "--help';;\n");
}

static void put_bash(struct buf *out)
{
	buf_z(out, "# bash completion for imagemk; made by imagemk help --completion bash\n"
		   "_imagemk_targets()\n{\n\tlocal tree=. i m b\n"
		   "\tfor ((i = 1; i + 1 < ${#COMP_WORDS[@]}; i++)); do\n"
		   "\t\tcase ${COMP_WORDS[i]} in -C | --directory) tree=${COMP_WORDS[i + 1]} ;; "
		   "esac\n\tdone\n\t" TARGETS "}\n"
		   "_imagemk()\n{\n"
		   "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} "
		   "command='' options commands i\n"
		   "\tCOMPREPLY=()\n"
		   "\tif [[ $cur == = ]]; then\n\t\tcur=\n"
		   "\telif [[ $prev == = ]]; then\n\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n\tfi\n"
		   "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n\t\tcase ${COMP_WORDS[i]} in\n\t\t");
	for (const struct opt *t = program_options; t->id; t++)
		if (t->takes == OPT_VALUE)
			buf_fmt(out, "-%c|--%s) ((i++));;\n\t\t", t->id, t->name);
	buf_z(out, "-* | =) "
		   ";;\n\t\t*)\n\t\t\tcommand=${COMP_WORDS[i]}\n\t\t\tbreak\n\t\t\t;;"
		   "\n\t\tesac\n\tdone\n\tcommands='");
	put_commands(out);
	buf_z(out, "'\n\tcase $command in\n\t'')\n\t\t[[ $cur == -* ]] || { COMPREPLY=($(compgen "
		   "-W \"$commands\" -- \"$cur\")); return; }\n\t\toptions='");
	bash_options(out, program_options);
	buf_z(out, "';;\n");
	for (const struct command *const *c = commands; *c; c++) {
		buf_fmt(out, "\t%s)\n\t\tcase $prev in\n", (*c)->name);
		bash_values(out, (*c)->options);
		buf_z(out, "\t\tesac\n");
		bash_operands(out, *c);
	}
	buf_z(out, "\tesac\n\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n}\n"
		   "complete -o filenames -o bashdefault -F _imagemk imagemk\n");
}

/* --- zsh --- */

static void zsh_value(struct buf *out, const struct opt *t)
{
	struct strs words;
	enum values values = values_of(out->mem, t, &words);

	buf_char(out, ':');
	put_quoted(out, help_value(t), '\\');
	buf_char(out, ':');
	if (values == VALUES_FOLDERS)
		buf_z(out, "_files -/");
	else if (values == VALUES_FILES)
		buf_z(out, "_files");
	else if (values == VALUES_WORDS && str_find(help_value(t), S(",...")) >= 0)
		buf_z(out, "_values -s , word ");
	else if (values == VALUES_WORDS)
		buf_char(out, '(');
	if (values == VALUES_WORDS)
		put_words(out, &words);
	if (values == VALUES_WORDS && str_find(help_value(t), S(",...")) < 0)
		buf_char(out, ')');
}

static void zsh_options(struct buf *out, const struct opt *table)
{
	for (const struct opt *t = table; t && t->id; t++) {
		const char *equals = t->takes == OPT_VALUE   ? "="
				     : t->takes == OPT_MAYBE ? "=-"
							     : "";

		if (has_letter(t))
			buf_fmt(out, " \\\n\t\t\t'(-%c --%s)'{-%c%s,--%s%s}", t->id, t->name, t->id,
				t->takes == OPT_VALUE ? "+" : "", t->name, equals);
		else
			buf_fmt(out, " \\\n\t\t\t--%s%s", t->name, equals);
		buf_z(out, "'[");
		put_quoted(out, help_of(t), '\\');
		buf_char(out, ']');
		if (t->takes == OPT_VALUE)
			zsh_value(out, t);
		buf_char(out, '\'');
	}
}

static void put_zsh(struct buf *out)
{
	static const char *const how[] = {
	    [OPERANDS_OTHER] = "_files",	      [OPERANDS_FILES] = "_files",
	    [OPERANDS_FOLDERS] = "_files -/",	      [OPERANDS_TARGETS] = "_imagemk_targets",
	    [OPERANDS_TOOLS] = "_files",	      [OPERANDS_COMMANDS] = "_imagemk_commands",
	};

	buf_z(out, "#compdef imagemk\n# zsh completion for imagemk; made by imagemk help "
		   "--completion zsh\n"
		   "_imagemk_targets() {\n\tlocal "
		   "tree=${opt_args[-C]:-${opt_args[--directory]:-.}} m b\n\tlocal -a all\n"
		   "\tall=(${(f)\"$(" TARGETS ")\"})\n\t_describe target all\n}\n"
		   "_imagemk_commands() {\n\tlocal -a all\n\tall=(");
	for (const struct command *const *c = commands; *c; c++) {
		buf_fmt(out, "\n\t\t'%s:", (*c)->name);
		put_quoted(out, help_summary(*c), 0);
		buf_char(out, '\'');
	}
	buf_z(out, ")\n\t_describe command all\n}\n"
		   "_imagemk() {\n\tlocal context state state_descr line ret=1\n\ttypeset -A "
		   "opt_args\n\t_arguments -C");
	zsh_options(out, program_options);
	buf_z(out, " \\\n\t\t\t'1:command:_imagemk_commands' '*::argument:->arguments' && ret=0\n"
		   "\t[[ $state == arguments ]] || return ret\n\tcase $words[1] in\n");
	for (const struct command *const *c = commands; *c; c++) {
		buf_fmt(out, "\t%s)\n\t\t_arguments", (*c)->name);
		zsh_options(out, (*c)->options);
		buf_fmt(out, " \\\n\t\t\t'--help[this command]' '*:operand:%s' && ret=0;;\n",
			how[(*c)->operands]);
	}
	buf_z(out, "\tesac\n\treturn ret\n}\n_imagemk \"$@\"\n");
}

/* --- fish --- */

static void fish_options(struct buf *out, const struct opt *table, const char *condition)
{
	for (const struct opt *t = table; t && t->id; t++) {
		struct strs words;
		enum values values = values_of(out->mem, t, &words);

		buf_fmt(out, "complete -c imagemk -n '%s'", condition);
		if (has_letter(t))
			buf_fmt(out, " -s %c", t->id);
		buf_fmt(out, " -l %s", t->name);
		if (t->takes == OPT_VALUE)
			buf_z(out, values == VALUES_FILES ? " -r -F" : " -x");
		if (values == VALUES_FOLDERS)
			buf_z(out, " -a '(__fish_complete_directories)'");
		if (values == VALUES_WORDS && t->takes == OPT_VALUE) {
			buf_z(out, " -a '");
			put_words(out, &words);
			buf_char(out, '\'');
		}
		buf_z(out, " -d '");
		for (size_t i = 0; i < help_of(t).n; i++)
			buf_fmt(out, "%s%c", strchr("'\\", help_of(t).p[i]) ? "\\" : "",
				help_of(t).p[i]);
		buf_z(out, "'\n");
	}
}

static void put_fish(struct buf *out)
{
	static const char *const how[] = {
	    [OPERANDS_FOLDERS] = "(__fish_complete_directories)",
	    [OPERANDS_TARGETS] = "(__imagemk_targets)",
	    [OPERANDS_TOOLS] = "(imagemk tool --list)",
	    [OPERANDS_COMMANDS] = "COMMANDS",
	};

	buf_z(out,
	      "# fish completion for imagemk; made by imagemk help --completion fish\n"
	      "function __imagemk_targets\n\tset -l tree .\n\tset -l words (commandline -opc)\n"
	      "\tfor i in (seq 2 (count $words))\n\t\tif contains -- $words[$i] -C "
	      "--directory\n\t\t\tset tree $words[(math $i + 1)]\n\t\tend\n\tend\n"
	      "\tenv tree=$tree sh -c '");
	put_quoted(out, S(TARGETS), 0);
	buf_z(out, "'\nend\n");
	fish_options(out, program_options, "__fish_use_subcommand");
	for (const struct command *const *c = commands; *c; c++) {
		struct str condition =
		    str_fmt(out->mem, "__fish_seen_subcommand_from %s", (*c)->name);
		const char *operands = how[(*c)->operands];

		buf_fmt(out, "complete -c imagemk -f -n __fish_use_subcommand -a %s -d '",
			(*c)->name);
		put_quoted(out, help_summary(*c), 0);
		buf_z(out, "'\n");
		fish_options(out, (*c)->options, condition.p);
		if (operands && str_is(str_z(operands), "COMMANDS")) {
			buf_fmt(out, "complete -c imagemk -f -n '%s' -a '", condition.p);
			put_commands(out);
			buf_z(out, "'\n");
		} else if (operands) {
			buf_fmt(out, "complete -c imagemk -f -n '%s' -a '%s'\n", condition.p,
				operands);
		}
	}
}

bool help_completion(struct str shell, struct buf *out)
{
	static const struct {
		const char *name;
		void (*put)(struct buf *out);
	} shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};

	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		if (str_is(shell, shells[i].name)) {
			shells[i].put(out);
			return true;
		}
	}
	return false;
}
