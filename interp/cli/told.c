/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a make itself looks at and changes, told. Of the one that we were asked for, to the store of
 * traces, so that the disk has what counts. Of one that a recipe calls, to the trace of that
 * recipe, with all that its own recipes and $(shell) do: as if it were a process that is watched.
 */
#include "cli/host.h"

/* --- a make that a recipe calls --- */

/* A make looks at what it is about to replace, as programs do, and so do its recipes. */
static void looks(void *ctx, struct str path, struct str key, unsigned what)
{
	const struct evaluation *e = ctx;

	e->told->looks(e->told->ctx, path, key, what | FILES_LOOK_TOOL);
}

static void peeks(void *ctx, struct str path, unsigned what)
{
	const struct evaluation *e = ctx;

	if (e->told->peeks)
		e->told->peeks(e->told->ctx, path, what | FILES_LOOK_TOOL);
}

static void changes(void *ctx, struct str key, enum files_change how)
{
	const struct evaluation *e = ctx;

	e->told->changes(e->told->ctx, key, how);
}

static void unknown(void *ctx, const char *why)
{
	told_unknown(ctx, why);
}

void told_begin(struct evaluation *e, const struct files_watch *watch)
{
	e->told = watch;
	e->watch = (struct files_watch){e, looks, changes, unknown, peeks};
	e->setup.told = watch != NULL;
}

const struct files_watch *told_watch(const struct evaluation *e)
{
	return e->told ? &e->watch : NULL;
}

void told_unknown(const struct evaluation *e, const char *why)
{
	e->told->unknown(e->told->ctx, why);
}

/* --- for make --- */

bool told_looks(void *ctx, struct str path, enum make_look what)
{
	static const unsigned means[] = {
		[MAKE_LOOKS_TIME] = FILES_LOOK_STATE | FILES_LOOK_TIME,
		[MAKE_LOOKS_NAME] = FILES_LOOK_STATE | FILES_LOOK_NO_FOLLOW,
		[MAKE_LOOKS_REAL] = FILES_LOOK_STATE | FILES_LOOK_REAL,
		[MAKE_LOOKS_BYTES] = FILES_LOOK_STATE | FILES_LOOK_BYTES,
		[MAKE_LOOKS_NAMES] = FILES_LOOK_STATE | FILES_LOOK_NAMES,
		[MAKE_LOOKS_LISTING] = FILES_LOOK_STATE | FILES_LOOK_NAMES,
	};
	struct evaluation *e = ctx;
	static const struct str unset;

	if (e->told && what == MAKE_LOOKS_LISTING)
		peeks(e, path, means[what]);
	else if (e->told)
		looks(e, path, unset, means[what]);
	else if (e->host->traces && !e->depth && what == MAKE_LOOKS_TIME)
		return !trace_store_hides(e->host->traces, path);
	else if (e->host->traces && !e->depth)
		trace_store_looks(e->host->traces, path,
				  FILES_LOOK_STATE | FILES_LOOK_BYTES | FILES_LOOK_NAMES);
	return true;
}

void told_changes(void *ctx, struct str path, enum make_change how)
{
	static const enum files_change means[] = {
		[MAKE_CHANGES_PART] = FILES_CHANGE_PART,
		[MAKE_CHANGES_WHOLE] = FILES_CHANGE_WHOLE,
		[MAKE_CHANGES_GONE] = FILES_CHANGE_GONE,
	};
	struct evaluation *e = ctx;

	if (e->told && how == MAKE_CHANGES_PART)
		told_looks(e, path, MAKE_LOOKS_BYTES);
	if (e->told)
		changes(e, path, means[how]);
	else if (e->host->traces)
		trace_store_changes(e->host->traces, path, means[how]);
}
