/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Titles: without vendor or model, the same twice, with a part repeated, alternatives with a gap.
 */
#include "audit/internal.h"

enum { ALTS = 10 };

struct title {
	struct str vendor, model, variant;
	const struct setting *at; /* of the model, or the vendor */
};

static struct str of(const struct device_model *d, struct audit *a, const char *alt,
		     const char *what)
{
	return model_expanded(d, str_fmt(a->mem, "DEVICE_%s%s", alt, what));
}

/* The title whose variables begin with DEVICE_ and ALT ("", "ALT0_"). */
static struct title title_of(struct audit *a, const struct device_model *d, const char *alt)
{
	struct title t = {of(d, a, alt, "VENDOR"), of(d, a, alt, "MODEL"), of(d, a, alt, "VARIANT"),
			  NULL};

	t.at = model_value(a->model, d, str_fmt(a->mem, "DEVICE_%sMODEL", alt));
	if (!t.at || t.at->initial)
		t.at = model_value(a->model, d, str_fmt(a->mem, "DEVICE_%sVENDOR", alt));
	return t;
}

static bool is_set(const struct title *t)
{
	return t->vendor.n || t->model.n || t->variant.n;
}

static bool is_same(const struct title *x, const struct title *y)
{
	return str_eq(x->vendor, y->vendor) && str_eq(x->model, y->model) &&
	       str_eq(x->variant, y->variant);
}

static const struct make_span *place_of(const struct device_model *d, const struct title *t)
{
	return t->at && !t->at->initial ? &t->at->at : &d->define->at;
}

/* Vendor and model of the title that begins with ALT. */
static void check_parts(struct audit *a, const struct device_model *d, const struct title *t,
			const char *alt)
{
	struct finding *f = NULL;

	if (!t->vendor.n)
		f = audit_say(a, &d->define->at, d, "DEVICE_%sVENDOR is empty: the title is '%.*s'",
			      alt, STR_ARG(t->model));
	else if (!t->model.n)
		f = audit_say(a, &d->define->at, d, "DEVICE_%sMODEL is empty: the title is '%.*s'",
			      alt, STR_ARG(t->vendor));
	if (f)
		return;
	if (t->variant.n && (str_eq(t->model, t->variant) ||
			     str_ends(t->model, str_fmt(a->mem, " %.*s", STR_ARG(t->variant)))))
		audit_say(a, place_of(d, t), d,
			  "DEVICE_%sVARIANT repeats the end of the model: '%.*s %.*s %.*s'", alt,
			  STR_ARG(t->vendor), STR_ARG(t->model), STR_ARG(t->variant));
	if (str_starts(t->model, str_fmt(a->mem, "%.*s ", STR_ARG(t->vendor))))
		f = audit_say(a, place_of(d, t), d,
			      "DEVICE_%sMODEL repeats the vendor: '%.*s %.*s'", alt,
			      STR_ARG(t->vendor), STR_ARG(t->model));
	if (f)
		f->severity = SEVERITY_NOTE; /* some are called so */
}

static void check_alternatives(struct audit *a, const struct device_model *d,
			       const struct title *own)
{
	struct title titles[ALTS + 1] = {*own};
	bool gap = false;

	for (int i = 0; i < ALTS; i++) {
		const char *alt = str_fmt(a->mem, "ALT%d_", i).p;
		struct title *t = &titles[i + 1];

		*t = title_of(a, d, alt);
		if (!is_set(t)) {
			gap = true;
			continue;
		}
		if (gap)
			audit_say(a, place_of(d, t), d, "DEVICE_ALT%d is set, but no DEVICE_ALT%d",
				  i, i - 1);
		gap = false;
		check_parts(a, d, t, alt);
		for (int k = 0; k <= i; k++)
			if (is_same(&titles[k], t))
				audit_say(a, place_of(d, t), d,
					  "DEVICE_ALT%d is the same as %s: '%.*s %.*s'", i,
					  k ? str_fmt(a->mem, "DEVICE_ALT%d", k - 1).p
					    : "the device's own title",
					  STR_ARG(t->vendor), STR_ARG(t->model));
	}
}

