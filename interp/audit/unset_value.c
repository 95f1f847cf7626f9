/* SPDX-License-Identifier: GPL-2.0-only */
/* A command reads a device variable that this device leaves empty, and every other device that
 * calls the command sets. */
#include "audit/internal.h"

enum { OTHERS = 2 }; /* so many others show that it is needed */

/* A command and a variable that its text reads. */
struct need {
	struct str command, name;
	const struct chain_step *step; /* of the first device without a value */
	const struct device_model *d;
	VEC(const struct device_model *) without;
	size_t with;
	const struct device_model *one; /* of those with a value, the first */
};

/* Is byte AT of TEXT within another "$(": $(if $(X),...), $(addprefix -x,$(X))? */
static bool is_within_call(struct str text, size_t at)
{
	size_t depth = 0;

	while (at-- > 0) {
		if (text.p[at] == ')')
			depth++;
		else if (text.p[at] == '(' && depth)
			depth--;
		else if (text.p[at] == '(' || text.p[at] == '{')
			return true;
		else if (text.p[at] == '\n' && !(at && text.p[at - 1] == '\\'))
			return false;
	}
	return false;
}

/* May what stands at byte AT of TEXT be empty: "$(X)" in quotes, NAME=$(X) for make or the
 * environment? */
static bool may_be_empty(struct str text, size_t at)
{
	char before = at ? text.p[at - 1] : ' ';

	return before == '"' || before == '\'' ||
	       (before == '=' && at > 1 && text.p[at - 2] >= 'A' && text.p[at - 2] <= 'Z');
}

/* Is NAME read by TEXT, and nowhere as something that may be empty: $(if $(X),...), $(addprefix
 * ,$(X)), ifdef? */
static bool must_have(struct audit *a, struct str text, struct str name)
{
	struct str reference = str_fmt(a->mem, "$(%.*s)", STR_ARG(name));
	bool any = false;

	for (size_t from = 0;;) {
		ptrdiff_t at = str_find(str_from(text, from), reference);
		size_t here;

		if (at < 0)
			return any;
		here = from + (size_t)at;
		if (is_within_call(text, here) || may_be_empty(text, here))
			return false;
		any = true;
		from = here + reference.n;
	}
}

static void note_need(struct audit *a, struct map *needs, struct strs *order,
		      const struct device_model *d, const struct chain_step *step, struct str name)
{
	struct str key = str_fmt(a->mem, "%.*s\n%.*s", STR_ARG(step->command), STR_ARG(name));
	void **at = map_at(needs, key);
	struct need *need = *at;

	if (!need) {
		*at = need = arena_make(a->mem, struct need);
		*need = (struct need){.command = step->command, .name = name};
		*vec_push(a->mem, order) = key;
	}
	if (model_expanded(d, name).n) {
		if (need->one != d)
			need->with++;
		need->one = d;
		return;
	}
	if (need->without.n && need->without.p[need->without.n - 1] == d)
		return;
	if (!need->without.n) {
		need->step = step;
		need->d = d;
	}
	*vec_push(a->mem, &need->without) = d;
}

/* The names in capitals that TEXT, a command's, must have and that are handed on to devices. */
static struct strs names_of(struct audit *a, struct str text)
{
	struct strs names = {0};

	for (size_t i = 0; i + 2 < text.n; i++) {
		size_t end = i + 2;
		struct str name;

		if (text.p[i] != '$' || text.p[i + 1] != '(' || (i && text.p[i - 1] == '$'))
			continue;
		while (end < text.n && audit_is_name(text.p[end]))
			end++;
		name = str_sub(text, i + 2, end - i - 2);
		if (end < text.n && text.p[end] == ')' && name.n && name.p[0] >= 'A' &&
		    name.p[0] <= 'Z' && !strs_have(&names, name) && model_exports(a->model, name) &&
		    must_have(a, text, name))
			*vec_push(a->mem, &names) = name;
	}
	return names;
}

static void note_device(struct audit *a, struct map *commands, struct map *needs,
			struct strs *order, const struct device_model *d)
{
	for (size_t i = 0; i < d->chains.n; i++)
		for (size_t k = 0; k < d->chains.p[i].steps.n; k++) {
			const struct chain_step *step = &d->chains.p[i].steps.p[k];
			void **at = map_at(commands, step->command);
			const struct strs *names;

			if (!*at) {
				const struct setting *s =
				    model_last(a->model, str_fmt(a->mem, "Build/%.*s",
								 STR_ARG(step->command)));
				struct strs *all = arena_make(a->mem, struct strs);

				*all = s && audit_of_tree(a, &s->at) ? names_of(a, s->value)
								     : (struct strs){0};
				*at = all;
			}
			names = *at;
			for (size_t n = 0; n < names->n; n++)
				note_need(a, needs, order, d, step, names->p[n]);
		}
}

static void check(struct audit *a)
{
	struct map *commands = map_new(a->mem), *needs = map_new(a->mem);
	struct strs order = {0};

	for (size_t i = 0; i < a->model->devices.n; i++)
		note_device(a, commands, needs, &order, a->model->devices.p[i]);
	for (size_t i = 0; i < order.n; i++) {
		const struct need *need = map_get(needs, order.p[i]);

		if (need->with < OTHERS || need->with < 2 * need->without.n)
			continue;
		for (size_t k = 0; k < need->without.n; k++) {
			const struct device_model *d = need->without.p[k];
			struct finding *f =
			    audit_say(a, d->define ? &d->define->at : &need->step->at, d,
				      "%.*s is empty for this device, and Build/%.*s, which it "
				      "calls, puts it into a command line; other devices set it",
				      STR_ARG(need->name), STR_ARG(need->command));

			f->instead = str_fmt(a->mem, "%.*s := ... in the device's block",
					     STR_ARG(need->name));
		}
	}
}

const struct rule rule_unset_value = {
    .id = "unset-value",
    .severity = SEVERITY_WARNING,
    .finds = "a variable that is empty for a device, that a command of its chains reads without a "
	     "test, and that at least twice as many devices which call the "
	     "command set",
    .why = "The tool gets an option without its value, takes the next word for it, or writes an "
	   "empty id: the image is refused, or is another one's.",
    .bad = "define Device/b\n"
	   "  IMAGE/factory.img := append-kernel | netgear-dni # -B $(NETGEAR_BOARD_ID)\n"
	   "endef\n",
    .good = "define Device/b\n"
	    "  NETGEAR_BOARD_ID := B\n"
	    "  IMAGE/factory.img := append-kernel | netgear-dni\n"
	    "endef\n",
    .history = "3f275f2ac824 ath79: NETGEAR_BOARD_ID of the WNR1000 v2\n82b34c1f6082 imx6: "
	       "BOOT_SCRIPT of ventana\n",
    .check = check,
};
