/* SPDX-License-Identifier: GPL-2.0-only */
/* fit's with-initrd where the target never has a ramdisk beside its kernel. */
#include "audit/internal.h"

static void check_step(struct audit *a, const struct device_model *d, const struct chain *c,
		       const struct chain_step *s)
{
	struct strs args;
	struct finding *f;

	/* what is meant for all devices of several subtargets may go unused in one */
	if (!str_is(s->command, "fit") || !c->setting ||
	    str_is(setting_block(c->setting), "Device/Default"))
		return;
	args = audit_words(a, s->args);
	if (!strs_have(&args, S("with-initrd")))
		return;
	f = audit_say_of(a, &s->at, d, c,
			 ": with-initrd has no effect, as %.*s has no separate_ramdisk in FEATURES",
			 STR_ARG(a->target->name));
	f->instead = S("fit without with-initrd");
}

static void check(struct audit *a)
{
	struct strs features = audit_words(a, a->target->features);

	if (!strs_have(&features, S("separate_ramdisk")) &&
	    audit_refers(a, S("CONFIG_TARGET_ROOTFS_INITRAMFS_SEPARATE")))
		audit_each_step(a, check_step);
}

const struct rule rule_fit_initrd = {
    .id = "fit-initrd",
    .severity = SEVERITY_WARNING,
    .finds = "a step 'fit ... with-initrd' in a target whose FEATURES have no separate_ramdisk",
    .why = "The command puts a ramdisk into the image only where "
	   "CONFIG_TARGET_ROOTFS_INITRAMFS_SEPARATE is on, which takes the feature. "
	   "Elsewhere the word does nothing, and misleads who copies the line.",
    .bad = "  KERNEL_INITRAMFS := kernel-bin | lzma | fit lzma $$(KDIR)/image-$$(firstword "
	   "$$(DEVICE_DTS)).dtb with-initrd\n",
    .good = "  KERNEL_INITRAMFS := kernel-bin | lzma | fit lzma $$(KDIR)/image-$$(firstword "
	    "$$(DEVICE_DTS)).dtb\n",
    .history = "a926c5518ec0 ramips: eap613-v1, eap615-wall-v1\n",
    .check = check,
};