/* Letters and digits of S, small. */
static struct str plain(struct audit *a, struct str s)
{
	struct buf b = buf_new(a->mem);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			buf_char(&b, (char)(c - 'A' + 'a'));
		else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_char(&b, c);
	}
	return b.n ? buf_view(&b) : S("");
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is X Y with one letter, or one digit, other, or two swapped? */
static bool is_slip(struct str x, struct str y)
{
	size_t i = 0;

	if (x.n != y.n || x.n < 6)
		return false;
	while (i < x.n && x.p[i] == y.p[i])
		i++;
	if (i == x.n || x.p[i] == 'x') /* "rut9x1": of several */
		return false;
	if (is_digit(x.p[i]) == is_digit(y.p[i]) && str_eq(str_from(x, i + 1), str_from(y, i + 1)))
		return true;
	return i + 1 < x.n && x.p[i] == y.p[i + 1] && x.p[i + 1] == y.p[i] &&
	       str_eq(str_from(x, i + 2), str_from(y, i + 2));
}

/* The model, or the device's name, has one letter wrong. */
static void check_model(struct audit *a, const struct device_model *d, const struct title *t)
{
	ptrdiff_t under = str_chr(d->id, '_');
	struct str name = under > 0 ? str_from(d->id, (size_t)under + 1) : d->id,
		   id = plain(a, name), model = plain(a, t->model), full;

	full = plain(a, str_fmt(a->mem, "%.*s%.*s", STR_ARG(t->model), STR_ARG(t->variant)));
	if (is_slip(id, model) || (t->variant.n && is_slip(id, full)))
		audit_say(a, place_of(d, t), d,
			  "model '%.*s' and device '%.*s' differ in one letter", STR_ARG(t->model),
			  STR_ARG(name));
}

/* D has T; another device may have it, too. */
static void check_shared(struct audit *a, const struct device_model *d, const struct title *t,
			 struct map *seen)
{
	void **at = map_at(seen, str_fmt(a->mem, "%.*s\n%.*s\n%.*s", STR_ARG(t->vendor),
					 STR_ARG(t->model), STR_ARG(t->variant)));
	const struct device_model *other = *at;
	struct finding *f;

	if (other && !str_eq(other->id, d->id)) {
		f = audit_say(a, place_of(d, t), d,
			      "its title is that of %.*s, too: '%.*s %.*s%s%.*s'",
			      STR_ARG(other->id), STR_ARG(t->vendor), STR_ARG(t->model),
			      t->variant.n ? " " : "", STR_ARG(t->variant));
		f->severity = SEVERITY_NOTE;
	}
	*at = (void *)d;
}

static void check_device(struct audit *a, const struct device_model *d, struct map *seen)
{
	const struct setting *whole = model_value(a->model, d, S("DEVICE_TITLE"));
	struct title t = title_of(a, d, "");

	if (!d->define || !whole || !whole->initial || !is_set(&t))
		return; /* a title in one piece */
	check_parts(a, d, &t, "");
	check_alternatives(a, d, &t);
	check_model(a, d, &t);
	check_shared(a, d, &t, seen);
	for (int i = 0; i < ALTS; i++) {
		t = title_of(a, d, str_fmt(a->mem, "ALT%d_", i).p);
		if (is_set(&t))
			check_shared(a, d, &t, seen);
	}
}

/* --- vendors --- */

/* One spelling of a vendor. */
struct spelling {
	struct str vendor;
	size_t n;		/* devices that have it */
};

static struct spelling *spelling_of(struct audit *a, struct map *all, struct str vendor)
{
	void **at = map_at(all, vendor);

	if (!*at) {
		struct spelling *s = arena_make(a->mem, struct spelling);

		*s = (struct spelling){vendor, 0};
		*at = s;
	}
	return *at;
}

/* DEVICE_VENDOR of D, where the title is in parts. */
static struct str vendor_of(const struct device_model *d)
{
	return d->define ? model_expanded(d, S("DEVICE_VENDOR")) : S("");
}

/*
 * The same letters in upper and lower case where most devices of the subtarget have them otherwise.
 */
