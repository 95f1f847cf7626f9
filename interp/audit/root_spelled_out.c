/* SPDX-License-Identifier: GPL-2.0-only */
/* A command that reads the root file system by a name of its own: $(KDIR)/root.squashfs for
 * $(IMAGE_ROOTFS). */
#include "audit/internal.h"

/* Where in TEXT a root file system of the target is named: "$(KDIR)/root.ext4"; -1: nowhere. */
static ptrdiff_t named(struct str text)
{
	static const char *const folders[] = {"$(KDIR)/root.", "$(KERNEL_BUILD_DIR)/root."};

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		struct str folder = str_z(folders[i]);
		size_t from = 0;

		for (ptrdiff_t at; (at = str_find(str_from(text, from), folder)) >= 0;
		     from += (size_t)at + folder.n) {
			struct str rest = str_from(text, from + (size_t)at + folder.n);
			size_t n = 0;

			while (n < rest.n && ((rest.p[n] >= 'a' && rest.p[n] <= 'z') ||
					      (rest.p[n] >= '0' && rest.p[n] <= '9')))
				n++;
			if (n && (n == rest.n || str_chr(S(" \t\n\\;|\"')"), rest.p[n]) >= 0))
				return (ptrdiff_t)from + at;
		}
	}
	return -1;
}

/* The first line of the define at AT that names one, as a place. */
static struct place line_of(struct audit *a, struct place at)
{
	unsigned last = audit_define_end(a, at);

	for (struct place line = at; line.line <= last; line.line++)
		if (named(audit_line(a, line)) >= 0)
			return line;
	return at;
}

static void check_step(struct audit *a, const struct device_model *d, const struct chain *c,
		       const struct chain_step *step)
{
	const struct setting *s =
	    model_last(a->model, str_fmt(a->mem, "Build/%.*s", STR_ARG(step->command)));
	struct finding *f;

	(void)c;
	if (!s || !audit_of_tree(a, &s->at) || named(s->value) < 0)
		return;
	f = audit_say_at(a, line_of(a, audit_place(a, make_span_place(&s->at))), d,
			 "Build/%.*s names the root file system itself: another device's, or none, "
			 "where each device has its own (CONFIG_TARGET_PER_DEVICE_ROOTFS)",
			 STR_ARG(step->command));
	f->instead = S("$(IMAGE_ROOTFS)");
}

static void check(struct audit *a)
{
	audit_each_step(a, check_step);
}

const struct rule rule_root_spelled_out = {
    .id = "root-spelled-out",
    .severity = SEVERITY_WARNING,
    .finds = "a Build/ command that a chain calls and that reads or writes $(KDIR)/root.squashfs "
	     "or its like by name",
    .why = "Where each device has packages of its own, its root file system is called "
	   "root.squashfs+pkg=HASH: the name without that is another one, with "
	   "the target's packages, or is not there. Nor does make know that the image needs it, so "
	   "that the recipe may run before it is made.",
    .bad = "define Build/add-root\n"
	   "\tcat $(KDIR)/root.squashfs >> $@\n"
	   "endef\n",
    .good = "define Build/add-root\n"
	    "\tcat $(IMAGE_ROOTFS) >> $@\n"
	    "endef\n",
    .history = "3b669bc3f32f at91: $(KDIR)/root.ext4 in two SD card commands\n"
	       "5c3679e39b61 at91: the same in a third\n"
	       "bc0a2c933edc mediatek: the EAX17's root.squashfs\n",
    .check = check,
};
