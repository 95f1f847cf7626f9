/* SPDX-License-Identifier: GPL-2.0-only */
/* Recording rules as the reader meets them: explicit, static pattern, pattern, double-colon,
 * grouped. */
#include "make/job.h"
#include "make/options.h"

#include <stdlib.h>
#include <string.h>

static struct commands *commands_new(struct make *mk, const struct recipe *r)
{
	struct commands *c = arena_make(mk->mem, struct commands);

	c->recipe = r;
	return c;
}

/* \: stands for a colon in prerequisites. */
static struct str unescape_colons(struct arena *mem, struct str text)
{
	struct buf b;

	if (str_find(text, S("\\:")) < 0)
		return text;
	b = buf_new(mem);
	for (size_t i = 0; i < text.n; i++) {
		size_t end = i;

		while (end < text.n && text.p[end] == '\\')
			end++;
		if (end == i || end == text.n || text.p[end] != ':') {
			buf_put(&b, text.p + i, end - i + (end < text.n));
		} else {
			buf_put(&b, text.p + i, (end - i) / 2);
			buf_char(&b, ':');
		}
		i = end;
	}
	return buf_view(&b);
}

/* The prerequisites of R as a list; names only for pattern rules. */
static struct dep *parse_prereqs(struct make *mk, const struct rule_text *r, bool implicit)
{
	struct str text = unescape_colons(mk->mem, r->prereqs);
	struct dep *deps;

	if (!text.p)
		return NULL;
	if (mk->second_expansion && str_chr(text, '$') >= 0) {
		deps = dep_new(mk);
		deps->name = str_dup(mk->mem, text);
		deps->second_expansion = true;
		deps->static_pattern = r->static_pattern.p != NULL;
		return deps;
	}
	deps = deps_split(mk, text);
	return r->static_pattern.p || implicit ? deps : deps_enter(mk, deps, NULL);
}

static void record_pattern(struct make *mk, const struct rule_text *r, struct dep *deps,
			   struct commands *cmds)
{
	struct pattern_rule *rule = arena_make(mk->mem, struct pattern_rule);

	if (r->static_pattern.p)
		make_fatal(mk, r->at, "mixed implicit and static pattern rules");
	rule->n = r->targets.n;
	rule->targets = arena_array(mk->mem, struct pattern_target, rule->n);
	for (size_t i = 0; i < rule->n; i++) {
		struct str name = r->targets.p[i];
		ptrdiff_t percent = percent_find(mk->mem, &name);

		if (percent < 0)
			make_fatal(mk, r->at, "mixed implicit and normal rules");
		rule->targets[i] = (struct pattern_target){str_dup(mk->mem, name), (size_t)percent,
							   str_chr(name, '/') >= 0};
	}
	rule->deps = deps;
	rule->cmds = cmds;
	rule->terminal = r->double_colon;
	pattern_add(mk, rule, true);
}

/* POSIX's defaults, from the moment .POSIX is seen. */
static void posix_begins(struct make *mk)
{
	static const char *const values[][2] = {
	    {".SHELLFLAGS", "-ec"}, {"ARFLAGS", "-rvU"}, {"CC", "c99"},		 {"CFLAGS", "-O1"},
	    {"FC", "fort77"},	    {"FFLAGS", "-O1"},	 {"SCCSGETFLAGS", "-s"},
	};

	mk->posix = true;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		var_set_simple(mk, mk->globals, str_z(values[i][0]), str_z(values[i][1]),
			       ORIGIN_DEFAULT);
}

/* Targets that take effect at once. */
static void notice_special(struct make *mk, struct str name)
{
	if (name.n < 6 || name.p[0] != '.')
		return;
	if (!mk->posix && str_is(name, ".POSIX"))
		posix_begins(mk);
	else if (str_is(name, ".SECONDEXPANSION"))
		mk->second_expansion = true;
	else if (str_is(name, ".ONESHELL"))
		mk->one_shell = true;
}

static void set_commands(struct make *mk, struct file *f, struct commands *cmds, bool has_deps)
{
	if (f == mk->g->default_file && !has_deps && !cmds)
		f->cmds = NULL;
	if (cmds)
		f->cmds = cmds;
	if (f == mk->g->suffixes && !has_deps)
		f->deps = f->deps_tail = NULL;
}