static void check_vendors(struct audit *a)
{
	struct map *all = map_new(a->mem), *most = map_new(a->mem);

	for (size_t i = 0; i < a->model->devices.n; i++) {
		struct str vendor = vendor_of(a->model->devices.p[i]);
		struct spelling *s = spelling_of(a, all, vendor), *known;
		void **at = vendor.n ? map_at(most, plain(a, vendor)) : NULL;

		s->n++;
		known = at ? *at : NULL;
		if (at && (!known || known->n < s->n))
			*at = s;
	}
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct setting *s = model_value(a->model, d, S("DEVICE_VENDOR"));
		struct str vendor = vendor_of(d);
		const struct spelling *usual = vendor.n ? map_get(most, plain(a, vendor)) : NULL;
		struct finding *f;

		if (!usual || str_eq(usual->vendor, vendor) ||
		    usual->n < 2 * spelling_of(a, all, vendor)->n || !audit_is_own(a, d, s))
			continue;
		f = audit_say(
		    a, &s->at, d,
		    "DEVICE_VENDOR is '%.*s', which the target's other devices spell '%.*s'",
		    STR_ARG(vendor), STR_ARG(usual->vendor));
		f->severity = SEVERITY_NOTE;
		f->instead = str_dup(a->mem, usual->vendor);
		audit_fix_text(a, f, f->at, vendor, f->instead);
	}
}

/* A profile of the target (profiles/NAME.mk) that PROFILES names builds devices without a title. */
static bool is_chosen_by_profile(struct audit *a)
{
	return a->target->profiles.n && model_last(a->model, S("PROFILES"));
}

/* A device that is listed and has no title at all is in no menu. */
static void check_untitled(struct audit *a)
{
	if (!model_last(a->model, S("DEVICE_TITLE")) || is_chosen_by_profile(a))
		return; /* 15.05 has no titles */
	for (size_t i = 0; i < a->model->target_devices.n; i++) {
		struct str name = a->model->target_devices.p[i];
		const struct setting *s = model_last(a->model, str_cat(a->mem, S("Device/"), name));
		const struct device_model *d = audit_device(a, name);

		if (!s || !audit_of_tree(a, &s->at) ||
		    (d && model_expanded(d, S("DEVICE_TITLE")).n))
			continue;
		*vec_push(
		    a->mem,
		    &audit_say(
			 a, &s->at, NULL,
			 "Device/%.*s has no title: no menu shows it, and nobody can choose it",
			 STR_ARG(name))
			 ->devices) = str_dup(a->mem, name);
	}
}

static void check(struct audit *a)
{
	struct map *seen = map_new(a->mem);

	check_vendors(a);
	check_untitled(a);

	for (size_t i = 0; i < a->model->devices.n; i++)
		check_device(a, a->model->devices.p[i], seen);
}

const struct rule rule_titles = {
    .id = "titles",
    .severity = SEVERITY_WARNING,
    .finds = "an empty DEVICE_VENDOR or DEVICE_MODEL, a variant that the model repeats, a "
	     "DEVICE_ALTn that repeats "
	     "another title or has no DEVICE_ALT(n-1), a model that differs from the device's name "
	     "in one letter; a device "
	     "without any; one title of two devices, a vendor that the model repeats or that most "
	     "others spell otherwise (notes)",
    .why = "Titles are what people choose an image by, in menuconfig and in the firmware selector. "
	   "A wrong or empty part means "
	   "that the device is not found, or another one's image is taken.",
    .bad = "define Device/acme_ews2910p\n"
	   "  DEVICE_MODEL := EWP2910P\n"
	   "endef\n",
    .good = "define Device/acme_ews2910p\n"
	    "  DEVICE_VENDOR := Acme\n"
	    "  DEVICE_MODEL := EWS2910P\n"
	    "endef\n",
    .history = "9ef53b93cbd9 rb532: no title\n"
	       "dcb5cf85c819 no DEVICE_VENDOR of several ath79 devices\n"
	       "036372c769eb EWP2910P for the EnGenius EWS2910P\n",
    .check = check,
};
