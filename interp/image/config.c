/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The defaults of a tree's image options. OpenWrt's config/Config-images.in says which root file
 * systems and kinds of images are on by default, from the target's name and features; releases and
 * forks differ in it, so the file itself is asked. Of Kconfig's language this knows what the file
 * needs: bool symbols, `default VALUE if EXPR`, `depends on EXPR`; the members of a choice are left
 * alone. Symbols follow those that they depend on.
 */
#include "image/config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"

struct symbol_default {
	struct str value, condition; /* condition may be empty */
};

struct config_symbol {
	struct str name;
	bool is_bool;
	struct strs depends;	/* expressions; all must hold */
	VEC(struct symbol_default) defaults; /* the first whose condition holds counts */
};

struct config {
	VEC(struct config_symbol) symbols;
};

/*
 * Which symbols a feature selects: target_config_features in OpenWrt's scripts/target-metadata.pl.
 */
static const struct {
	const char *feature, *symbol;
} selected[] = {
	{"boot-part", "USES_BOOT_PART"},
	{"cpiogz", "USES_CPIOGZ"},
	{"erofs", "USES_EROFS"},
	{"ext4", "USES_EXT4"},
	{"jffs2", "USES_JFFS2"},
	{"jffs2_nand", "USES_JFFS2_NAND"},
	{"low_mem", "LOW_MEMORY_FOOTPRINT"},
	{"minor", "USES_MINOR"},
	{"nand", "NAND_SUPPORT"},
	{"ramdisk", "USES_INITRAMFS"},
	{"rootfs-part", "USES_ROOTFS_PART"},
	{"separate_ramdisk", "USES_INITRAMFS"},
	{"separate_ramdisk", "USES_SEPARATE_INITRAMFS"},
	{"small_flash", "SMALL_FLASH"},
	{"squashfs", "USES_SQUASHFS"},
	{"targz", "USES_TARGZ"},
	{"ubifs", "USES_UBIFS"},
};

