/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which pattern rule makes a file: the rules whose target matches, shortest stem first, each tried
 * with prerequisites that exist, then once more with ones that rules can make (chains).
 */
#include <stdlib.h>
#include <string.h>

#include "make/graph.h"
#include "make/lang.h"
#include "make/job.h"
#include "make/options.h"

#define PATH_MOST 4096 /* no stem is longer */

/* A rule whose target matches the name. */
struct candidate {
	struct pattern_rule *rule;	/* NULL once it is ruled out */
	size_t target;
	size_t stem_n;			/* folder included */
	bool slash;			/* matched without the folder */
	size_t order;
};

/* A prerequisite of the rule being tried. */
struct found {
	struct str name;
	struct file *made;	/* intermediate: how a rule makes it; not in the table yet */
	struct str pattern;	/* which pattern that rule's target was */
	bool order_only, no_auto;
};

struct search {
	struct make *mk;
	struct arena *mem;
	struct file *file;
	struct str name;	/* what is matched: the file, or "(member)" */
	size_t path_n;		/* its folder, slash included */
	VEC(struct candidate) tries;
	VEC(struct found) found;
	struct str stem;	/* of the rule being tried, folder excluded */
	struct str pattern;	/* result: the target that matched */
	unsigned depth, recursion;
	bool archive, chains;	/* chains: intermediate files allowed */
	bool scoped, star_set;
};

static bool search(struct search *s);

/* Does TARGET match S's name? Then how. */
static bool matches(const struct search *s, const struct pattern_rule *r, size_t i,
		    struct candidate *c)
{
	const struct pattern_target *t = &r->targets[i];
	bool slash = s->path_n && !t->slash;
	struct str base = slash ? str_from(s->name, s->path_n) : s->name;
	struct str suffix = str_from(t->text, t->percent + 1);

	if (s->recursion && t->text.n == 1 && !r->terminal)
		return false;
	if (t->text.n > s->name.n || base.n + 1 < t->text.n)
		return false;
	if (suffix.n && (base.p[base.n - 1] != suffix.p[suffix.n - 1] || !str_ends(base, suffix)))
		return false;
	if (t->percent && memcmp(base.p, t->text.p, t->percent) != 0)
		return false;
	*c = (struct candidate){.target = i, .stem_n = s->name.n - t->text.n + 1, .slash = slash};
	return true;
}

static int by_stem(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->stem_n != y->stem_n)
		return x->stem_n < y->stem_n ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static void drop_match_anything(struct search *s)
{
	for (size_t i = 0; i < s->tries.n; i++) {
		struct pattern_rule *r = s->tries.p[i].rule;

		for (size_t k = 0; !r->terminal && k < r->n; k++)
			if (r->targets[k].text.n == 1)
				s->tries.p[i].rule = NULL;
	}
}

static void collect(struct search *s)
{
	struct graph *g = s->mk->g;
	bool specific = false;

	for (size_t i = 0; i < g->rules.n; i++) {
		struct pattern_rule *r = g->rules.p[i];

		if (r->deps && !r->cmds)
			continue; /* how a makefile cancels a rule */
		if (r->in_use) {
			make_debug(s->mk, DEBUG_IMPLICIT, s->depth,
				   "Avoiding implicit rule recursion.\n");
			continue;
		}
		for (size_t k = 0; k < r->n; k++) {
			struct candidate c;

			if (!matches(s, r, k, &c))
				continue;
			specific |= r->targets[k].text.n > 1;
			if (!r->deps && !r->cmds)
				continue;
			c.rule = r;
			c.order = s->tries.n;
			*vec_push(s->mem, &s->tries) = c;
		}
	}
	if (s->tries.n > 1)
		qsort(s->tries.p, s->tries.n, sizeof(struct candidate), by_stem);
	if (specific)
		drop_match_anything(s);
}

static void accept(struct search *s, struct str name, const struct dep *d)
{
	*vec_push(s->mem, &s->found) = (struct found){
		.name = name, .order_only = d->order_only, .no_auto = d->no_auto};
}

static bool mentioned(const struct file *f, struct str name)
{
	for (const struct dep *d = f->deps; d; d = d->next)
		if (str_eq(dep_name(d), name))
			return true;
	return false;
}

