/* SPDX-License-Identifier: GPL-2.0-only */
/* SUPPORTED_DEVICES as board names: what the default makes of a device's name, and entries that no
 * board has. */
#include "audit/internal.h"

/* "acme,box" of a device called acme_box. */
static struct str by_name(const struct audit *a, const struct device_model *d)
{
	struct buf b = buf_new(a->mem);

	for (size_t i = 0; i < d->id.n; i++)
		buf_char(&b, d->id.p[i] == '_' ? ',' : d->id.p[i]);
	return buf_view(&b);
}

/* What D's SUPPORTED_DEVICES begins as, by Device/Init or, in older trees, Device/Default; empty:
 * the tree has no default. */
static struct str default_of(const struct audit *a, const struct device_model *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct setting *s = audit_setting(a, d, i);

		if (!str_is(s->name, "SUPPORTED_DEVICES") ||
		    (!s->initial && !str_is(setting_block(s), "Device/Default")))
			continue;
		if (s->recursive)
			return by_name(a, d);
		if (str_trim(s->value).n)
			return str_trim(s->value);
	}
	return S("");
}

static size_t count(struct str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

static struct strs names_of(struct audit *a, const struct device_model *d)
{
	return audit_words(a, model_expanded(d, S("SUPPORTED_DEVICES")));
}

static const struct make_span *place_of(const struct device_model *d, const struct setting *s)
{
	return s && !s->initial ? &s->at : &d->define->at;
}

/* "a_b_c" has become "a,b,c". */
static void check_commas(struct audit *a, const struct device_model *d, const struct strs *names,
			 struct str own)
{
	struct finding *f;

	if (count(own, ',') < 2 || !strs_have(names, own))
		return;
	f = audit_say(
	    a, &d->define->at, d,
	    "the name has more than one '_', and SUPPORTED_DEVICES becomes '%.*s' by default",
	    STR_ARG(own));
	f->instead =
	    S("a '-' in the name, or SUPPORTED_DEVICES := with the compatible of the device tree");
}

/* "acme_box-old" of an "acme,box". */
static void check_underscores(struct audit *a, const struct device_model *d,
			      const struct setting *s, const struct strs *names, struct str own)
{
	ptrdiff_t comma = str_chr(own, ',');
	struct str vendor = comma > 0 ? str_fmt(a->mem, "%.*s_", (int)comma, own.p) : S("");

	for (size_t i = 0; vendor.n && strs_have(names, own) && i < names->n; i++) {
		struct str name = names->p[i];
		struct finding *f;

		if (!str_starts(name, vendor) || str_chr(name, ',') >= 0)
			continue;
		f = audit_say(
		    a, place_of(d, s), d,
		    "SUPPORTED_DEVICES has '%.*s'; board names have a comma behind the vendor",
		    STR_ARG(name));
		f->instead = str_fmt(a->mem, "%.*s,%.*s", (int)comma, own.p,
				     STR_ARG(str_from(name, vendor.n)));
		if (strs_have(names, f->instead))
			audit_fix_word(a, f, f->at, name);
		else
			audit_fix_text(a, f, f->at, name, f->instead);
	}
}

/* The default is dropped, and what stands there instead is no board name of today's form. */
static void check_dropped(struct audit *a, const struct device_model *d, const struct setting *s,
			  const struct strs *names, struct str own)
{
	struct finding *f;

	if (!names->n || strs_have(names, own) || str_chr(own, ',') < 0 || strs_have(names, d->id))
		return; /* names of old: "kn_rc", "ArcherMR200" */
	for (size_t i = 0; i < names->n; i++)
		if (str_chr(names->p[i], ',') >= 0)
			return;
	f = audit_say(a, place_of(d, s), d,
		      "SUPPORTED_DEVICES has no '%.*s', and no other name with a vendor: '%.*s'",
		      STR_ARG(own), STR_ARG(model_expanded(d, S("SUPPORTED_DEVICES"))));
	f->instead = S("SUPPORTED_DEVICES += ..., which keeps the default");
}

/* Another device of the target whose default D lists, and that lists D's. */
static void check_crossed(struct audit *a, const struct device_model *d, const struct setting *s,
			  const struct strs *names, struct str own)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *other = a->model->devices.p[i];
		struct str its = default_of(a, other);
		struct finding *f = NULL;
		struct strs back;

		if (other == d || str_eq(its, own) || !strs_have(names, its))
			continue;
		back = names_of(a, other);
		if (strs_have(&back, own) && strs_have(&back, its))
			f = audit_say(a, place_of(d, s), d,
				      "this device and %.*s list each other in SUPPORTED_DEVICES: "
				      "either takes the other's image",
				      STR_ARG(other->id));
		if (f)
			f->severity = SEVERITY_NOTE; /* meant, where one board has two layouts */
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct setting *s = model_value(a->model, d, S("SUPPORTED_DEVICES"));
		struct str own = default_of(a, d);
		struct strs names;

		if (!own.n || !s || !d->define)
			continue;
		names = names_of(a, d);
		check_commas(a, d, &names, own);
		if (s->initial || !strs_have(&names, own))
			check_dropped(a, d, s, &names, own);
		check_underscores(a, d, s, &names, own);
		if (names.n > 1 && strs_have(&names, own))
			check_crossed(a, d, s, &names, own);
	}
}

const struct rule rule_board_name = {
    .id = "board-name",
    .severity = SEVERITY_WARNING,
    .finds = "a device whose name has two '_' and takes the default SUPPORTED_DEVICES, entries "
	     "with '_' for ',', a list without any name of "
	     "today's form; two devices that list each other (a note)",
    .why = "sysupgrade compares SUPPORTED_DEVICES with the board's name, the compatible of its "
	   "device tree (vendor,model). The "
	   "default makes a comma of every '_'. An image without the right name is refused by the "
	   "device it was made for; "
	   "one with another's is taken by the wrong one.",
    .bad = "define Device/acme_box_v2\n"
	   "  SUPPORTED_DEVICES += acme_box-old\n"
	   "endef\n",
    .good = "define Device/acme_box-v2\n"
	    "  SUPPORTED_DEVICES += acme,box-old\n"
	    "endef\n",
    .history = "eb43efa99742 wd_mybooklive-duo for wd,mybooklive-duo\n"
	       "8480907e7074 SUPPORTED_DEVICES := c20v1 dropped the default, Archer C20\n"
	       "b71f4665cda1 two variants of the GL-MT2500 listed each other\n",
    .check = check,
};
