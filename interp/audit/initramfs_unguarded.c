/* SPDX-License-Identifier: GPL-2.0-only */
/* Images that take in an initramfs image, where none may have been made. */
#include "audit/internal.h"

/* The step of C that takes in an initramfs image (*WHAT) or the kernel that it is made of; NULL:
 * none. */
static const struct chain_step *taking(struct audit *a, const struct chain *c, struct str *what)
{
	for (size_t i = 0; i < c->steps.n; i++) {
		const struct chain_step *step = &c->steps.p[i];
		const struct setting *s;

		*what = step->args;
		if (str_starts(step->command, S("append-image")) &&
		    str_find(step->args, S("initramfs")) >= 0)
			return step;
		s = model_last(a->model, str_fmt(a->mem, "Build/%.*s", STR_ARG(step->command)));
		*what = S("vmlinux-initramfs");
		if (s && audit_of_tree(a, &s->at) &&
		    str_find(s->value, S("(KDIR)/vmlinux-initramfs")) >= 0)
			return step;
	}
	return NULL;
}

/* Is one of the conditionals that the line AT is in, or the text of it, about initramfs images or
 * the ImageBuilder? */
static bool is_guarded(struct audit *a, struct place at, unsigned last)
{
	struct strs open = audit_conditionals(a, at);

	for (; at.line <= last; at.line++)
		*vec_push(a->mem, &open) = audit_line(a, at);
	for (size_t i = 0; i < open.n; i++)
		if (str_find(open.p[i], S("ROOTFS_INITRAMFS")) >= 0 ||
		    str_find(open.p[i], S("(IB)")) >= 0 || str_find(open.p[i], S("def IB")) >= 0)
			return true;
	return false;
}

static bool is_guarded_setting(struct audit *a, const struct setting *s)
{
	const struct written *w = s ? audit_written(a, s) : NULL;

	return w && w->at.line && is_guarded(a, w->at, w->last);
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	struct str what = S("");
	const char *list = c->kind == CHAIN_IMAGE ? "IMAGES" : "ARTIFACTS";
	const struct chain_step *step =
	    c->kind == CHAIN_IMAGE || c->kind == CHAIN_ARTIFACT ? taking(a, c, &what) : NULL;
	const struct setting *s = step ? model_value(a->model, d, str_z(list)) : NULL;
	struct finding *f;
	bool staged;

	if (!s)
		return;
	s = audit_bringer(a, s, c->image);
	if (is_guarded_setting(a, s) || is_guarded_setting(a, c->setting))
		return;
	/* an ImageBuilder has it where the build had it */
	staged = str_is(step->command, "append-image-stage");
	f = audit_say_of(
	    a, &step->at, d, c,
	    " takes in %.*s, which is not there without CONFIG_TARGET_ROOTFS_INITRAMFS%s",
	    STR_ARG(what), staged ? "" : ", nor in an ImageBuilder");
	f->instead =
	    str_fmt(a->mem, "%s += %.*s within ifneq ($(CONFIG_TARGET_ROOTFS_INITRAMFS),)%s", list,
		    STR_ARG(c->image), staged ? "" : " and ifeq ($(IB),)");
	audit_rests(a, f, audit_place(a, make_span_place(&s->at)));
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_initramfs_unguarded = {
    .id = "initramfs-unguarded",
    .severity = SEVERITY_WARNING,
    .finds =
	"an image or artifact that takes in an initramfs image (append-image, append-image-stage) "
	"or $(KDIR)/vmlinux-initramfs, and is listed outside of any conditional "
	"about CONFIG_TARGET_ROOTFS_INITRAMFS or the ImageBuilder",
    .why = "An initramfs image is made only where the configuration says so, and never in an "
	   "ImageBuilder. There the recipe finds no file, and "
	   "the build of all images ends.",
    .bad = "  ARTIFACTS := initramfs-factory.bin\n"
	   "  ARTIFACT/initramfs-factory.bin := append-image initramfs-kernel.bin | pad-to 64k\n",
    .good = "ifeq ($(IB),)\n"
	    "ifneq ($(CONFIG_TARGET_ROOTFS_INITRAMFS),)\n"
	    "  ARTIFACTS := initramfs-factory.bin\n"
	    "  ARTIFACT/initramfs-factory.bin := append-image initramfs-kernel.bin | pad-to 64k\n"
	    "endif\n"
	    "endif\n",
    .history = "f5fd7ef8886f guards around initramfs rules in mediatek, qualcommax, ramips\n"
	       "b3d2008f92f1 web-ui-factory.fit of the WAX218 without an initramfs\n"
	       "11ba2b141fbe ramips: $(KDIR)/vmlinux-initramfs in the EX400's factory.bin\n",
    .check = check,
};
