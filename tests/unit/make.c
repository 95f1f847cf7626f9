/* SPDX-License-Identifier: GPL-2.0-only */
/* Source maps: each stretch of an expansion names the line it was written on and the way there. */
#include "make/make.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number of each line stands in it, so that the lines below can be counted at a glance. */
static const char makefile[] = "define Build/check\n"				/* 1 */
			       "check line2 $(1)\n"				/* 2 */
			       "and line3 $(SIZE)\n"				/* 3 */
			       "endef\n"					/* 4 */
			       "define Device\n"				/* 5 */
			       "  TITLE = line6 $(1)\n"				/* 6 */
			       "  SIZE := line7 \\\n"				/* 7 */
			       "    line8\n"					/* 8 */
			       "$(1).img:\n"					/* 9 */
			       "	line10 $$(call Build/check,$(1))\n"	/* 10 */
			       "endef\n"					/* 11 */
			       "$(foreach d,dev,$(eval $(call Device,$(d))))\n" /* 12 */
			       "LOWER = $(subst E,e,linE13)\n"			/* 13 */
			       "include more.mk\n"				/* 14 */
			       "define Export\n"				/* 15 */
			       "  $(1).img : $(2):=$$($(2)) line16\n"	/* 16 */
			       "endef\n"					/* 17 */
			       "$(foreach v,FORMAT,$(eval $(call Export,dev,$(v))))\n"; /* 18 */
static const char more[] = "\nMORE = line2 $(LOWER)\nFORMAT = line3\n";

static struct make *make;
static struct arena *mem;

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	CHECK(f && fputs(text, f) >= 0);
	CHECK(f && fclose(f) == 0);
}

static struct make_text expanded(const char *text)
{
	struct make_text t = {0};

	CHECK(make_expand(make, mem, str_z(text), &t));
	return t;
}

/* The span of T that holds NEEDLE's first byte. */
static struct make_span span_of(struct make_text t, const char *needle)
{
	ptrdiff_t at = str_find(t.text, str_z(needle));
	struct make_span found = {0};

	CHECK(at >= 0);
	CHECK(t.n_spans > 0 && t.spans[0].from == 0);
	for (size_t i = 0; i < t.n_spans && at >= 0 && t.spans[i].from <= (size_t)at; i++) {
		CHECK(i == 0 || t.spans[i - 1].from < t.spans[i].from);
		found = t.spans[i];
	}
	found.off = make_span_spot(&found, (size_t)at).off;
	found.from = 0;
	return found;
}

static void check_place(struct place at, const char *file, unsigned line)
{
	if (!str_is(at.file, file) || at.line != line)
		fprintf(stderr, "%.*s:%u, wanted %s:%u\n", STR_ARG(at.file), at.line, file, line);
	CHECK(str_is(at.file, file) && at.line == line);
}

static void check_span(struct make_span s, const char *file, unsigned line)
{
	check_place(make_span_place(&s), file, line);
}

static void check_step(const struct trail **t, const char *what, const char *file, unsigned line)
{
	struct str step;

	CHECK(*t);
	if (!*t)
		return;
	step = str_fmt(mem, "%s%.*s", trail_word((*t)->step->verb), STR_ARG(*(*t)->step->what));
	if (!str_is(step, what))
		fprintf(stderr, "in %.*s, wanted %s\n", STR_ARG(step), what);
	CHECK(str_is(step, what));
	if (file)
		check_place(spot_place((struct spot){(*t)->step->in, (*t)->step->off}), file, line);
	*t = (*t)->up;
}

static void test_define_lines(void)
{
	struct make_text t = expanded("$(call Build/check,arg)");
	const struct trail *trail = span_of(t, "check line2").trail;

	CHECK(str_is(t.text, "check line2 arg\nand line3 line7 line8"));
	check_span(span_of(t, "check line2"), "Makefile", 2);
	check_span(span_of(t, "and line3"), "Makefile", 3);
	check_span(span_of(t, "line7"), "Makefile", 7);
	check_span(span_of(t, "line8"), "Makefile", 8);
	check_step(&trail, "call Build/check", NULL, 0);
	trail = span_of(t, "line8").trail;
	check_step(&trail, "SIZE", "Makefile", 3);
	check_step(&trail, "call Build/check", NULL, 0);
}

static void test_eval(void)
{
	struct make_text value, t = expanded("$(TITLE)");
	struct place at;

	check_span(span_of(t, "line6"), "Makefile", 6);
	check_span(span_of(t, "dev"), "Makefile", 12);
	CHECK(make_variable(make, S("SIZE"), &value, &at));
	CHECK(str_is(value.text, "line7 line8"));
	check_place(at, "Makefile", 7);
	CHECK(make_variable(make, S("TITLE"), &value, &at));
	check_place(at, "Makefile", 6);
	CHECK(!make_variable(make, S("nope"), &value, &at));
}