/* Can rules make NAME? Then it is accepted as an intermediate file. */
static bool chain(struct search *s, struct str name, const struct dep *d)
{
	struct search sub = {.mk = s->mk, .mem = s->mem, .depth = s->depth + 1,
			     .recursion = s->recursion + 1};
	struct found *f;

	check_depth(s->mk, s->file);
	make_debug(s->mk, DEBUG_IMPLICIT, s->depth,
		   "Looking for a rule with intermediate file '%.*s'.\n", STR_ARG(name));
	sub.file = arena_make(s->mk->mem, struct file);
	sub.file->name = sub.file->hname = str_dup(s->mk->mem, name);
	sub.file->outcome = OUTCOME_NONE;
	if (!search(&sub)) {
		name_set_impossible(s->mk, name);
		return false;
	}
	accept(s, name, d);
	f = &s->found.p[s->found.n - 1];
	f->made = sub.file;
	f->pattern = sub.pattern;
	return true;
}

/* Is NAME there, mentioned, or to be made? IS_RULE: it is written in the rule as it stands. */
static bool try_prereq(struct search *s, struct candidate *c, struct str name, const struct dep *d,
		       bool is_rule)
{
	struct make *mk = s->mk;
	struct str where;

	if (name_is_impossible(mk, name)) {
		make_debug(mk, DEBUG_IMPLICIT, s->depth,
			   "Rejecting impossible %s prerequisite '%.*s'.\n",
			   is_rule ? "rule" : "implicit", STR_ARG(name));
		c->rule = NULL;
		return false;
	}
	make_debug(mk, DEBUG_IMPLICIT, s->depth, "Trying %s prerequisite '%.*s'.\n",
		   is_rule ? "rule" : "implicit", STR_ARG(name));
	if (mentioned(s->file, name) || file_lookup(mk, name) || name_exists(mk, name)) {
		accept(s, name, d);
		return true;
	}
	where = vpath_search(mk, name, NULL, NULL, NULL);
	if (where.p) {
		make_debug(mk, DEBUG_IMPLICIT, s->depth,
			   "Found prerequisite '%.*s' as VPATH '%.*s'\n", STR_ARG(name),
			   STR_ARG(where));
		accept(s, name, d);
		return true;
	}
	return s->chains && chain(s, name, d);
}

/* PREREQ with the stem put in; the folder goes in front when the rule matched without it. */
static struct str put_stem(struct search *s, const struct candidate *c, struct str prereq)
{
	ptrdiff_t percent = str_chr(prereq, '%');
	struct buf b;

	if (percent < 0)
		return prereq;
	b = buf_new(s->mem);
	if (c->slash)
		buf_put(&b, s->name.p, s->path_n);
	buf_put(&b, prereq.p, (size_t)percent);
	buf_str(&b, s->stem);
	buf_str(&b, str_from(prereq, (size_t)percent + 1));
	return buf_view(&b);
}

static bool needs_globbing(struct str name)
{
	if (name.n && (name.p[0] == '~' || name.p[0] == '.' || name.p[0] == '\\' ||
		       name.p[0] == ' ' || name.p[0] == '\t'))
		return true;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '*' || name.p[i] == '?' || name.p[i] == '[' || name.p[i] == '(')
			return true;
	return false;
}

static bool try_plain(struct search *s, struct candidate *c, const struct dep *d)
{
	struct str name = put_stem(s, c, dep_name(d));
	struct strs names;

	while (name.n && scan_space(name.p[0])) /* a stem's */
		name = str_from(name, 1);
	if (!needs_globbing(name))
		return try_prereq(s, c, name, d, str_eq(name, dep_name(d)));
	names = name_globs(s->mk, s->mem, name);
	for (size_t i = 0; i < names.n; i++)
		if (!try_prereq(s, c, names.p[i], d, str_eq(names.p[i], dep_name(d))))
			return false;
	return true;
}

/* The next word of TEXT from *AT, references taken whole; a | is a word of its own. */
static bool next_word(struct str text, size_t *at, struct str *word)
{
	size_t i = *at, start;

	while (i < text.n && (text.p[i] == ' ' || text.p[i] == '\t' || text.p[i] == '\n'))
		i++;
	if (i == text.n)
		return false;
	for (start = i; i < text.n && text.p[i] != ' ' && text.p[i] != '\t'; i++) {
		char open, close;
		int depth = 0;

		if (text.p[i] == '|') {
			i += i == start;
			break;
		}
		if (text.p[i] != '$' || ++i >= text.n)
			continue;
		open = text.p[i];
		close = open == '(' ? ')' : '}';
		if (open != '(' && open != '{')
			continue;
		for (i++; i < text.n; i++) {
			if (text.p[i] == open)
				depth++;
			else if (text.p[i] == close && --depth < 0)
				break;
		}
	}
	*word = str_sub(text, start, i - start);
	*at = i < text.n ? i : text.n;
	return true;
}