struct str read_text(struct arena *mem, struct str path)
{
	int fd = open(str_cz(mem, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct buf b = buf_new(mem);
	struct stat st;
	ssize_t n = 1;

	if (fd < 0)
		return (struct str){NULL, 0};
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) { /* a FIFO would never end */
		close(fd);
		return (struct str){NULL, 0};
	}
	buf_room(&b, (size_t)st.st_size + 1);
	while (n > 0) {
		size_t room = b.cap - b.n > 1 ? b.cap - b.n - 1 : 4096;

		n = read(fd, buf_room(&b, room), room);
		b.n += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	return b.p ? (struct str){b.p, b.n} : S("");
}

/* --- reading --- */

struct reading {
	struct arena *mem;
	struct config *config;
	struct config_symbol *now;	/* or NULL: what comes belongs to nothing we keep */
	bool in_choice;
	size_t help;		/* indentation of `help`; SIZE_MAX: not in one */
};

/* In columns; a tab goes to the next multiple of eight. */
static size_t indentation(struct str line)
{
	size_t n = 0;

	for (size_t i = 0; i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'); i++)
		n = line.p[i] == '\t' ? (n | 7) + 1 : n + 1;
	return n;
}

/* VALUE [if CONDITION] */
static void read_default(struct reading *r, struct str rest)
{
	struct symbol_default *d = vec_push(r->mem, &r->now->defaults);
	ptrdiff_t cut = str_find(rest, S(" if "));

	*d = (struct symbol_default){str_trim(rest), S("")};
	if (cut >= 0) {
		d->value = str_trim(str_sub(rest, 0, (size_t)cut));
		d->condition = str_trim(str_from(rest, (size_t)cut + 4));
	}
}

/* Does WORD begin or end something that is no symbol? */
static bool is_block(struct str word)
{
	static const char *const words[] = {"choice", "endchoice", "comment", "menu",  "endmenu",
					    "source", "if",	   "endif",   "mainmenu"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

static void read_line(struct reading *r, struct str line)
{
	struct str rest = line, word;

	if (!str_word(&rest, &word) || word.p[0] == '#')
		return;
	if (r->help != SIZE_MAX && indentation(line) > r->help)
		return;
	r->help = SIZE_MAX;
	if (str_is(word, "config") || str_is(word, "menuconfig")) {
		r->now = NULL;
		if (r->in_choice)
			return;
		r->now = vec_push(r->mem, &r->config->symbols);
		*r->now = (struct config_symbol){.name = str_trim(rest)};
	} else if (str_is(word, "help") || str_is(word, "---help---")) {
		r->help = indentation(line);
	} else if (is_block(word)) {
		r->now = NULL;
		r->in_choice =
		    str_is(word, "choice") || (r->in_choice && !str_is(word, "endchoice"));
	} else if (!r->now) {
		return;
	} else if (str_is(word, "bool")) {
		r->now->is_bool = true;
	} else if (str_is(word, "default")) {
		read_default(r, rest);
	} else if (str_is(word, "depends") && str_word(&rest, &word)) {
		*vec_push(r->mem, &r->now->depends) = str_trim(rest);
	}
}

struct config *config_read(struct arena *mem, struct str text)
{
	struct reading r = {.mem = mem, .config = arena_make(mem, struct config), .help = SIZE_MAX};
	struct str line;

	while (str_split(&text, '\n', &line))
		read_line(&r, line);
	return r.config;
}

/* --- expressions: || && ! ( ) and names --- */

enum { NESTING_MOST = 100 };

struct expression {
	struct str rest;
	const struct map *on;
	unsigned depth;
};

static bool take(struct expression *e, struct str token)
{
	e->rest = str_trim(e->rest);
	if (!str_starts(e->rest, token))
		return false;
	e->rest = str_from(e->rest, token.n);
	return true;
}

static bool either(struct expression *e);

static bool operand(struct expression *e)
{
	size_t n = 0;
	struct str name;
	bool value;

	if (e->depth > NESTING_MOST)
		return false;
	e->depth++;
	if (take(e, S("!"))) {
		value = !operand(e);
		e->depth--;
		return value;
	}
	if (take(e, S("("))) {
		value = either(e);
		take(e, S(")"));
		e->depth--;
		return value;
	}
	e->depth--;
	while (n < e->rest.n && !strchr(" \t()&|!", e->rest.p[n]))
		n++;
	name = str_sub(e->rest, 0, n);
	e->rest = str_from(e->rest, n);
	return str_is(name, "y") || map_get(e->on, name);
}

static bool both(struct expression *e)
{
	bool value = operand(e);

	while (take(e, S("&&")))
		value = operand(e) && value;
	return value;
}

static bool either(struct expression *e)
{
	bool value = both(e);

	while (take(e, S("||")))
		value = both(e) || value;
	return value;
}

static bool holds(struct str text, const struct map *on)
{
	struct expression e = {text, on, 0};

	return !str_trim(text).n || either(&e);
}

/* --- defaults --- */

static bool is_on(const struct config_symbol *s, const struct map *on)
{
	for (size_t i = 0; i < s->depends.n; i++)
		if (!holds(s->depends.p[i], on))
			return false;
	for (size_t i = 0; i < s->defaults.n; i++)
		if (holds(s->defaults.p[i].condition, on))
			return holds(s->defaults.p[i].value, on);
	return false;
}

static void turn_on(struct map *on, struct str name)
{
	static const char yes = 'y';

	*map_at(on, name) = (void *)&yes;
}

/* NAME as configuration symbols spell it. */
static struct str symbol_part(struct arena *mem, struct str name)
{
	char *p = str_cz(mem, name);

	for (size_t i = 0; i < name.n; i++)
		if (strchr("-./", p[i]))
			p[i] = '_';
	return (struct str){p, name.n};
}

void config_defaults(const struct config *c, struct arena *mem, struct str board,
		     struct str subtarget, struct str features, struct strs *out)
{
	struct map *on = map_new(mem);
	struct str word, name;

	name = str_fmt(mem, "TARGET_%.*s", STR_ARG(symbol_part(mem, board)));
	turn_on(on, name);
	name = str_fmt(mem, "%.*s_%.*s", STR_ARG(name), STR_ARG(symbol_part(mem, subtarget)));
	turn_on(on, name);
	while (str_word(&features, &word))
		for (size_t i = 0; i < sizeof(selected) / sizeof(*selected); i++)
			if (str_is(word, selected[i].feature))
				turn_on(on, str_z(selected[i].symbol));
	for (size_t i = 0; i < c->symbols.n; i++) {
		const struct config_symbol *s = &c->symbols.p[i];

		if (!s->is_bool || !is_on(s, on))
			continue;
		turn_on(on, s->name);
		*vec_push(mem, out) = str_fmt(mem, "CONFIG_%.*s=y", STR_ARG(s->name));
	}
}
