/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The reader of device tree source. `test-dts FILE [FOLDER...]` prints what it found, as
 * tests/dts/facts.py does from dtc's binary; without arguments: places, errors, what is missing,
 * where a tree has its sources, and sources that want to go on for ever.
 */
#include "base/path.h"
#include "image/dts.h"

#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* --- as text --- */

static void put_strings(const struct strs *v)
{
	for (size_t i = 0; i < v->n; i++)
		printf(" %.*s", STR_ARG(v->p[i]));
	printf("\n");
}

static void put_partition(const struct dts *d, const struct dts_partition *p)
{
	struct str path = d->flashes.p[p->flash].path;

	printf("P %.*s %.*s ", STR_ARG(path), STR_ARG(p->label));
	if (p->known)
		printf("0x%llx 0x%llx", (unsigned long long)p->offset, (unsigned long long)p->size);
	else
		printf("?");
	printf(" %s %td", p->read_only ? "ro" : "rw", p->parent);
	put_strings(&p->compatible);
}

static int print(int argc, char **argv)
{
	struct dts_cache *c = dts_cache_new(S("."));
	struct arena *mem = arena_new();
	struct strs includes = {0};
	struct dts d;
	bool ok;

	for (int i = 2; i < argc; i++)
		*vec_push(mem, &includes) = str_z(argv[i]);
	ok = dts_read(c, mem, str_z(argv[1]), &includes, &d);
	dts_cache_free(c); /* what was read doesn't need it */
	fprintf(stderr, "%.*s", STR_ARG(d.said));
	printf("C");
	put_strings(&d.compatible);
	printf("M %.*s\nB %.*s\n", STR_ARG(d.model), STR_ARG(d.bootargs));
	for (size_t i = 0; i < d.aliases.n; i++)
		printf("A %.*s %.*s\n", STR_ARG(d.aliases.p[i].name), STR_ARG(d.aliases.p[i].path));
	for (size_t i = 0; i < d.partitions.n; i++)
		put_partition(&d, &d.partitions.p[i]);
	for (size_t i = 0; i < d.compatibles.n; i++)
		printf("c %.*s%s\n", STR_ARG(d.compatibles.p[i].name),
		       d.compatibles.p[i].enabled ? "" : " off");
	arena_free(mem);
	return ok ? 0 : 1;
}

/* --- files of the test's own --- */

struct test {
	struct arena *mem;
	char root[256];
};

static struct str at(struct test *t, const char *name)
{
	return str_fmt(t->mem, "%s/%s", t->root, name);
}