static void test_functions_and_include(void)
{
	struct make_text t = expanded("x$(MORE)");
	const struct trail *trail = span_of(t, "line13").trail;

	check_span(span_of(t, "line2"), "more.mk", 2);
	check_span(span_of(t, "line13"), "Makefile", 13); /* where $(subst) stands */
	check_step(&trail, "LOWER", "more.mk", 2);
	check_step(&trail, "MORE", NULL, 0);
}

/* More stretches than are kept: the first have their place, the last have none. */
static void test_too_many_spans(void)
{
	const char *const thousand = "$(foreach a,$(D),$(foreach b,$(D),$(foreach c,$(D),";
	struct str loops =
	    str_fmt(mem, "$(eval D := 0 1 2 3 4 5 6 7 8 9)%s%sx$(TITLE)$(MORE)))))))$(MORE)",
		    thousand, thousand);
	struct make_text t = {0};
	struct make_span last;

	CHECK(make_expand(make, mem, loops, &t));
	CHECK(t.n_spans > 1000000 && t.n_spans <= 4 << 20);
	check_span(span_of(t, "line6"), "Makefile", 6);
	last = t.spans[t.n_spans - 1];
	CHECK(!last.in && !last.trail && last.from < t.text.n);
}

static void test_after_error(void)
{
	struct make_text t;

	CHECK(!make_expand(make, mem, S("$(call Build/check,$(error deep))"), &t));
	CHECK(!make_expand(make, mem, S("$(foreach i,1,$(call Build/check,$(word x,a)))"), &t));
	test_define_lines();
	CHECK(str_is(expanded("$(i)$(1)").text, ""));
}

static void heard_rule(void *ctx, struct make *mk, struct str target, const struct make_span *at)
{
	const struct trail *trail = at->trail;

	(void)mk;
	if (!str_is(target, "dev.img"))
		return;
	++*(int *)ctx;
	check_span(*at, "Makefile", 9);
	check_step(&trail, "call Device", "Makefile", 12);
	check_step(&trail, "foreach d=dev", "Makefile", 12);
	CHECK(!trail);
}

/* A target's own value: a copy of the global one knows where that was written, and how it came
 * here. */
static void heard_variable(void *ctx, struct make *mk, struct str name, struct make_text value,
			   bool recursive, const struct make_span *at)
{
	const struct trail *trail;

	(void)mk;
	(void)recursive;
	if (!str_is(name, "FORMAT") || !str_is(value.text, "line3 line16"))
		return;
	++*(int *)ctx;
	check_span(*at, "Makefile", 16);
	check_span(span_of(value, "line3"), "more.mk", 3);
	check_span(span_of(value, "line16"), "Makefile", 16);
	trail = span_of(value, "line3").trail;
	check_step(&trail, "FORMAT", "Makefile", 16);
	CHECK(trail == at->trail && trail == span_of(value, "line16").trail);
	check_step(&trail, "call Export", "Makefile", 18);
	check_step(&trail, "foreach v=FORMAT", "Makefile", 18);
	CHECK(!trail);
}

/* Values are heard of: a plain line has no short way then. */
static void test_target_value(struct make_setup setup)
{
	int values = 0;
	struct make_listener listener = {.ctx = &values, .variable = heard_variable};

	setup.listener = &listener;
	make = make_open(&setup);
	CHECK(make);
	CHECK(values == 1);
	if (make)
		make_close(make);
}

int main(void)
{
	char dir[] = "/tmp/make-spans.XXXXXX";
	struct make_host host = {0};
	int rules = 0;
	struct make_listener listener = {.ctx = &rules, .rule = heard_rule};
	struct make_setup setup = {
	    .program = S("make"), .make_command = S("make"), .host = &host, .listener = &listener};

	mem = arena_new();
	CHECK(mkdtemp(dir) && chdir(dir) == 0);
	write_file("Makefile", makefile);
	write_file("more.mk", more);
	setup.cwd = str_z(dir);
	make = make_open(&setup);
	CHECK(make);
	CHECK(rules == 1);
	if (make) {
		test_define_lines();
		test_eval();
		test_functions_and_include();
		test_too_many_spans();
		test_after_error();
		make_close(make);
	}
	test_target_value(setup);
	unlink("Makefile");
	unlink("more.mk");
	CHECK(rmdir(dir) == 0);
	arena_free(mem);
	return 0;
}
