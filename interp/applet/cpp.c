/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpp of gcc for assembler sources without predefined macros, as device trees are preprocessed by:
 * "cpp -nostdinc -x assembler-with-cpp -undef". Only what it does without a word: where it would
 * warn or fail, and where it does something that is not done here exactly, the real one runs, so
 * there are no messages. cpp_lex.c (lines, tokens), cpp_directive.c, cpp_expr.c, cpp_macro.c,
 * cpp_output.c; cpp_program.c knows the real one. Not for C: no other language, no header of the
 * system.
 */
#include "applet/cpp.h"

static const char help[] = "cpp -nostdinc -undef -x assembler-with-cpp [-I DIR] [-D NAME[=TEXT]] "
			   "[-U NAME] [-o FILE] FILE:\n"
			   "preprocess a source of assembler or a device tree\n";

/* --- the command line --- */

struct options {
	struct strs folders;
	VEC(struct cpp_define) defines; /* -D, -U */
	struct str in, out, language;
	bool no_system, no_predefined;
};

/* The value of the option that begins ARGV[*I] with LETTER: joined, or the next word. */
static bool value_of(struct applet_cx *cx, size_t *i, char letter, struct str *value)
{
	struct str word = cx->argv[*i];

	if (word.n < 2 || word.p[1] != letter)
		return false;
	*value = str_from(word, 2);
	if (!value->n && *i + 1 < cx->argc)
		*value = cx->argv[++*i];
	return value->n > 0;
}

/* Takes ARGV[*I]; false: not one that is known here. */
static bool take(struct applet_cx *cx, struct options *o, size_t *i)
{
	struct str word = cx->argv[*i], value;

	if (!word.n || word.p[0] == '@')
		return false;
	if (word.p[0] != '-') {
		if (o->in.n || !str_is(o->language, "assembler-with-cpp"))
			return false;
		o->in = word;
		return true;
	}
	if (str_is(word, "-nostdinc"))
		return o->no_system = true;
	if (str_is(word, "-undef"))
		return o->no_predefined = true;
	if (value_of(cx, i, 'I', &value))
		*vec_push(cx->mem, &o->folders) = value;
	else if (value_of(cx, i, 'D', &value))
		*vec_push(cx->mem, &o->defines) = (struct cpp_define){value, false};
	else if (value_of(cx, i, 'U', &value))
		*vec_push(cx->mem, &o->defines) = (struct cpp_define){value, true};
	else if (!o->in.n && value_of(cx, i, 'x', &value))
		o->language = value;
	else if (value_of(cx, i, 'o', &value) && !o->out.n)
		o->out = value;
	else
		return false;
	return true;
}

static bool has_odd(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] < ' ' || name.p[i] == 127 || name.p[i] == '"' || name.p[i] == '\\')
			return true;
	return false;
}

static bool parse(struct applet_cx *cx, struct options *o)
{
	for (size_t i = 1; i < cx->argc; i++)
		if (!take(cx, o, &i))
			return false;
	for (size_t i = 0; i < o->folders.n; i++)
		if (has_odd(o->folders.p[i]) || strchr("=$-", o->folders.p[i].p[0]))
			return false;
	return o->in.n && !has_odd(o->in) && o->no_system && o->no_predefined &&
	       !str_is(o->out, "-") && !str_eq(o->in, o->out);
}

/* --- the run --- */

/* Folders that are not there do not count, nor does one that is there a second time. */
static void add_folders(struct cpp *r, const struct strs *folders, struct str system)
{
	VEC(struct files_stat) seen = {0};
	struct files_stat after;
	bool is_system =
	    system.n && files_stat(r->cx->files, applet_path(r->cx, system), &after) == 0;

	for (size_t i = 0; i < folders->n; i++) {
		struct files_stat st;
		size_t k = 0;
		int err = files_stat(r->cx->files, applet_path(r->cx, folders->p[i]), &st);

		if (err == -ENOENT)
			continue;
		if (err || !S_ISDIR(st.mode) ||
		    (is_system && st.dev == after.dev && st.ino == after.ino)) {
			cpp_decline(r);
			return;
		}
		while (k < seen.n && (seen.p[k].dev != st.dev || seen.p[k].ino != st.ino))
			k++;
		if (k < seen.n)
			continue;
		*vec_push(r->mem, &seen) = st;
		*vec_push(r->mem, &r->folders) = folders->p[i];
	}
}