/* Write NAME, and the folders that it is in. */
static void put_bytes(struct test *t, const char *name, const void *p, size_t n)
{
	char *path = str_cz(t->mem, at(t, name));
	int fd;

	for (char *slash = path + strlen(t->root) + 1; (slash = strchr(slash, '/'));
	     *slash++ = '/') {
		*slash = '\0';
		CHECK(mkdir(path, 0777) == 0 || errno == EEXIST);
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	CHECK(fd >= 0 && write(fd, p, n) == (ssize_t)n);
	close(fd);
}

static void put(struct test *t, const char *name, const char *text)
{
	put_bytes(t, name, text, strlen(text));
}

/* Read NAME of the tree, with its folder "include", by a cache of its own. */
static struct dts read_it(struct test *t, const char *name)
{
	struct dts_cache *c = dts_cache_new(str_z(t->root));
	struct strs includes = {0};
	struct dts d;
	bool ok;

	*vec_push(t->mem, &includes) = at(t, "include");
	ok = dts_read(c, t->mem, at(t, name), &includes, &d);
	CHECK(ok == (d.said.n == 0));
	dts_cache_free(c);
	return d;
}

#define HEAD "/dts-v1/;\n"

static struct dts read_text(struct test *t, const char *text)
{
	put(t, "a.dts", text);
	return read_it(t, "a.dts");
}

/* D's first error is "NAME:WHERE", a line and a text. */
static void says(struct test *t, const struct dts *d, const char *name, const char *where)
{
	struct str want = str_fmt(t->mem, "%s/%s:%s", t->root, name, where);

	if (str_starts(d->said, want) && str_ends(d->said, S("\n")))
		return;
	fprintf(stderr, "not said: %.*s\nbut: %.*s", STR_ARG(want), STR_ARG(d->said));
	exit(1);
}

/* --- places --- */

static void test_places(struct test *t)
{
	struct dts d;
	const struct dts_partition *p;

	put(t, "soc.dtsi",
	    "/ {\n\tcompatible = \"soc\";\n\tflash {\n\t\tparts: partitions {\n\t\t\tcompatible "
	    "=\n\t\t\t\t\"fixed-partitions\";\n"
	    "\t\t\tpartition@0 {\n\t\t\t\treg = <0 1>;\n\t\t\t};\n\t\t};\n\t};\n};\n");
	d = read_text(
	    t, HEAD
	    "#include \"soc.dtsi\"\n/ {\n\tmodel = \"M\";\n\tcompatible = \"board\", \"soc\";\n};\n"
	    "#define PART(n, r) partition@n { \\\n\tlabel = #n; \\\n\treg = r; }\n"
	    "&parts {\n\tpartition@0 {\n\t\treg = <0 2>;\n\t};\n\n\tPART(4, <4 \\\n 1>);\n};\n");
	CHECK(d.said.n == 0 && d.missing.n == 0 && !d.partial);
	CHECK(str_eq(d.compatible_at.file, at(t, "a.dts")) && d.compatible_at.line == 5);
	CHECK(d.model_at.line == 4 && d.flashes.n == 1 && d.partitions.n == 2);
	CHECK(str_eq(d.flashes.p[0].at.file, at(t, "soc.dtsi")) && d.flashes.p[0].at.line == 4);
	CHECK(str_is(d.flashes.p[0].path, "/flash") && d.flashes.p[0].enabled);
	CHECK(str_is(d.flashes.p[0].parser.p[0], "fixed-partitions"));
	p = &d.partitions.p[0];
	CHECK(str_eq(p->at.file, at(t, "soc.dtsi")) && p->at.line == 7);
	CHECK(str_eq(p->reg_at.file, at(t, "a.dts")) && p->reg_at.line == 12 && p->size == 2);
	p = dts_partition(&d, S("4"));
	CHECK(p == &d.partitions.p[1] && p->at.line == 15 && p->offset == 4 &&
	      str_is(p->node, "partition@4"));
	CHECK(!dts_partition(&d, S("5")) && dts_has_compatible(&d, S("board"), true) &&
	      !dts_has_compatible(&d, S("x"), false));
}

/* --- what is missing --- */

static void test_missing(struct test *t)
{
	struct dts d = read_text(
	    t, "#include <dt-bindings/gpio.h>\n#include \"gone.dtsi\"\n/include/ "
	       "\"gone.dtsi\"\nWHOLE_NODES(1, (2))\nMORE;\n"
	       "/ {\n\tcompatible = \"a\", BOARD;\n\tmodel = \"M\";\n"
	       "\tgpios = <&gpio 1 GPIO_LOW FLAG(1, 2)>, FOO, <(A | 1)>;\n\tSTATEMENT;\n\tTHINGS\n"
	       "\taliases { led-boot = &led; };\n\tMACRO(x) { };\n};\n"
	       "&spi0 {\n\tstatus = \"disabled\";\n\tflash@0 {\n\t\tpartitions {\n\t\t\tcompatible "
	       "= \"fixed-partitions\";\n"
	       "\t\t\tPARTITION\n\t\t\tpartition@0 { label = \"a\"; reg = <0 SIZE>; };\n"
	       "\t\t\tpartition@1 { label = \"b\"; reg = <1 (1 << 4)>; };\n"
	       "\t\t\tpartition@2 { label = \"c\"; reg = <2 (1 << SHIFT)>; };\n\t\t};\n\t};\n};\n"
	       "&spi0 { more; };\n/delete-node/ &nobody;\n&{/no/where} { x; };\n");

	CHECK(d.said.n == 0 && d.missing.n == 2 && d.partial);
	CHECK(str_is(d.missing.p[0], "dt-bindings/gpio.h") && str_is(d.missing.p[1], "gone.dtsi"));
	CHECK(d.compatible.n == 1 && str_is(d.compatible.p[0], "a") && str_is(d.model, "M"));
	CHECK(str_is(dts_alias(&d, S("led-boot")), "&led") && !dts_alias(&d, S("other")).p);
	CHECK(d.flashes.n == 1 && str_is(d.flashes.p[0].path, "&spi0/flash@0") &&
	      !d.flashes.p[0].enabled);
	CHECK(d.partitions.n == 3 && !d.partitions.p[0].known && d.partitions.p[1].known &&
	      !d.partitions.p[2].known);
	CHECK(d.partitions.p[1].offset == 1 && d.partitions.p[1].size == 16);

	/* a header can define macros, but no label */
	d = read_text(t, HEAD "#include <gone.h>\n/ { x = <A>; };\n&label { };\n");
	CHECK(d.missing.n == 1 && !d.partial);
	says(t, &d, "a.dts", "4: label or path \"label\" not found");

	/* an overlay adds to what it doesn't know */
	d = read_text(t, HEAD "/plugin/;\n&label { partitions { compatible = \"fixed-partitions\"; "
			      "a@1 { reg = <1 2>; }; }; };\n");
	CHECK(d.said.n == 0 && d.overlay && d.partitions.n == 1 &&
	      str_is(d.flashes.p[0].path, "&label"));
}

/* --- errors --- */

static void test_errors(struct test *t)
{
	static const struct {
		const char *text, *where;
	} cases[] = {
	    {"/ { };\n", "1: no /dts-v1/"},
	    {HEAD "/ {\n a = <1>\n b;\n};\n", "4: \"b\" where ; is expected"},
	    {HEAD "/ {\n\n  a {\n };\n", "2: the node that begins here has no }"},
	    {HEAD "/ { }\n/ { };\n", "3: \"/\" where ; after } is expected"},
	    {HEAD "/ {\n a = <FOO>;\n};\n", "3: \"FOO\": no macro of that name"},
	    {HEAD "/ {\n a = <(1 +\n FOO)>;\n};\n",
	     "3: expression \"(1 + FOO)\": a name that nothing defines"},
	    {HEAD "/ {\n a = <(1 / 0)>;\n};\n", "3: expression \"(1 / 0)\": division by zero"},
	    {HEAD "/ {\n a = <(1 + (2)>;\n};\n", "3: \";\" where ) is expected"},
	    {HEAD "/ {\n a = <0x1ffffffff>;\n};\n", "3: a value of more than 32 bits"},
	    {HEAD "/ {\n a = <09>;\n};\n", "3: \"09\" where a number is expected"},
	    {HEAD "/ {\n a = /bits/ 12 <1>;\n};\n",
	     "3: \"<\" where /bits/ 8, 16, 32 or 64 is expected"},
	    {HEAD "/ {\n a = [0 1];\n};\n", "3: \"0\" where bytes"},
	    {HEAD "/ {\n a = ;\n};\n", "3: \";\" where a value is expected"},
	    {HEAD "/ {\n a = \"x\n};\n", "3: unterminated string"},
	    {HEAD "/ {\n /* x\n};\n", "3: unterminated comment"},
	    {HEAD "/ {\n a { };\n b;\n};\n", "4: property \"b\" behind a node"},
	    {HEAD "/ {\n /delete-node/ a;\n b;\n};\n", "4: property \"b\" behind a node"},
	    {HEAD "/ {\n a { };\n /delete-property/ b;\n};\n",
	     "4: /delete-property/ behind a node"},
	    {HEAD "/ { a; b { }; };\n" HEAD, "3: /dts-v1/ behind a node"},
	    {HEAD "/ {\n aliases {\n a = &b; };\n};\n",
	     "4: alias \"a\": label or path \"b\" not found"},
	    {HEAD "#define F(a b) a\n", "2: bad list of macro parameters"},
	    {HEAD "&none {\n};\n", "2: label or path \"none\" not found"},
	    {HEAD "\n/delete-node/ &none;\n", "3: label or path \"none\" not found"},
	    {HEAD "/ {\n 1a: b { };\n};\n", "3: \"1a\" is no label"},
	    {HEAD "#if 1\n/ { };\n", "2: unterminated condition"},
	    {HEAD "/ { };\n#endif\n", "3: #elif, #else or #endif without #if"},
	    {HEAD "#if 1\n#else\n#else\n#endif\n", "4: #elif or #else after #else"},
	    {HEAD "#if 1 +\n#endif\n", "2: condition: value missing"},
	    {HEAD "#if 0\n#elif 1 / 0\n#endif\n", "3: condition: division by zero"},
	    {HEAD "#error stop here\n", "2: #error stop here"},
	    {HEAD "#define\n", "2: no macro name"},
	    {HEAD "#define 1\n", "2: macro names must be identifiers"},
	    {HEAD "#define F(a\n", "2: bad list of macro parameters"},
	    {HEAD "#define A ## b\n", "2: '##' cannot appear"},
	    {HEAD "#define F(a, b) a\n/ { x = <F(1)>; };\n",
	     "3: macro \"F\" takes 2 arguments, not 1"},
	    {HEAD "#define F(a) a\n/ {\n x = <F(1>;\n};\n",
	     "4: unterminated argument list of macro \"F\""},
	    {HEAD "#include\n", "2: #include expects"},
	    {HEAD "/include/ x\n", "2: /include/ expects"},
	    {HEAD "/ {\n $ };\n", "3: \"$\" where a property, a node or } is expected"},
	    {HEAD "/ {\n \x01 };\n", "3: byte 0x01 where"},
	};
	struct dts d;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		d = read_text(t, cases[i].text);
		says(t, &d, "a.dts", cases[i].where);
	}
	put_bytes(t, "a.dts", HEAD "/ {\n \0 };\n", sizeof(HEAD "/ {\n \0 };\n") - 1);
	d = read_it(t, "a.dts");
	says(t, &d, "a.dts", "3: byte 0x00 where");

	/* several that are no errors of syntax, and the way to them */
	put(t, "inner.dtsi", "&a { };\n&b { };\n");
	d = read_text(t, HEAD "#include \"inner.dtsi\"\n&c { };\n");
	says(t, &d, "inner.dtsi", "1: label or path \"a\" not found\n  in include ");
	CHECK(str_find(d.said, str_fmt(t->mem, "inner.dtsi (%s/a.dts:2)\n", t->root)) > 0);
	CHECK(str_find(d.said, S("a.dts:3: label or path \"c\" not found\n")) > 0);

	d = read_it(t, "none.dts");
	says(t, &d, "none.dts", " ");
}

