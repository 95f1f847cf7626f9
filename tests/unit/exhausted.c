/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that runs out at the Nth request to the system, for each N of a whole evaluation: always
 * make's message and exit status 2, no half-written file. The linker puts the __wrap_ functions
 * between.
 */
#include "make/make.h"

#include "check.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static const char makefile[] =
    "words := $(shell many)\n"
    "define rule\n"
    "$(1): $(2) | order\n"
    "\t@+echo $$@ $$^ $(words)\n"
    "endef\n"
    "list := $(foreach i,0 1,$(foreach j,0 1 2 3,file-$i$j))\n"
    "big := $(foreach i,$(list),$(list) $(words) $(words) $(words) $(words))\n"
    "all: $(list) lib(m n) chain.c | other\n"
    "$(foreach f,$(list),$(eval $(call rule,$f,$(f:file-%=from-%))))\n"
    "$(list:file-%=from-%): from-%: ; @echo $(words $(big)) $*\n"
    "all: own = $(patsubst %,<%>,$(big))\n"
    "%.c: %.b ; copy $(own)\n"
    "%.b: %.a ; copy $< $@\n"
    "chain.a order other: ;\n"
    "lib(m) lib(n):: ;\n"
    "file-%: pattern += $(list)\n"
    "export own\n"
    ".SECONDEXPANSION:\n"
    "all: $$(filter %1,$(list)) $(wildcard *)\n"
    "ifneq ($(words $(filter-out %3,$(list))),6)\n"
    "$(error wrong)\n"
    "endif\n"
    "$(file >written,$(big))\n"
    "-include missing\n"
    "vpath %.x one:two\n"
    "sorted := $(sort $(big))\n"
    "override undefine words\n"
    "$(info $(or $(origin all),$(flavor big)) $(words $(abspath $(list))) $(realpath . nowhere))\n";

/* Requests still to come before one fails; 0: none fails any more. */
static size_t left;
static bool for_good;	/* all further ones fail too */

static bool fails(void)
{
	if (left == 0)
		return false;
	if (left > 1)
		return --left, false;
	left = for_good;
	return true;
}

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__real_mmap(void *at, size_t n, int protection, int flags, int fd, off_t from);
void *__real_mremap(void *p, size_t old, size_t n, int flags);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
void *__wrap_mmap(void *at, size_t n, int protection, int flags, int fd, off_t from);
void *__wrap_mremap(void *p, size_t old, size_t n, int flags, ...);

void *__wrap_malloc(size_t n)
{
	return fails() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
	return fails() ? NULL : __real_realloc(p, n);
}

void *__wrap_mmap(void *at, size_t n, int protection, int flags, int fd, off_t from)
{
	return fails() ? MAP_FAILED : __real_mmap(at, n, protection, flags, fd, from);
}

void *__wrap_mremap(void *p, size_t old, size_t n, int flags, ...)
{
	return fails() ? MAP_FAILED : __real_mremap(p, old, n, flags);
}

static int says_much(void *ctx, struct make *make, struct arena *mem, struct str shell,
		     struct str shell_flags, struct str text, struct env env, struct str cwd,
		     int err, struct str *out)
{
	struct buf b = buf_new(mem);

	(void)ctx, (void)make, (void)shell, (void)shell_flags, (void)text, (void)env, (void)cwd,
	    (void)err;
	for (int i = 0; i < 100; i++)
		buf_fmt(&b, "word-%d\n", i);
	*out = buf_view(&b);
	return 0;
}

static void *begins(void *ctx, const struct make_recipe *r)
{
	(void)r;
	return ctx;
}

static int succeeds(void *ctx, void *recipe, const struct make_line *line)
{
	(void)ctx, (void)recipe, (void)line;
	return 0;
}

static int ends(void *ctx, void *recipe, int status)
{
	(void)ctx, (void)recipe;
	return status;
}

/* One evaluation; does not return. */
static void evaluate(const char *dir)
{
	static const struct make_host host = {.recipe_begin = begins, .recipe_line = succeeds,
					      .recipe_end = ends, .shell = says_much};
	struct str args[] = {S("-kj2"), S("--warn-undefined-variables")};
	struct make_setup setup = {.program = S("make"),
				   .make_command = S("make"),
				   .cwd = str_z(dir),
				   .host = &host,
				   .args = {args, 2}};

	exit(make_run(&setup));
}

/* Let request N fail. True: there are not so many. */
static bool failing(const char *dir, size_t n, bool forever)
{
	/* on standard output, as GNU make */
	static const char message[] = "make: *** virtual memory exhausted";
	int out = memfd_create("out", 0), status;
	static char said[1 << 18];
	ssize_t size;
	pid_t pid = fork();

	CHECK(pid >= 0 && out >= 0);
	if (pid == 0) {
		dup2(out, 1);
		dup2(out, 2);
		left = n;
		for_good = forever;
		evaluate(dir);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	size = pread(out, said, sizeof(said) - 1, 0);
	close(out);
	CHECK(size >= 0);
	said[size] = '\0';
	if (!WIFEXITED(status) || WEXITSTATUS(status) == 1 || WEXITSTATUS(status) > 2)
		fprintf(stderr, "request %zu: status %d: %s\n", n, status, said);
	CHECK(WIFEXITED(status));
	if (WEXITSTATUS(status) == 0)
		return true;
	CHECK(WEXITSTATUS(status) == 2);
	if (!strstr(said, message + 4))
		fprintf(stderr, "request %zu: %s\n", n, said);
	CHECK(strstr(said, message + 4));
	return false;
}

int main(void)
{
	char dir[] = "/tmp/make-exhausted.XXXXXX";
	size_t n = 1;
	FILE *f;

	CHECK(mkdtemp(dir) && chdir(dir) == 0);
	f = fopen("Makefile", "w");
	CHECK(f && fputs(makefile, f) >= 0 && fclose(f) == 0);
	CHECK(failing(dir, 0, false)); /* so it goes when there is enough */
	while (!failing(dir, n, n % 2))
		n++;
	CHECK(n > 50);
	printf("%zu requests\n", n);
	unlink("Makefile");
	unlink("written");
	CHECK(rmdir(dir) == 0);
	return 0;
}