/* Make $* say the stem for this rule. */
static void set_star(struct search *s)
{
	if (!s->scoped) {
		scope_init(s->mk, s->file, false);
		scope_automatic(s->mk, s->file);
	} else if (!s->star_set) {
		var_set_automatic(s->mk, s->file->vars, AUTO_STAR, s->file->stem);
	}
	s->scoped = s->star_set = true;
}

/* WORD, its first % standing for the stem: by reference, so that it is not expanded once more. */
static struct str refer_stem(struct search *s, const struct candidate *c, struct str word)
{
	ptrdiff_t percent = str_chr(word, '%');

	return percent < 0
		   ? word
		   : percent_put(s->mem, word, (size_t)percent, c->slash ? S("$(*F)") : S("$*"));
}

/* Try the names in TEXT; a | makes those behind it order-only. */
static bool try_expanded(struct search *s, struct candidate *c, struct str text, bool add_dir,
			 bool *order_only, const struct dep *d)
{
	struct dep flags = *d;
	struct str part;

	do {
		ptrdiff_t bar = *order_only ? -1 : str_chr(text, '|');
		struct strs names;

		part = bar < 0 ? text : str_sub(text, 0, (size_t)bar);
		flags.order_only |= *order_only;
		names = name_list(s->mk, s->mem, part, true);
		for (size_t i = 0; i < names.n; i++) {
			struct str name = names.p[i];

			if (add_dir)
				name = str_cat(s->mem, str_sub(s->name, 0, s->path_n), name);
			if (!try_prereq(s, c, name, &flags, false))
				return false;
		}
		*order_only |= bar >= 0;
		text = bar < 0 ? S("") : str_from(text, (size_t)bar + 1);
	} while (text.n);
	return true;
}

/* Second expansion, word by word, each with the stem put in. */
static bool try_second(struct search *s, struct candidate *c, const struct dep *d)
{
	bool order_only = d->order_only;
	struct str word;
	size_t at = 0;

	while (next_word(dep_name(d), &at, &word)) {
		struct str text;
		bool add_dir = c->slash && str_chr(word, '%') >= 0;

		if (!order_only && str_is(word, "|")) { /* a second one is a name */
			order_only = true;
			continue;
		}
		set_star(s);
		text = expand_for(s->mk, s->mem, refer_stem(s, c, word), s->file);
		if (!try_expanded(s, c, text, add_dir, &order_only, d))
			return false;
	}
	return true;
}

/* Does C's rule apply? s->found has its prerequisites then. */
static bool try_rule(struct search *s, struct candidate *c)
{
	const struct pattern_target *t = &c->rule->targets[c->target];
	struct pattern_rule *rule = c->rule;
	bool good = true;

	s->stem = str_sub(s->name, t->percent + (c->slash ? s->path_n : 0),
			  c->stem_n - (c->slash ? s->path_n : 0));
	if (c->stem_n > PATH_MOST) {
		make_debug(s->mk, DEBUG_IMPLICIT, s->depth, "Stem too long: '%.*s%.*s'.\n",
			   (int)(c->slash ? s->path_n : 0), s->name.p, STR_ARG(s->stem));
		return false;
	}
	make_debug(s->mk, DEBUG_IMPLICIT, s->depth, "Trying pattern rule with stem '%.*s'.\n",
		   STR_ARG(s->stem));
	s->star_set = false;
	/*
	 * GNU make forgets to forget: what the rule tried before had found counts for this one too.
	 */
	if (!rule->deps)
		return true;
	s->found.n = 0;
	s->file->stem =
	    c->slash ? str_cat(s->mem, str_sub(s->name, 0, s->path_n), s->stem) : s->stem;
	rule->in_use = true;
	for (struct dep *d = rule->deps; d && good; d = d->next)
		good = d->second_expansion ? try_second(s, c, d) : try_plain(s, c, d);
	s->file->stem = (struct str){NULL, 0};
	rule->in_use = false;
	return good;
}

static struct candidate *choose(struct search *s)
{
	for (int pass = 0; pass < 2; pass++) {
		s->chains = pass;
		for (size_t i = 0; i < s->tries.n; i++) {
			struct candidate *c = &s->tries.p[i];

			if (!c->rule || (pass && c->rule->terminal))
				continue;
			if (try_rule(s, c))
				return c;
		}
	}
	return NULL;
}