/* --- files that are not to be read --- */

static void refuses(struct test *t, const char *text, const char *why)
{
	struct dts d = read_text(t, text);

	says(t, &d, "a.dts", "2: ");
	if (str_find(d.said, str_z(why)) >= 0)
		return;
	fprintf(stderr, "not said: %s\nbut: %.*s", why, STR_ARG(d.said));
	exit(1);
}

static void test_files(struct test *t)
{
	char outside[300], *big = calloc(1, 3 << 20);

	snprintf(outside, sizeof(outside), "%s-outside", t->root);
	CHECK(mkdir(outside, 0777) == 0);
	snprintf(outside, sizeof(outside), "%s-outside/secret", t->root);
	close(open(outside, O_WRONLY | O_CREAT, 0666));
	CHECK(symlink(outside, str_cz(t->mem, at(t, "link.dtsi"))) == 0);
	CHECK(symlink("loop.dtsi", str_cz(t->mem, at(t, "loop.dtsi"))) == 0);
	CHECK(mkfifo(str_cz(t->mem, at(t, "fifo.dtsi")), 0666) == 0);
	put(t, "folder/x", "");
	memset(big, ' ', 3 << 20);
	put_bytes(t, "big.dtsi", big, 3 << 20);
	free(big);
	refuses(t, HEAD "#include \"folder\"\n", "folder: is a folder\n");
	refuses(t, HEAD "#include \"fifo.dtsi\"\n", "fifo.dtsi: is no regular file\n");
	refuses(t, HEAD "#include \"/dev/zero\"\n", "/dev/zero: is no regular file\n");
	refuses(t, HEAD "#include \"big.dtsi\"\n", "big.dtsi: is too large");
	refuses(t, HEAD "#include \"loop.dtsi\"\n",
		"loop.dtsi: Too many levels of symbolic links\n");
	refuses(t, HEAD "#include \"link.dtsi\"\n", "link.dtsi: is outside of the tree");
	refuses(t, HEAD "#include \"/etc/passwd\"\n", "/etc/passwd: is outside of the tree");
	refuses(t, HEAD "/include/ \"../../../../../../../../../etc/passwd\"\n",
		"/etc/passwd: is outside of the tree");
	CHECK(
	    read_text(t, HEAD "#include \"/no/such/file\"\n#include \"folder/x/y\"\n").missing.n ==
	    2);
	unlink(outside);
}

