/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What make knows without a makefile: suffixes, suffix rules, pattern rules, variables. The tables
 * are the facts that GNU make 4.3 prints with -p -f /dev/null; they say nothing about order.
 */
#include "make/graph.h"
#include "make/options.h"

#define SUFFIXES                                                                                   \
	".out .a .ln .o .c .cc .C .cpp .p .f .F .m .r .y .l .ym .yl .s .S .mod .sym .def " \
	".h .info .dvi .tex .texinfo .texi .txinfo .w .ch .web .sh .elc .el"

/* Suffix rules: name, recipe. */
static const char *const suffix_rules[][2] = {
	{".C", "$(LINK.C) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".C.o", "$(COMPILE.C) $(OUTPUT_OPTION) $<"},
	{".F", "$(LINK.F) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".F.f", "$(PREPROCESS.F) $(OUTPUT_OPTION) $<"},
	{".F.o", "$(COMPILE.F) $(OUTPUT_OPTION) $<"},
	{".S", "$(LINK.S) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".S.o", "$(COMPILE.S) -o $@ $<"},
	{".S.s", "$(PREPROCESS.S) $< > $@"},
	{".c", "$(LINK.c) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".c.ln", "$(LINT.c) -C$* $<"},
	{".c.o", "$(COMPILE.c) $(OUTPUT_OPTION) $<"},
	{".cc", "$(LINK.cc) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".cc.o", "$(COMPILE.cc) $(OUTPUT_OPTION) $<"},
	{".cpp", "$(LINK.cpp) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".cpp.o", "$(COMPILE.cpp) $(OUTPUT_OPTION) $<"},
	{".def.sym", "$(COMPILE.def) -o $@ $<"},
	{".f", "$(LINK.f) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".f.o", "$(COMPILE.f) $(OUTPUT_OPTION) $<"},
	{".l.c", "@$(RM) $@ \n $(LEX.l) $< > $@"},
	{".l.ln", "@$(RM) $*.c\n $(LEX.l) $< > $*.c\n$(LINT.c) -i $*.c -o $@\n $(RM) $*.c"},
	{".l.r", "$(LEX.l) $< > $@ \n mv -f lex.yy.r $@"},
	{".lm.m", "@$(RM) $@ \n $(LEX.m) $< > $@"},
	{".m", "$(LINK.m) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".m.o", "$(COMPILE.m) $(OUTPUT_OPTION) $<"},
	{".mod", "$(COMPILE.mod) -o $@ -e $@ $^"},
	{".mod.o", "$(COMPILE.mod) -o $@ $<"},
	{".o", "$(LINK.o) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".p", "$(LINK.p) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".p.o", "$(COMPILE.p) $(OUTPUT_OPTION) $<"},
	{".r", "$(LINK.r) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".r.f", "$(PREPROCESS.r) $(OUTPUT_OPTION) $<"},
	{".r.o", "$(COMPILE.r) $(OUTPUT_OPTION) $<"},
	{".s", "$(LINK.s) $^ $(LOADLIBES) $(LDLIBS) -o $@"},
	{".s.o", "$(COMPILE.s) -o $@ $<"},
	{".sh", "cat $< >$@ \n chmod a+x $@"},
	{".tex.dvi", "$(TEX) $<"},
	{".texi.dvi", "$(TEXI2DVI) $(TEXI2DVI_FLAGS) $<"},
	{".texi.info", "$(MAKEINFO) $(MAKEINFO_FLAGS) $< -o $@"},
	{".texinfo.dvi", "$(TEXI2DVI) $(TEXI2DVI_FLAGS) $<"},
	{".texinfo.info", "$(MAKEINFO) $(MAKEINFO_FLAGS) $< -o $@"},
	{".txinfo.dvi", "$(TEXI2DVI) $(TEXI2DVI_FLAGS) $<"},
	{".txinfo.info", "$(MAKEINFO) $(MAKEINFO_FLAGS) $< -o $@"},
	{".w.c", "$(CTANGLE) $< - $@"},
	{".w.tex", "$(CWEAVE) $< - $@"},
	{".web.p", "$(TANGLE) $<"},
	{".web.tex", "$(WEAVE) $<"},
	{".y.c", "$(YACC.y) $< \n mv -f y.tab.c $@"},
	{".y.ln", "$(YACC.y) $< \n $(LINT.c) -C$* y.tab.c \n $(RM) y.tab.c"},
	{".ym.m", "$(YACC.m) $< \n mv -f y.tab.c $@"},
};

static const char *const variables[][2] = {
	{".LIBPATTERNS", "lib%.so lib%.a"},
	{"AR", "ar"},
	{"ARFLAGS", "rv"},
	{"AS", "as"},
	{"CC", "cc"},
	{"CHECKOUT,v", "+$(if $(wildcard $@),,$(CO) $(COFLAGS) $< $@)"},
	{"CO", "co"},
	{"COFLAGS", ""},
	{"COMPILE.C", "$(COMPILE.cc)"},
	{"COMPILE.F", "$(FC) $(FFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c"},
	{"COMPILE.S", "$(CC) $(ASFLAGS) $(CPPFLAGS) $(TARGET_MACH) -c"},
	{"COMPILE.c", "$(CC) $(CFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c"},
	{"COMPILE.cc", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c"},
	{"COMPILE.cpp", "$(COMPILE.cc)"},
	{"COMPILE.def", "$(M2C) $(M2FLAGS) $(DEFFLAGS) $(TARGET_ARCH)"},
	{"COMPILE.f", "$(FC) $(FFLAGS) $(TARGET_ARCH) -c"},
	{"COMPILE.m", "$(OBJC) $(OBJCFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c"},
	{"COMPILE.mod", "$(M2C) $(M2FLAGS) $(MODFLAGS) $(TARGET_ARCH)"},
	{"COMPILE.p", "$(PC) $(PFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c"},
	{"COMPILE.r", "$(FC) $(FFLAGS) $(RFLAGS) $(TARGET_ARCH) -c"},
	{"COMPILE.s", "$(AS) $(ASFLAGS) $(TARGET_MACH)"},
	{"CPP", "$(CC) -E"},
	{"CTANGLE", "ctangle"},
	{"CWEAVE", "cweave"},
	{"CXX", "g++"},
	{"F77", "$(FC)"},
	{"F77FLAGS", "$(FFLAGS)"},
	{"FC", "f77"},
	{"GET", "get"},
	{"GNUMAKEFLAGS", ""}, /* with -e its origin changes by this */
	{"LD", "ld"},
	{"LEX", "lex"},
	{"LEX.l", "$(LEX) $(LFLAGS) -t"},
	{"LEX.m", "$(LEX) $(LFLAGS) -t"},
	{"LINK.C", "$(LINK.cc)"},
	{"LINK.F", "$(FC) $(FFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH)"},
	{"LINK.S", "$(CC) $(ASFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_MACH)"},
	{"LINK.c", "$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH)"},
	{"LINK.cc", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH)"},
	{"LINK.cpp", "$(LINK.cc)"},
	{"LINK.f", "$(FC) $(FFLAGS) $(LDFLAGS) $(TARGET_ARCH)"},
	{"LINK.m", "$(OBJC) $(OBJCFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH)"},
	{"LINK.o", "$(CC) $(LDFLAGS) $(TARGET_ARCH)"},
	{"LINK.p", "$(PC) $(PFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH)"},
	{"LINK.r", "$(FC) $(FFLAGS) $(RFLAGS) $(LDFLAGS) $(TARGET_ARCH)"},
	{"LINK.s", "$(CC) $(ASFLAGS) $(LDFLAGS) $(TARGET_MACH)"},
	{"LINT", "lint"},
	{"LINT.c", "$(LINT) $(LINTFLAGS) $(CPPFLAGS) $(TARGET_ARCH)"},
	{"M2C", "m2c"},
	{"MAKEINFO", "makeinfo"},
	{"OBJC", "cc"},
	{"OUTPUT_OPTION", "-o $@"},
	{"PC", "pc"},
	{"PREPROCESS.F", "$(FC) $(FFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -F"},
	{"PREPROCESS.S", "$(CC) -E $(CPPFLAGS)"},
	{"PREPROCESS.r", "$(FC) $(FFLAGS) $(RFLAGS) $(TARGET_ARCH) -F"},
	{"RM", "rm -f"},
	{"TANGLE", "tangle"},
	{"TEX", "tex"},
	{"TEXI2DVI", "texi2dvi"},
	{"WEAVE", "weave"},
	{"YACC", "yacc"},
	{"YACC.m", "$(YACC) $(YFLAGS)"},
	{"YACC.y", "$(YACC) $(YFLAGS)"},
};

struct builtin_pattern {
	const char *target, *prereqs, *recipe;
	bool terminal;
};

static const struct builtin_pattern patterns[] = {
	{"(%)", "%", "$(AR) $(ARFLAGS) $@ $<", false},
	{"%.out", "%", "@rm -f $@ \n cp $< $@", false},
	{"%.c", "%.w %.ch", "$(CTANGLE) $^ $@", false},
	{"%.tex", "%.w %.ch", "$(CWEAVE) $^ $@", false},
	{"%", "%,v", "$(CHECKOUT,v)", true},
	{"%", "RCS/%,v", "$(CHECKOUT,v)", true},
	{"%", "RCS/%", "$(CHECKOUT,v)", true},
	{"%", "s.%", "$(GET) $(GFLAGS) $(SCCS_OUTPUT_OPTION) $<", true},
	{"%", "SCCS/s.%", "$(GET) $(GFLAGS) $(SCCS_OUTPUT_OPTION) $<", true},
};

struct commands *builtin_recipe(struct make *mk, const char *lines)
{
	struct commands *c = arena_make(mk->mem, struct commands);
	struct recipe *r = arena_make(mk->mem, struct recipe);
	struct str rest = str_z(lines), line;

	while (str_split(&rest, '\n', &line))
		*vec_push(mk->mem, &r->lines) = (struct make_text){.text = line};
	r->prefix = '\t';
	c->recipe = r;
	c->builtin = true;
	return c;
}

static void set_suffixes(struct make *mk)
{
	struct file *f = file_enter(mk, S(".SUFFIXES"));

	f->builtin = true;
	mk->g->suffixes = f;
	if (mk->o->no_rules) {
		var_set_simple(mk, mk->globals, S("SUFFIXES"), S(""), ORIGIN_DEFAULT);
		return;
	}
	file_add_deps(f, deps_enter(mk, deps_split(mk, S(SUFFIXES)), NULL), false);
	for (struct dep *d = f->deps; d; d = d->next)
		d->file->builtin = true;
	var_set_simple(mk, mk->globals, S("SUFFIXES"), S(SUFFIXES), ORIGIN_DEFAULT);
}

void builtin_suffixes(struct make *mk)
{
	set_suffixes(mk);
	if (mk->o->no_rules)
		return;
	for (size_t i = 0; i < sizeof(suffix_rules) / sizeof(suffix_rules[0]); i++) {
		struct file *f = file_enter(mk, str_z(suffix_rules[i][0]));

		/* No target: a makefile may give it a recipe without a warning. */
		f->cmds = builtin_recipe(mk, suffix_rules[i][1]);
		f->builtin = true;
	}
}

void builtin_patterns(struct make *mk)
{
	if (mk->o->no_rules)
		return;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		struct pattern_rule *r = arena_make(mk->mem, struct pattern_rule);
		struct str target = str_z(patterns[i].target);

		r->n = 1;
		r->targets = arena_make(mk->mem, struct pattern_target);
		r->targets[0] =
		    (struct pattern_target){target, (size_t)str_chr(target, '%'), false};
		r->deps = deps_split(mk, str_z(patterns[i].prereqs));
		r->cmds = builtin_recipe(mk, patterns[i].recipe);
		r->terminal = patterns[i].terminal;
		pattern_add(mk, r, false);
	}
}

void builtin_variables(struct make *mk)
{
	if (mk->o->no_variables)
		return;
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		var_set_recursive(mk, mk->globals, str_z(variables[i][0]), str_z(variables[i][1]),
				  ORIGIN_DEFAULT);
}

void builtin_variables_drop(struct make *mk)
{
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		var_undefine(mk, mk->globals, str_z(variables[i][0]), ORIGIN_DEFAULT);
}