static void begin_names(struct cpp *r)
{
	static const struct {
		const char *name;
		enum cpp_verb verb;
	} directives[] = {
	    {"if", CPP_IF},
	    {"ifdef", CPP_IFDEF},
	    {"ifndef", CPP_IFNDEF},
	    {"elif", CPP_ELIF},
	    {"else", CPP_ELSE},
	    {"endif", CPP_ENDIF},
	    {"include", CPP_INCLUDE},
	    {"define", CPP_DEFINE},
	    {"undef", CPP_UNDEF},
	    {"line", CPP_REFUSED},
	    {"error", CPP_REFUSED},
	    {"warning", CPP_REFUSED},
	    {"pragma", CPP_REFUSED},
	    {"include_next", CPP_REFUSED},
	    {"ident", CPP_REFUSED},
	    {"import", CPP_REFUSED},
	    {"assert", CPP_REFUSED},
	    {"unassert", CPP_REFUSED},
	    {"sccs", CPP_REFUSED},
	    {"embed", CPP_REFUSED},
	    {"elifdef", CPP_REFUSED_CONDITION},
	    {"elifndef", CPP_REFUSED_CONDITION},
	};
	static const char *const reserved[] = {"__TIMESTAMP__",	    "__TIME__",	     "__DATE__",
					       "__FILE__",	    "__BASE_FILE__", "__LINE__",
					       "__INCLUDE_LEVEL__", "__COUNTER__",   "_Pragma",
					       "__VA_OPT__",	    "__FILE_NAME__"};

	for (size_t i = 0; i < sizeof(directives) / sizeof(*directives); i++)
		cpp_name(r, str_z(directives[i].name))->verb = directives[i].verb;
	for (size_t i = 0; i < sizeof(reserved) / sizeof(*reserved); i++)
		cpp_name(r, str_z(reserved[i]))->is_reserved = true;
	r->defined = cpp_name(r, S("defined"));
	r->variadic = cpp_name(r, S("__VA_ARGS__"));
	cpp_define_text(r, S("__ASSEMBLER__"));
	cpp_name(r, S("__ASSEMBLER__"))->is_fixed = true;
}

static void begin_macros(struct cpp *r, const struct options *o)
{
	for (size_t i = 0; i < o->defines.n; i++) {
		struct cpp_define d = o->defines.p[i];

		if (d.is_gone)
			cpp_undefine_text(r, d.text);
		else
			cpp_define_text(r, d.text);
	}
}

static void preprocess(struct cpp *r, struct str in)
{
	struct cpp_file *file = cpp_open(r, in);

	if (!file) {
		cpp_decline(r);
		return;
	}
	cpp_enter(r, file);
	cpp_marker(r, 0, in, "");
	cpp_marker(r, 0, S("<built-in>"), "");
	cpp_marker(r, 0, S("<command-line>"), "");
	cpp_marker(r, 1, in, "");
	cpp_print(r);
}

static int put(struct cpp *r, struct str out)
{
	struct str text = buf_view(&r->text);
	struct blob *b;
	int err;

	if (!out.n) {
		applet_out(r->cx, text);
		return applet_status(r->cx, 0);
	}
	b = blob_copy(text.p, text.n);
	err = files_write(r->cx->files, applet_path(r->cx, out), b);
	blob_unref(b);
	/* That it can't be written is said by the real one. */
	return err ? applet_decline(r->cx) : 0;
}

static int run(struct applet_cx *cx)
{
	struct cpp r = {
	    .cx = cx,
	    .mem = cx->mem,
	    .longest = 256,
	    .text = buf_new(cx->mem),
	};
	struct options o = {0};
	struct str system = {0};

	if (!parse(cx, &o) || !cpp_program(cx, &system))
		return applet_decline(cx);
	r.out = path_clean(cx->mem, applet_path(cx, o.out));
	r.names = map_new(cx->mem);
	r.files = map_new(cx->mem);
	begin_names(&r);
	begin_macros(&r, &o);
	add_folders(&r, &o.folders, system);
	if (!r.declined)
		preprocess(&r, o.in);
	for (size_t i = 0; i < r.blobs.n; i++)
		blob_unref(r.blobs.p[i]);
	return r.declined ? applet_decline(cx) : put(&r, o.out);
}

const struct applet applet_cpp = {
    .name = "cpp",
    .cross = "-cpp",
    .help = help,
    .run = run,
    .flags = APPLET_PURE | APPLET_OF_PROGRAM,
};