/* --- sources that want to go on for ever --- */

static void ends(struct test *t, struct buf *text, const char *what)
{
	struct timespec from, to;
	struct dts d;
	double seconds;

	put_bytes(t, "a.dts", text->p, text->n);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	d = read_it(t, "a.dts");
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	if (str_find(d.said, str_z(what)) >= 0 && seconds < 20)
		return;
	fprintf(stderr, "in %.1f s not said: %s\nbut: %.*s", seconds, what,
		(int)(d.said.n < 200 ? d.said.n : 200), d.said.p);
	exit(1);
}

/* TEXT N times, %d being the number. */
static void repeat(struct buf *b, const char *text, int n)
{
	for (int i = 0; i < n; i++)
		for (const char *p = text; *p; p++) {
			if (*p == '%')
				buf_fmt(b, "%d", i);
			else
				buf_char(b, *p);
		}
}

static struct buf text_of(struct test *t, const char *before, const char *text, int n,
			  const char *after)
{
	struct buf b = buf_new(t->mem);

	buf_z(&b, before);
	repeat(&b, text, n);
	buf_z(&b, after);
	return b;
}

static void test_endless(struct test *t)
{
	struct buf b;

	b = text_of(t, HEAD, "#include \"a.dts\"\n", 2, "");
	ends(t, &b, "includes nested too deep");
	/* each file includes the next twice */
	for (int i = 0; i < 40; i++) {
		b = buf_new(t->mem);
		for (int k = 0; k < 2; k++)
			buf_fmt(&b, "#include \"twice%d.dtsi\"\n", i + 1);
		put_bytes(t, str_cz(t->mem, str_fmt(t->mem, "twice%d.dtsi", i)), b.p, b.n);
	}
	b = text_of(t, HEAD "#include \"twice0.dtsi\"\n", "", 0, "");
	ends(t, &b, "too much to read");
	/* each macro is the next one twice: as it is, and as an argument */
	b = text_of(t, HEAD "#define M40 1\n", "", 0, "");
	for (int i = 39; i >= 0; i--)
		buf_fmt(&b, "#define M%d M%d M%d\n", i, i + 1, i + 1);
	buf_z(&b, "/ { a = <M0>; };\n");
	ends(t, &b, "too much to read");
	b = text_of(t, HEAD "#define D(x) x x\n/ { a = <", "D(", 60, "1");
	repeat(&b, ")", 60);
	buf_z(&b, ">; };\n");
	ends(t, &b, "macros expand to too much");
	b = text_of(t, HEAD "#define P(x) x ## x\n#define Q(x) P(x)\n/ { a = ", "Q(", 60, "b");
	repeat(&b, ")", 60);
	buf_z(&b, "; };\n");
	ends(t, &b, "macros expand to too much");
	b = text_of(t, HEAD "#define F(x) x\n/ { a = <", "F(", 300, "1");
	repeat(&b, ")", 300);
	buf_z(&b, ">; };\n");
	ends(t, &b, "macro calls nested too deep");
	b = text_of(t, HEAD "/ {\n", "n {\n", 100000, "");
	ends(t, &b, "a.dts:102: nodes nested too deep");
	b = text_of(t, HEAD "/ { a = <", "(", 500000, "1");
	repeat(&b, ")", 500000);
	buf_z(&b, ">; };\n");
	ends(t, &b, "expression nested too deep");
	b = text_of(t, HEAD "#if ", "!", 500000, "1\n#endif\n");
	ends(t, &b, "expression nested too deep");
	b = text_of(t, HEAD "/ { a = <(", "1?", 500000, "1)>; };\n");
	ends(t, &b, "expression nested too deep");
	b = text_of(t, HEAD "/ {\n", "n% { };\n", 100000, "};\n");
	ends(t, &b, "more than 20000 nodes");
	b = text_of(t, HEAD "/ { aliases {\n", "a% = \"x\";\n", 100000, "}; };\n");
	ends(t, &b, "more than 20000 nodes and properties");
	b = text_of(t, HEAD, "#include \"gone%.dtsi\"\n", 60000, "");
	ends(t, &b, "too much to read");
	/* a string of a megabyte, many times; a name of as much */
	b = text_of(t, HEAD "#define A \"", "aaaaaaaaaaaaaaaa", 60000, "\"\n/ { compatible = A");
	repeat(&b, ", A", 20000);
	buf_z(&b, "; };\n");
	ends(t, &b, "macros expand to too much");
	b = text_of(t, HEAD "/ { ", "aaaaaaaaaaaaaaaa", 60000, " { }; };\n");
	ends(t, &b, "a node's name has more than 255 characters");
	b = text_of(t, HEAD "#include \"", "aaaaaaaaaaaaaaaa", 60000, "\"\n");
	ends(t, &b, "the name of an included file has more than");
	/* quotes that nothing closes */
	b = text_of(t, HEAD "/ { a = ", "\"\\", 500000, "");
	ends(t, &b, "a.dts:2: ");
	b = text_of(t, HEAD "/ { a = ", "'\\", 500000, "");
	ends(t, &b, "a.dts:2: ");
	b = text_of(t, HEAD "/ { a = <", "&{", 500000, "");
	ends(t, &b, "a.dts:2: ");
	b = text_of(t, HEAD "#define x y\n/ { ", "x-", 500000, " { }; };\n");
	ends(t, &b, "a node's name has more than");
	b = text_of(t, HEAD "/plugin/;\n",
		    "&l% { partitions { compatible = \"fixed-partitions\"; }; };\n", 600, "");
	ends(t, &b, "more than 500 tables of partitions");
}