static struct file *single_colon(struct make *mk, struct str name, struct commands *cmds,
				 bool has_deps, struct place at)
{
	struct file *f = file_enter_kept(mk, name);

	if (f->double_colon)
		make_fatal(mk, at, "target file '%.*s' has both : and :: entries",
			   STR_ARG(f->name));
	if (cmds && cmds == f->cmds) {
		make_error(mk, at, "target '%.*s' given more than once in the same rule",
			   STR_ARG(f->name));
	} else if (cmds && f->cmds && f->is_target) {
		/* is_target: suffix rules that are built in may be redefined in silence. */
		make_error(mk, cmds->recipe->at, "warning: overriding recipe for target '%.*s'",
			   STR_ARG(f->name));
		make_error(mk, f->cmds->recipe->at,
			   "warning: ignoring old recipe for target '%.*s'", STR_ARG(f->name));
	}
	set_commands(mk, f, cmds, has_deps);
	return f;
}

static struct file *double_colon(struct make *mk, struct str name, struct commands *cmds,
				 struct place at)
{
	struct file *f = file_lookup(mk, name);

	if (f && f->is_target && !f->double_colon)
		make_fatal(mk, at, "target file '%.*s' has both : and :: entries",
			   STR_ARG(f->name));
	f = file_enter_kept(mk, name);
	if (!f->double_colon)
		f->double_colon = f;
	f->cmds = cmds;
	return f;
}

/* The stem of NAME in the static pattern; DEPS with it put in. */
static struct dep *static_prereqs(struct make *mk, struct file *f, struct str name,
				  struct str pattern, ptrdiff_t percent, struct dep *deps)
{
	struct str stem = name;

	if (percent >= 0 && percent_match(pattern, percent, name))
		stem = percent_words(mk->mem, name, pattern, (size_t)percent, S("%"), 0);
	f->stem = str_dup(mk->mem, stem);
	if (!deps)
		return NULL;
	if (!deps->second_expansion)
		return deps_enter(mk, deps, &f->stem);
	deps->stem = memcpy(arena_alloc(mk->mem, sizeof(f->stem)), &f->stem, sizeof(f->stem));
	return deps;
}

/* Is NAME a suffix rule, or a suffix without a dot? These are no goals. */
static bool is_suffix_rule(struct make *mk, struct str name)
{
	struct dep *all = mk->g->suffixes->deps;

	for (struct dep *d = all; d; d = d->next) {
		struct str suffix = dep_name(d);

		if (suffix.p[0] != '.' && str_eq(name, suffix))
			return true;
		for (struct dep *from = all; from; from = from->next)
			if (str_starts(name, dep_name(from)) &&
			    str_eq(str_from(name, dep_name(from).n), suffix))
				return true;
	}
	return false;
}

/* The goal that goes without saying: the first target that is no special one. */
void rules_choose_goal(struct make *mk, const struct rule_text *r)
{
	struct variable *goal = var_lookup_in(mk, mk->globals, S(".DEFAULT_GOAL"));

	if (r->no_default_goal || (goal && goal->value.text.n))
		return;
	for (size_t i = 0; i < r->targets.n; i++) {
		struct str name = r->targets.p[i];

		if (str_chr(name, '%') >= 0)
			return;
		if ((name.p[0] == '.' && str_chr(name, '/') < 0) || is_suffix_rule(mk, name))
			continue;
		var_set_simple(mk, mk->globals, S(".DEFAULT_GOAL"), name, ORIGIN_FILE);
		return;
	}
}

/* Everything about the Ith target of R. DEPS: a list of its own. */
static struct file *record_target(struct make *mk, const struct rule_text *r, struct str name,
				  struct dep *deps, struct commands *cmds, struct str pattern,
				  ptrdiff_t percent)
{
	struct file *f;

	notice_special(mk, name);
	if (r->static_pattern.p && !percent_match(pattern, percent, name)) {
		make_error(mk, r->at, "target '%.*s' doesn't match the target pattern",
			   STR_ARG(name));
		deps = NULL;
	}
	if (r->double_colon)
		f = double_colon(mk, name, cmds, r->at);
	else
		f = single_colon(mk, name, cmds, deps != NULL, r->at);
	f->is_target = true;
	if (r->static_pattern.p)
		deps = static_prereqs(mk, f, name, pattern, percent, deps);
	file_add_deps(f, deps, cmds != NULL);
	return f;
}

