/* SPDX-License-Identifier: GPL-2.0-only */
/* What rules about chains ask: each chain, each step, where a step stands, what it does. */
#include "audit/internal.h"

#include "base/map.h"

void audit_each_chain(struct audit *a, void (*check)(struct audit *a, const struct device_model *d,
						     const struct chain *c))
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->chains.n; k++)
			check(a, d, &d->chains.p[k]);
	}
}

void audit_each_step(struct audit *a,
		     void (*check)(struct audit *a, const struct device_model *d,
				   const struct chain *c, const struct chain_step *s))
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->chains.n; k++)
			for (size_t n = 0; n < d->chains.p[k].steps.n; n++)
				check(a, d, &d->chains.p[k], &d->chains.p[k].steps.p[n]);
	}
}

void audit_each_read(struct audit *a, const struct device_model *d,
		     void (*check)(struct audit *a, const struct device_model *d,
				   const struct chain *c, struct str name, void *ctx),
		     void *ctx)
{
	struct map *seen = map_new(a->mem);

	for (size_t k = 0; k < d->chains.n; k++) {
		const struct chain *c = &d->chains.p[k];

		for (size_t n = 0; n < c->reads.n; n++) {
			void **at = map_at(seen, c->reads.p[n]);

			if (!*at)
				check(a, d, c, c->reads.p[n], ctx);
			*at = a;
		}
	}
}

const struct chain *audit_reader(const struct device_model *d, struct str name)
{
	for (size_t i = 0; i < d->chains.n; i++)
		if (strs_have(&d->chains.p[i].reads, name))
			return &d->chains.p[i];
	return NULL;
}

struct str audit_chain_name(const struct chain *c)
{
	return c->variable;
}

ptrdiff_t audit_step_at(const struct chain *c, const char *command, size_t from)
{
	for (size_t i = from; i < c->steps.n; i++)
		if (str_is(c->steps.p[i].command, command))
			return (ptrdiff_t)i;
	return -1;
}

bool audit_appends_data(struct str command)
{
	return str_is(command, "append-rootfs") || str_is(command, "append-kernel") ||
	       str_is(command, "append-ubi") || str_is(command, "append-squashfs-fakeroot-be");
}