/* --- one cache for many --- */

static void test_cache(struct test *t)
{
	struct dts_cache *c = dts_cache_new(str_z(t->root));
	struct dts d;

	put(t, "common.dtsi",
	    "#ifdef BIG\n#define SIZE 2\n#else\n#define SIZE 1\n#endif\n/ { compatible = "
	    "\"common\"; l: flash { partition@0 { reg = <0 SIZE>; }; }; };\n");
	put(t, "one.dts",
	    HEAD
	    "#define BIG\n#include \"common.dtsi\"\n&l { partition@0 { label = \"one\"; }; };\n");
	put(t, "two.dts", HEAD "#include \"common.dtsi\"\n");
	put(t, "bad.dts",
	    HEAD "#define F(x) x\n#define SIZE F(F(\n#include \"common.dtsi\"\n / { x = <SIZE>;");
	for (int i = 0; i < 3; i++) {
		CHECK(dts_read(c, t->mem, at(t, "one.dts"), NULL, &d));
		CHECK(d.partitions.n == 1 && d.partitions.p[0].size == 2 &&
		      str_is(d.partitions.p[0].label, "one"));
		CHECK(!dts_read(c, t->mem, at(t, "bad.dts"), NULL, &d));
		CHECK(dts_read(c, t->mem, at(t, "two.dts"), NULL, &d));
		CHECK(d.partitions.n == 1 && d.partitions.p[0].size == 1 &&
		      str_is(d.partitions.p[0].label, "partition"));
		/* a label of the reading before is none */
		put(t, str_cz(t->mem, str_fmt(t->mem, "label%d.dts", i)), HEAD "&l { };\n");
		CHECK(!dts_read(c, t->mem, at(t, str_cz(t->mem, str_fmt(t->mem, "label%d.dts", i))),
				NULL, &d));
	}
	dts_cache_free(c);
}