static void record_group(struct make *mk, struct file **files, size_t n, struct commands *cmds)
{
	struct dep *all = arena_array(mk->mem, struct dep, n);

	/* Latest first, each target among them. */
	for (size_t i = 0; i < n; i++) {
		all[i].file = files[n - 1 - i];
		all[i].name = all[i].file->name;
		all[i].next = i + 1 < n ? &all[i + 1] : NULL;
	}
	for (size_t i = n; i-- > 0;) {
		if (files[i]->also_make)
			make_error(mk, cmds->recipe->at,
				   "warning: overriding group membership for target '%.*s'",
				   STR_ARG(files[i]->name));
		files[i]->also_make = all;
	}
}

void rules_record(struct make *mk, const struct rule_text *r)
{
	struct str first = r->targets.n ? r->targets.p[0] : S(""), pattern = r->static_pattern;
	struct commands *cmds = r->recipe ? commands_new(mk, r->recipe) : NULL;
	struct file **files = arena_array(mk->mem, struct file *, r->grouped ? r->targets.n : 0);
	bool implicit = percent_find(mk->mem, &first) >= 0;
	ptrdiff_t percent = pattern.p ? percent_find(mk->mem, &pattern) : -1;
	struct dep *deps;

	if (!r->targets.n)
		return;
	if (mk->g->snapped)
		make_fatal(mk, r->at, "prerequisites cannot be defined in recipes");
	if (r->grouped && !cmds)
		make_fatal(mk, r->at, "grouped targets must provide a recipe");
	deps = parse_prereqs(mk, r, implicit);
	if (implicit) {
		record_pattern(mk, r, deps, cmds);
		return;
	}
	for (size_t i = 0; i < r->targets.n; i++) {
		struct str name = r->targets.p[i];
		bool last = i + 1 == r->targets.n;
		struct file *f;

		if (percent_find(mk->mem, &name) >= 0)
			make_error(mk, r->at,
				   "*** mixed implicit and normal rules: deprecated syntax");
		f = record_target(mk, r, name, last ? deps : deps_copy(mk, deps), cmds, pattern,
				  percent);
		if (r->grouped)
			files[i] = f;
	}
	if (r->grouped)
		record_group(mk, files, r->targets.n, cmds);
}

void rules_makefile(struct make *mk, struct str name, unsigned flags, int error, struct place at)
{
	struct goal late, *g = &late;

	/* What the value of VPATH or second expansion includes comes too late: it is not remade,
	 * nor missed. */
	if (!mk->g->makefiles_known)
		g = vec_push(mk->mem, &mk->g->makefiles);
	*g = (struct goal){.file = file_get(mk, name), .flags = flags, .error = error, .at = at};
	g->included = flags & READ_SEARCH;
	if (error)
		g->file->mtime = STAMP_NONE;
}

void rules_object(struct make *mk, struct str name)
{
	*vec_push(mk->mem, &mk->g->makefiles) = (struct goal){.file = file_get(mk, name)};
}

struct var_set *rules_target_scope(struct make *mk, struct str target)
{
	struct file *f = file_get(mk, target);

	if (f->double_colon)
		f = f->double_colon;
	scope_init(mk, f, true);
	return f->vars;
}

struct pattern_var *rules_pattern_var(struct make *mk, struct str pattern, enum assign kind,
				      struct make_text value, struct place at,
				      const struct make_span *written)
{
	struct pattern_var *v = arena_make(mk->mem, struct pattern_var);
	struct str target = pattern;
	ptrdiff_t percent = percent_find(mk->mem, &target);

	*v = (struct pattern_var){
		.target = str_dup(mk->mem, target), .name = S(""), .kind = kind,
		.value = value, .origin = ORIGIN_DEFAULT, .export = EXPORT_DEFAULT, .at = at,
		.written = *written,
		.percent = percent < 0 ? 0 : (size_t)percent,
	};
	v->number = mk->g->pattern_vars.n;
	*vec_push(mk->mem, &mk->g->pattern_vars) = v;
	mk->g->pattern_vars_ordered = false;
	return v;
}

static int by_length(const void *a, const void *b)
{
	const struct pattern_var *const *v = a, *const *w = b;

	if ((*v)->target.n != (*w)->target.n)
		return (*v)->target.n < (*w)->target.n ? -1 : 1;
	return (*v)->number < (*w)->number ? -1 : (*v)->number > (*w)->number;
}

void rules_order_pattern_vars(struct make *mk)
{
	if (!mk->g->pattern_vars_ordered && mk->g->pattern_vars.n)
		qsort(mk->g->pattern_vars.p, mk->g->pattern_vars.n, sizeof(*mk->g->pattern_vars.p),
		      by_length);
	mk->g->pattern_vars_ordered = true;
}