static bool is_precious(struct make *mk, struct str name)
{
	struct file *f = file_lookup(mk, name);

	return f && f->precious;
}

/* The intermediate file that FOUND stands for becomes a real entry. */
static void enter_intermediate(struct make *mk, const struct found *found)
{
	struct file *made = found->made, *f = file_lookup(mk, found->name);

	if (f)
		f->secondary = true; /* also somebody else's prerequisite: not to be removed */
	else
		f = file_enter(mk, found->name);
	f->deps = f->deps_tail = made->deps;
	f->cmds = made->cmds;
	f->stem = made->stem;
	f->vars = made->vars;
	f->pattern_vars = made->pattern_vars;
	f->pattern_vars_searched = made->pattern_vars_searched;
	f->also_make = made->also_make;
	f->is_target = f->intermediate = f->tried_implicit = true;
	f->precious |= is_precious(mk, found->pattern);
	for (struct dep *d = f->deps; d; d = d->next) {
		d->file = file_enter(mk, d->name);
		d->name = (struct str){NULL, 0};
		d->file->tried_implicit |= d->terminal;
	}
}

static void take_prereqs(struct search *s, const struct pattern_rule *rule)
{
	struct make *mk = s->mk;
	struct dep *list = NULL;

	for (size_t i = s->found.n; i-- > 0;) {
		const struct found *found = &s->found.p[i];
		struct dep *d = dep_new(mk);

		if (found->made)
			enter_intermediate(mk, found);
		d->order_only = found->order_only;
		d->no_auto = found->no_auto;
		if (s->recursion)
			d->name = str_dup(mk->mem, found->name);
		else
			d->file = file_get(mk, found->name);
		if (!found->made && rule->terminal) {
			d->terminal = true;
			if (d->file)
				d->file->tried_implicit = true;
		}
		d->next = list;
		list = d;
	}
	file_add_deps(s->file, list, true);
}

/* The other targets that the rule makes at once. */
static void take_targets(struct search *s, const struct candidate *c)
{
	struct make *mk = s->mk;

	for (size_t i = 0; i < c->rule->n; i++) {
		const struct pattern_target *t = &c->rule->targets[i];
		struct dep *d;

		if (i == c->target)
			continue;
		d = dep_new(mk);
		/* as -p has it */
		d->name = percent_put(mk->mem, t->text, t->percent, s->file->stem);
		d->file = file_enter(mk, d->name);
		d->file->precious |= is_precious(mk, t->text);
		d->file->is_target = true;
		d->next = s->file->also_make;
		s->file->also_make = d;
	}
}

static bool search(struct search *s)
{
	struct file *f = s->file;
	struct str archive, member;
	struct candidate *c;
	ptrdiff_t slash = -1;

	s->name = f->name;
	if (archive_name(f->name, &archive, &member)) {
		if (s->archive)
			s->name = str_fmt(s->mem, "(%.*s)", STR_ARG(member));
	} else if (f->name.n) {
		slash = str_rchr(str_sub(f->name, 0, f->name.n - 1), '/');
	}
	s->path_n = (size_t)(slash + 1);
	collect(s);
	c = choose(s);
	if (!c)
		return false;
	s->pattern = c->rule->targets[c->target].text;
	take_prereqs(s, c->rule);
	f->stem = c->slash ? str_cat(s->mk->mem, str_sub(s->name, 0, s->path_n), s->stem)
			   : str_dup(s->mk->mem, s->stem);
	f->cmds = c->rule->cmds;
	f->is_target = true;
	f->precious |= is_precious(s->mk, s->pattern);
	take_targets(s, c);
	return true;
}

bool implicit_search(struct make *mk, struct file *f, unsigned depth)
{
	struct arena *mem = pool_take(mk);
	struct search s = {.mk = mk, .mem = mem, .file = f, .depth = depth};
	struct str archive, member;
	bool hit;

	make_debug(mk, DEBUG_IMPLICIT, depth, "Looking for an implicit rule for '%.*s'.\n",
		   STR_ARG(f->name));
	hit = search(&s);
	if (!hit && archive_name(f->name, &archive, &member)) {
		make_debug(mk, DEBUG_IMPLICIT, depth,
			   "Looking for archive-member implicit rule for '%.*s'.\n",
			   STR_ARG(f->name));
		s = (struct search){
		    .mk = mk, .mem = mem, .file = f, .depth = depth, .archive = true};
		hit = search(&s);
	}
	pool_give(mk, mem);
	return hit;
}
