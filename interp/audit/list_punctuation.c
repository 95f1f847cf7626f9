/* SPDX-License-Identifier: GPL-2.0-only */
/* Punctuation in a list of words; a line that a backslash put into the value above it. */
#include "audit/internal.h"

/* Lists that hold names, with the bytes that no name has. */
static const struct list {
	const char *name, *wrong;
} lists[] = {{"IMAGES", "|,;\\\"'&="},	       {"ARTIFACTS", "|,;\\\"'&="},
	     {"COMPILE", "|,;\\\"'&="},	       {"FILESYSTEMS", "|,;\\\"'&="},
	     {"DEVICE_PACKAGES", "|,;\\\"'&"}, {"SUPPORTED_DEVICES", "|;\\\"'&"},
	     {"DEVICE_DTS", "|,;\\\"'&"}};

/* The first byte of WORD that is in WRONG; 0: none. A comma at an end is one more. */
static char stray(struct str word, const char *wrong)
{
	for (size_t i = 0; i < word.n; i++)
		if (strchr(wrong, word.p[i]))
			return word.p[i];
	return word.n && (word.p[word.n - 1] == ',' || word.p[0] == ',') ? ',' : 0;
}

static void check_words(struct audit *a, const struct device_model *d, const struct list *list,
			const struct setting *s)
{
	struct strs words = audit_words(a, audit_written(a, s)->value);

	for (size_t i = 0; i < words.n; i++) {
		char c = str_find(words.p[i], S("$")) >= 0 || str_find(words.p[i], S(")")) >= 0
			     ? 0
			     : stray(words.p[i], list->wrong);
		struct finding *f;

		if (!c)
			continue;
		f = audit_say(a, &s->at, d, "%s is a list of names, but '%.*s' has a '%c' in it",
			      list->name, STR_ARG(words.p[i]), c);
		f->instead = S("names with blanks between them");
		if (words.p[i].n == 1)
			audit_fix_word(a, f, f->at, words.p[i]);
	}
}

static bool has_function(const struct written *w)
{
	return str_find(w->value, S("$(")) >= 0 && str_chr(w->value, ' ') >= 0;
}

/* A backslash at the end of the line above took the next assignment in. */
static void check_swallowed(struct audit *a, const struct device_model *d, const struct setting *s)
{
	const struct written *w = audit_written(a, s);
	struct place at = w->at;

	for (at.line++; at.line <= w->last; at.line++) {
		struct strs words = audit_words(a, audit_line(a, at));
		struct finding *f;

		if (words.n < 2 || (!str_is(words.p[1], ":=") && !str_is(words.p[1], "+=") &&
				    !str_is(words.p[1], "?=")))
			continue;
		f = audit_say_at(a, at, d,
				 "the backslash at the end of the line above makes this a part of "
				 "%.*s; %.*s is not set",
				 STR_ARG(s->name), STR_ARG(words.p[0]));
		f->instead = S("no backslash at the end of the list");
	}
}

static void check_setting(struct audit *a, const struct device_model *d, const struct setting *s)
{
	if (!audit_is_own(a, d, s) || !audit_written(a, s)->op.n)
		return;
	check_swallowed(a, d, s);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (str_is(s->name, lists[i].name) && !has_function(audit_written(a, s)))
			check_words(a, d, &lists[i], s);
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++)
			check_setting(a, d, audit_setting(a, d, k));
	}
}

const struct rule rule_list_punctuation = {
    .id = "list-punctuation",
    .severity = SEVERITY_ERROR,
    .finds = "a '|', comma, quote or backslash in a list of names (IMAGES, ARTIFACTS, "
	     "DEVICE_PACKAGES, SUPPORTED_DEVICES ...), and a "
	     "backslash that takes the next assignment into the list",
    .why = "Lists are split at blanks only. The stray byte becomes a package or a board of its own "
	   "that does not exist, or part "
	   "of a name; after a backslash too many the next variable is not set at all.",
    .bad = "  DEVICE_PACKAGES := kmod-usb2 | kmod-ath10k \\\n"
	   "  SUPPORTED_DEVICES += box\n",
    .good = "  DEVICE_PACKAGES := kmod-usb2 kmod-ath10k\n"
	    "  SUPPORTED_DEVICES += box\n",
    .history = "edf812e25c9f a '|' in DEVICE_PACKAGES of the AVM FRITZ!WLAN 1750E\n",
    .check = check,
};
