/* SPDX-License-Identifier: GPL-2.0-only */
/* The board name that a device tree gives is none that the images of the device are for. */
#include <strings.h>

#include "audit/internal.h"

/* Does an image of D carry metadata, which sysupgrade compares with the board's name? */
static bool has_metadata(const struct device_model *d)
{
	for (size_t i = 0; i < d->chains.n; i++) {
		const struct chain *c = &d->chains.p[i];

		for (size_t k = 0; c->kind == CHAIN_IMAGE && k < c->steps.n; k++)
			if (str_is(c->steps.p[k].command, "append-metadata"))
				return true;
	}
	return false;
}

static struct str board_of(struct audit *a)
{
	ptrdiff_t slash = str_chr(a->target->name, '/');

	return str_sub(a->target->name, 0, slash < 0 ? a->target->name.n : (size_t)slash);
}

/*
 * Older trees: a script of the target gives boards names of its own (BOARD_board_detect in
 * base-files/lib/BOARD.sh), which sysupgrade compares. Does it know one of SUPPORTED?
 */
static bool is_named_by_script(struct audit *a, const struct strs *supported)
{
	struct str board = board_of(a);
	const struct strs *lines =
	    audit_lines(a, str_fmt(a->mem, "target/linux/%.*s/base-files/lib/%.*s.sh",
				   STR_ARG(board), STR_ARG(board)));

	for (size_t i = 0; i < lines->n; i++)
		for (size_t k = 0; k < supported->n; k++) {
			struct str name =
			    str_fmt(a->mem, "name=\"%.*s\"", STR_ARG(supported->p[k]));

			if (lines->p[i].n >= name.n &&
			    strncasecmp(str_trim(lines->p[i]).p, name.p, name.n) == 0)
				return true;
		}
	return false;
}

/* Older trees too: a script that runs at boot writes the name, of what /proc/cpuinfo says. */
static bool is_named_at_boot(struct audit *a)
{
	const struct strs *lines =
	    audit_lines(a, str_fmt(a->mem,
				   "target/linux/%.*s/base-files/lib/preinit/03_preinit_board.sh",
				   STR_ARG(board_of(a))));

	for (size_t i = 0; i < lines->n; i++)
		if (str_find(lines->p[i], S("> /tmp/sysinfo/board_name")) >= 0)
			return true;
	return false;
}

static void check_device(struct audit *a, const struct device_model *d)
{
	const struct strs *supported = &a->target->devices.p[d->index].supported;
	const struct setting *s = model_value(a->model, d, S("SUPPORTED_DEVICES"));
	const struct device_dtses *all;

	if (!s || !supported->n || !has_metadata(d))
		return;
	all = audit_dts(a, d);
	for (size_t i = 0; i < all->n; i++) {
		const struct dts *dts = all->p[i].dts;
		const struct make_span *at = !s->initial ? &s->at
					     : d->define ? &d->define->at
							 : &s->at;
		struct place where;
		struct finding *f;

		if (!dts || dts->overlay || !dts->compatible.n ||
		    strs_have(supported, dts->compatible.p[0]) ||
		    is_named_by_script(a, supported) || is_named_at_boot(a))
			continue;
		where = audit_dts_place(a, dts->compatible_at);
		f = audit_say(a, at, d,
			      "SUPPORTED_DEVICES (%.*s) has no '%.*s', the board name that %.*s:%u "
			      "gives: sysupgrade will refuse "
			      "the image",
			      STR_ARG(model_expanded(d, S("SUPPORTED_DEVICES"))),
			      STR_ARG(dts->compatible.p[0]), STR_ARG(where.file), where.line);
		audit_rests_dts(a, f, &all->p[i], dts->compatible_at);
		f->instead = str_fmt(
		    a->mem,
		    "SUPPORTED_DEVICES += %.*s, or the first compatible as the device is called",
		    STR_ARG(dts->compatible.p[0]));
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++)
		check_device(a, a->model->devices.p[i]);
}

const struct rule rule_supported_devices_dts = {
    .id = "supported-devices-dts",
    .severity = SEVERITY_WARNING,
    .finds = "a device whose device tree source gives a board name (the first compatible of the "
	     "root node) that is not in its "
	     "SUPPORTED_DEVICES, though its images carry metadata",
    .why = "On a running board the name comes from the device tree. sysupgrade takes an image only "
	   "when the metadata names "
	   "that board. The default list is the device's name with each '_' made a ',': a vendor "
	   "or board with a '_' of "
	   "its own, or a name that differs, is not in it, and the first upgrade is refused.",
    .bad = "# compatible = \"acme,box-2\"\n"
	   "define Device/acme_box2\n"
	   "  DEVICE_DTS := acme_box-2\n"
	   "endef\n",
    .good = "define Device/acme_box-2\n"
	    "  DEVICE_DTS := acme_box-2\n"
	    "endef\n",
    .check = check,
};