/* --- dts_find --- */

static void finds(struct test *t, struct dts_cache *c, const char *name, const char *dir,
		  const char *want)
{
	struct strs dirs = {0};
	struct dts_source s;

	if (dir)
		*vec_push(t->mem, &dirs) = str_z(dir);
	dts_find(c, t->mem, S("board"), str_z(name), &dirs, &s);
	if (want ? str_eq(s.path, at(t, want)) : s.path.p == NULL)
		return;
	fprintf(stderr, "%s in %s: not %s but %.*s\n", name, dir ? dir : "-", want ? want : "-",
		STR_ARG(s.path));
	exit(1);
}

static void test_find(struct test *t)
{
	struct dts_cache *c = dts_cache_new(str_z(t->root));
	struct dts_source s;
	struct dts d;

	put(t, "target/linux/board/Makefile", "BOARD:=board\nKERNEL_PATCHVER:=6.12\n");
	put(t, "target/linux/board/image/Makefile", "");
	put(t, "../outside.dts", "");
	put(t, "target/linux/board/dts-6.6/versioned.dts", "");
	put(t, "target/linux/board/dts-6.12/versioned.dts", "");
	put(t, "target/linux/board/files-6.12/arch/arm/boot/dts/vendor/versions.dts", "");
	put(t, "target/linux/board/files-6.6/arch/arm/boot/dts/newest.dts", "");
	put(t, "target/linux/board/files-6.10/arch/arm/boot/dts/newest.dts", "");
	put(t, "target/linux/board/dts/own.dts",
	    HEAD "#include \"vendor.dtsi\"\n#include <dt-bindings/x.h>\n/ { compatible = X; };\n");
	put(t, "target/linux/board/dts/sub/in-sub.dts", "");
	put(t, "target/linux/board/dts/both.dts", "");
	put(t, "target/linux/board/files/arch/arm/boot/dts/vendor/vendor.dtsi", "");
	put(t, "target/linux/board/files/arch/arm/boot/dts/vendor/both.dts", "");
	put(t, "target/linux/board/files/arch/arm/boot/dts/vendor/versions.dts", "");
	put(t, "target/linux/board/files-6.6/arch/arm/boot/dts/vendor/versions.dts", "");
	put(t, "target/linux/board/files-6.12/arch/arm/boot/dts/flat.dts", "");
	put(t, "target/linux/board/files-6.12/arch/arm/boot/dts/overlay.dtso", "");
	put(t, "target/linux/generic/files/include/dt-bindings/x.h", "#define X \"found\"\n");
	finds(t, c, "own", NULL, "target/linux/board/dts/own.dts");
	finds(t, c, "own", "../dts", "target/linux/board/dts/own.dts");
	finds(t, c, "sub/in-sub", "../dts", "target/linux/board/dts/sub/in-sub.dts");
	finds(t, c, "both", NULL, "target/linux/board/dts/both.dts");
	finds(t, c, "both", "/b/linux-6.12.1/arch/arm/boot/dts/vendor",
	      "target/linux/board/files/arch/arm/boot/dts/vendor/both.dts");
	finds(t, c, "vendor/both", "/b/linux-6.12.1/arch/arm/boot/dts",
	      "target/linux/board/files/arch/arm/boot/dts/vendor/both.dts");
	finds(t, c, "versions", "/b/linux-6.6.99/arch/arm/boot/dts/vendor",
	      "target/linux/board/files-6.6/arch/arm/boot/dts/vendor/versions.dts");
	finds(t, c, "versions", "/b/linux-6.12/arch/arm/boot/dts/vendor",
	      "target/linux/board/files-6.12/arch/arm/boot/dts/vendor/versions.dts");
	finds(t, c, "versions", "/b/linux-5.4/arch/arm/boot/dts/vendor",
	      "target/linux/board/files/arch/arm/boot/dts/vendor/versions.dts");
	finds(t, c, "flat", "/b/linux-6.12/arch/arm/boot/dts",
	      "target/linux/board/files-6.12/arch/arm/boot/dts/flat.dts");
	finds(t, c, "overlay", NULL,
	      "target/linux/board/files-6.12/arch/arm/boot/dts/overlay.dtso");
	finds(t, c, "none", "../dts", NULL);
	finds(t, c, "versions", NULL,
	      "target/linux/board/files-6.12/arch/arm/boot/dts/vendor/versions.dts");
	finds(t, c, "versions", "/arch/mips/boot/dts",
	      "target/linux/board/files-6.12/arch/arm/boot/dts/vendor/versions.dts");
	finds(t, c, "newest", NULL, "target/linux/board/files-6.10/arch/arm/boot/dts/newest.dts");
	finds(t, c, "versioned", "../dts-", "target/linux/board/dts-6.12/versioned.dts");
	finds(t, c, "outside", "../../../../..", NULL);
	finds(t, c, "../../../../../outside", "../dts", NULL);
	finds(t, c, "outside", str_cz(t->mem, path_dir(str_z(t->root))), NULL);
	finds(t, c, "", "../dts", NULL);
	finds(t, c, "../dts/own", "../dts", "target/linux/board/dts/own.dts");
	dts_find(c, t->mem, S("board"), S("own"), NULL, &s);
	CHECK(dts_read(c, t->mem, s.path, &s.includes, &d) && d.missing.n == 0 &&
	      str_is(d.compatible.p[0], "found"));
	CHECK(unlink(str_cz(t->mem, at(t, "../outside.dts"))) == 0);
	dts_find(c, t->mem, S("no-such-board"), S("own"), NULL, &s);
	CHECK(!s.path.p);
	dts_cache_free(c);
}

int main(int argc, char **argv)
{
	struct test t = {.mem = arena_new()};
	const char *tmp = getenv("TMPDIR");

	if (argc > 1)
		return print(argc, argv);
	snprintf(t.root, sizeof(t.root), "%s/test-dts.XXXXXX", tmp ? tmp : "/tmp");
	CHECK(mkdtemp(t.root));
	CHECK(chdir(t.root) == 0);
	test_places(&t);
	test_missing(&t);
	test_errors(&t);
	test_files(&t);
	test_cache(&t);
	test_find(&t);
	test_endless(&t);
	arena_free(t.mem);
	return 0;
}
