/* SPDX-License-Identifier: GPL-2.0-only */
/* IMAGE_SIZE, KERNEL_SIZE and the partition that the image goes to. */
#include "audit/internal.h"

/* Is partition I divided further? Then an image may go on behind it (mtd-concat). */
static bool has_parts(const struct dts *dts, size_t i)
{
	for (size_t k = 0; k < dts->partitions.n; k++)
		if (dts->partitions.p[k].parent == (ptrdiff_t)i)
			return true;
	return false;
}

/* The partition called LABEL, when there is just one whose size is known. */
static const struct dts_partition *partition(const struct dts *dts, const char *label)
{
	const struct dts_partition *found = NULL;

	for (size_t i = 0; i < dts->partitions.n; i++) {
		const struct dts_partition *p = &dts->partitions.p[i];

		if (!str_is(p->label, label) || !dts->flashes.p[p->flash].enabled)
			continue;
		/* of size 0: put together of others (mtd-concat) */
		if (found || !p->known || !p->size || has_parts(dts, i))
			return NULL;
		found = p;
	}
	return found;
}

static void check_size(struct audit *a, const struct device_model *d, const char *variable,
		       const char *label)
{
	struct str text = model_expanded(d, str_z(variable));
	const struct setting *s = model_value(a->model, d, str_z(variable));
	uint64_t size = image_bytes(text);
	const struct device_dtses *all;

	if (!s || !size)
		return;
	all = audit_dts(a, d);
	for (size_t i = 0; i < all->n; i++) {
		const struct dts_partition *p =
		    all->p[i].dts ? partition(all->p[i].dts, label) : NULL;
		struct place where;
		struct finding *f;

		if (!p || size == p->size)
			continue;
		where = audit_dts_place(a, p->reg_at);
		if (size > p->size) {
			f = audit_say(a, &s->at, d,
				      "%s is %.*s, but the partition '%s' has %lluk (%.*s:%u): an "
				      "image of that size does not fit",
				      variable, STR_ARG(text), label,
				      (unsigned long long)(p->size >> 10), STR_ARG(where.file),
				      where.line);
		} else if (str_is(p->label, "firmware")) {
			f = audit_say(
			    a, &s->at, d,
			    "%s is %.*s, smaller than the partition '%s' of %lluk (%.*s:%u)",
			    variable, STR_ARG(text), label, (unsigned long long)(p->size >> 10),
			    STR_ARG(where.file), where.line);
			f->severity = SEVERITY_NOTE;
		} else {
			continue;
		}
		audit_rests_dts(a, f, &all->p[i], p->reg_at);
		f->instead =
		    str_fmt(a->mem, "%s := %lluk", variable, (unsigned long long)(p->size >> 10));
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		check_size(a, a->model->devices.p[i], "IMAGE_SIZE", "firmware");
		check_size(a, a->model->devices.p[i], "KERNEL_SIZE", "kernel");
	}
}

const struct rule rule_size_dts = {
    .id = "size-dts",
    .severity = SEVERITY_ERROR,
    .finds = "an IMAGE_SIZE larger than the partition 'firmware' of the device tree source, a "
	     "KERNEL_SIZE larger than 'kernel'; a note "
	     "where IMAGE_SIZE is smaller",
    .why =
	"check-size lets an image pass that does not fit: writing it ends in the next partition, "
	"often the one with the "
	"calibration data, or is cut off. A limit that is too small drops images that would fit.",
    .bad = "# partition@50000 { label = \"firmware\"; reg = <0x50000 0xfa0000>; };\n"
	   "  IMAGE_SIZE := 16064k\n",
    .good = "  IMAGE_SIZE := 16000k\n",
    .check = check,
};
