/* SPDX-License-Identifier: GPL-2.0-only */
/* Where text that is being expanded was written, and the trails that led there: made when first
 * asked for, and shared. */
#include <string.h>

#include "make/lang.h"

struct frame frame_of(const struct make *mk, struct make_text text)
{
	return (struct frame){
	    .spans = text.spans, .n_spans = text.n_spans, .here.trail = mk->trail};
}

size_t frame_span(struct frame *fr, size_t off)
{
	size_t low = fr->span;

	off += fr->base;
	if (low >= fr->n_spans || fr->spans[low].from > off)
		low = 0;
	while (low + 1 < fr->n_spans && fr->spans[low + 1].from <= off)
		low++;
	return fr->span = low;
}

/* How evaluation got to byte OFF of FR's text. */
static const struct trail *trail_at(struct make *mk, struct frame *fr, size_t off)
{
	if (fr->up)
		return fr->made ? fr->made : frame_trail(mk, fr);
	return fr->n_spans ? fr->spans[frame_span(fr, off)].trail : fr->here.trail;
}

/* One of 2^BITS slots. */
static size_t slot_of(uintptr_t a, uintptr_t b, int bits)
{
	return (a / 8 + b) * 0x9E3779B97F4A7C15u >> (64 - bits);
}

static const struct trail_step *new_step(struct make *mk, struct trail_step what)
{
	return memcpy(arena_alloc(mk->mem, sizeof(what)), &what, sizeof(what));
}

/* Does S say "NAME=WORD", as the steps of FR do? */
static bool says_word(struct str s, const struct frame *fr)
{
	struct str name = fr->symbol->name, word = fr->value;

	return s.n == name.n + 1 + word.n && memcmp(s.p + s.n - word.n, word.p, word.n) == 0 &&
	       memcmp(s.p, name.p, name.n) == 0 && s.p[name.n] == '=';
}

/* What the steps of FR say, whose word's hash is HASH. */
static const struct str *word_said(struct make *mk, const struct frame *fr, uint32_t hash)
{
	const struct str **known = &mk->lang->trails->words[hash % FOREACH_WORDS];
	struct str *what;

	if (*known && says_word(**known, fr))
		return *known;
	what = arena_alloc(mk->mem, sizeof(*what));
	*what = str_cat(mk->mem, str_cat(mk->lang->scratch, fr->symbol->name, S("=")), fr->value);
	return *known = what;
}

/* The step of $(foreach) with a word, at byte OFF of IN. */
static const struct trail_step *word_step(struct make *mk, const struct frame *fr,
					  const struct text_file *in, uint32_t off)
{
	uint32_t hash = str_hash(fr->value);
	const struct trail_step **known =
	    &mk->lang->trails->steps[slot_of((uintptr_t)in, hash + off, STEP_BITS)];
	const struct trail_step *old = *known;

	if (old && old->in == in && old->off == off && old->verb == TRAIL_FOREACH &&
	    says_word(*old->what, fr))
		return old;
	return *known = new_step(
		   mk, (struct trail_step){word_said(mk, fr, hash), in, off, TRAIL_FOREACH});
}

/* WHAT, FR's step, kept. */
static const struct trail_step *frame_step(struct make *mk, const struct frame *fr,
					   struct trail_step what)
{
	const struct trail_step **known, *old;

	if (fr->kind == FRAME_FOREACH)
		return word_step(mk, fr, what.in, what.off);
	known = &mk->lang->trails->steps[slot_of((uintptr_t)what.what ^ (uintptr_t)what.in,
						 what.off, STEP_BITS)];
	old = *known;
	if (old && old->in == what.in && old->off == what.off && old->what == what.what &&
	    old->verb == what.verb)
		return old;
	return *known = new_step(mk, what);
}

/* A recipe is expanded for each of its targets, and goes the same ways each time: one trail serves
 * them all. */
const struct trail *frame_trail(struct make *mk, struct frame *fr)
{
	static const enum trail_verb verbs[] = {[FRAME_VARIABLE] = TRAIL_VARIABLE,
						[FRAME_CALL] = TRAIL_CALL,
						[FRAME_FOREACH] = TRAIL_FOREACH};
	const struct trail_step *step;
	struct trail_slot *known;
	const struct trail *up;
	struct make_span spot;
	struct trail *t;

	if (fr->kind == FRAME_ARGUMENT)
		return fr->made = trail_at(mk, fr->up, fr->ref);
	if (!mk->lang->trails)
		mk->lang->trails = arena_make(mk->mem, struct trails);
	spot = frame_spot(fr->up, fr->ref);
	up = fr->up->up ? trail_at(mk, fr->up, fr->ref) : spot.trail;
	step = frame_step(mk, fr,
			  (struct trail_step){&fr->symbol->name, spot.in,
					      spot.off & ~MAKE_SPAN_FIXED, verbs[fr->kind]});
	known =
	    &mk->lang->trails->made[slot_of((uintptr_t)up, (uintptr_t)step / 8, TRAIL_BITS)];
	if (known->up == up && known->step == step)
		return fr->made = known->trail;
	t = arena_alloc(mk->mem, sizeof(*t));
	*t = (struct trail){up, step};
	*known = (struct trail_slot){up, step, t};
	return fr->made = t;
}

struct make_span frame_spot(struct frame *fr, size_t off)
{
	const struct make_span *s = &fr->here;

	if (fr->n_spans)
		s = fr->n_spans > 1 ? fr->spans + frame_span(fr, off) : fr->spans;
	return (struct make_span){
	    .in = s->in, .off = make_span_off(s, off + fr->base), .trail = s->trail};
}

struct make_span frame_origin(struct make *mk, struct frame *fr, size_t off)
{
	struct make_span s = frame_spot(fr, off);

	if (fr->up)
		s.trail = fr->made ? fr->made : frame_trail(mk, fr);
	return s;
}

/* The same as OUT wants it. */
struct make_span frame_origin_for(struct make *mk, const struct tbuf *out, struct frame *fr,
				  size_t off)
{
	struct make_span s;

	if (!out->no_trails)
		return frame_origin(mk, fr, off);
	s = frame_spot(fr, off);
	s.trail = mk->trail;
	return s;
}

void frame_mark(struct make *mk, struct tbuf *out, struct frame *fr, size_t off)
{
	struct make_span s;

	if (!out->want)
		return;
	s = frame_origin_for(mk, out, fr, off);
	tbuf_mark_at(out, s.in, s.off | MAKE_SPAN_FIXED, s.trail);
}
