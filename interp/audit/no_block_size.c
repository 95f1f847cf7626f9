/* SPDX-License-Identifier: GPL-2.0-only */
/* A UBI image of a device whose BLOCKSIZE is empty, or too small for one. */
#include "audit/internal.h"

enum { LEAST = 16384 }; /* NAND blocks have that many bytes or more */

/* NAME as D's recipes see it. */
static struct str at_recipe(const struct audit *a, const struct device_model *d, struct str name)
{
	const struct setting *last = model_last(a->model, name);

	return model_exports(a->model, name) ? model_expanded(d, name)
	       : last			     ? str_trim(last->value)
					     : S("");
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	struct str size = at_recipe(a, d, S("BLOCKSIZE"));
	const struct setting *s = model_value(a->model, d, S("BLOCKSIZE"));
	uint64_t bytes = image_bytes(size);
	struct finding *f;

	if (!strs_have(&c->reads, S("BLOCKSIZE")) || str_find(c->recipe.text, S("ubinize")) < 0)
		return;
	if (!size.n) {
		f = audit_say(a, d->define ? &d->define->at : &s->at, d,
			      "%.*s makes a UBI image, but BLOCKSIZE is empty",
			      STR_ARG(audit_chain_name(c)));
	} else if (bytes && bytes < LEAST && s) {
		f = audit_say_of(a, &s->at, d, c,
				 " makes a UBI image of blocks of %llu bytes (BLOCKSIZE is %.*s)",
				 (unsigned long long)bytes, STR_ARG(size));
	} else {
		return;
	}
	f->instead = S("BLOCKSIZE := 128k, or what the NAND has");
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_no_block_size = {
    .id = "no-block-size",
    .severity = SEVERITY_ERROR,
    .finds =
	"a chain that makes a UBI image for a device whose BLOCKSIZE is empty or less than 16k",
    .why = "ubinize takes the size of a physical erase block from BLOCKSIZE. Without one it takes "
	   "the next option for it, or ends with an error, "
	   "and the build of all devices with it; of a size in another unit it makes an image that "
	   "no NAND takes.",
    .bad = "define Device/a\n"
	   "  IMAGE/factory.bin := append-ubi\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  BLOCKSIZE := 128k\n"
	    "  PAGESIZE := 2048\n"
	    "  IMAGE/factory.bin := append-ubi\n"
	    "endef\n",
    .check = check,
};
