/* SPDX-License-Identifier: GPL-2.0-only */
/* Makefiles on the disk: finding, loading, reading them. */
#include "make/job.h"
#include "make/options.h"
#include "make/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

/* Drop the CR of each CR LF. */
static void drop_returns(struct str *text)
{
	char *to = (char *)text->p;

	for (size_t i = 0; i < text->n; i++)
		if (text->p[i] != '\r' || i + 1 >= text->n || text->p[i + 1] != '\n')
			*to++ = text->p[i];
	text->n = (size_t)(to - text->p);
}

/* GNU make's buffer for a line, as far as it shows: a NUL hides what was read with it. */
struct line_buffer {
	size_t size, used;
};

/* The first bytes of TEXT that GNU make would read into B at once. */
static struct str read_at_once(const struct line_buffer *b, struct str text)
{
	size_t room = b->size - b->used - 1, n = text.n < room ? text.n : room;
	ptrdiff_t nl = str_chr(str_sub(text, 0, n), '\n');

	return str_sub(text, 0, nl < 0 ? n : (size_t)nl + 1);
}

/* The N bytes that end at TO are B's newest. Are they the end of a line? */
static bool line_ends(struct line_buffer *b, const char *to, size_t n)
{
	enum { ROOM_LEAST = 80 };
	size_t slashes = 0;

	b->used += n;
	if (to[-1] == '\n')
		while (slashes + 1 < b->used && to[-2 - (ptrdiff_t)slashes] == '\\')
			slashes++;
	if (to[-1] == '\n' && slashes % 2 == 0) {
		b->used = 0;
		return true;
	}
	if (to[-1] != '\n' || b->size - b->used < ROOM_LEAST)
		b->size *= 2;
	return false;
}

/*
 * A NUL swallows what GNU make's fgets() read behind it: the rest of its line and the newline, or
 * as much as there was room for. One that comes first there ends the line: that is to be said, by
 * the number of the first of all lines that are one.
 */
static void drop_nuls(struct make *mk, struct source *src)
{
	enum { BUFFER = 200 };
	struct line_buffer b = {.size = BUFFER};
	struct str *text = &src->text, rest = *text, chunk;
	char *to = (char *)text->p;
	unsigned line = 1, first = 1;

	for (; rest.n; rest = str_from(rest, chunk.n)) {
		bool hidden;
		size_t n;

		chunk = read_at_once(&b, rest);
		n = strnlen(chunk.p, chunk.n);
		hidden = n == 0;
		if (hidden) {
			*vec_push(mk->mem, &src->nuls) =
			    (struct nul_line){(size_t)(to - text->p), first};
			*to = '\n';
			n = 1;
		} else {
			memmove(to, chunk.p, n);
		}
		to += n;
		line += to[-1] == '\n';
		if (line_ends(&b, to, n))
			first = line;
		else if (hidden && chunk.n == rest.n && chunk.n > 1 && chunk.p[1])
			chunk.n = 1; /* nothing more comes to be read over what it hid */
	}
	text->n = (size_t)(to - text->p);
}

void source_say_nuls(struct make *mk, struct source *src, size_t to, unsigned line)
{
	for (; src->nuls_said < src->nuls.n; src->nuls_said++) {
		const struct nul_line *nul = &src->nuls.p[src->nuls_said];

		if (nul->at >= to)
			return;
		make_error(mk, (struct place){src->at.file, line ? line : nul->line},
			   "warning: NUL character seen; rest of line ignored");
	}
}

/* What FD holds, in MEM; false with errno. */
static bool load(struct make *mk, struct arena *mem, int fd, struct str name, struct source *src)
{
	struct str *text = &src->text;
	struct buf b = buf_new(mem);
	struct stat st;
	size_t most;

	if (fstat(fd, &st) != 0)
		return false;
	most = st.st_size > 0 ? (size_t)st.st_size + 1 : 65536;
	for (;;) {
		ssize_t n = read(fd, buf_room(&b, most), most);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		b.n += (size_t)n;
	}
	*text = buf_view(&b);
	if (str_starts(*text, S("\xEF\xBB\xBF"))) {
		make_debug(mk, DEBUG_BASIC, 0, "Skipping UTF-8 BOM in makefile '%.*s'\n",
			   STR_ARG(name));
		*text = str_from(*text, 3);
	}
	if (text->n && memchr(text->p, '\r', text->n))
		drop_returns(text);
	if (text->n && memchr(text->p, '\0', text->n))
		drop_nuls(mk, src);
	return true;
}

/* Open the makefile PATH; -1 with errno. */
static int open_one(struct make *mk, struct str path)
{
	int error = name_forbidden(mk, MAKE_READS_MAKEFILE, path);

	if (!error)
		return open(path.p, O_RDONLY | O_CLOEXEC);
	errno = error;
	return -1;
}

/*
 * Open NAME, along the include folders too; *NAME becomes what was found. -1 with NAME's own errno.
 */
static int open_makefile(struct make *mk, struct str *name, unsigned flags)
{
	struct arena *mem = mk->lang->scratch;
	int fd = open_one(mk, names_at(mk, mem, *name)), error = errno;

	if (fd >= 0 || error != ENOENT || !(flags & READ_SEARCH) ||
	    (name->n && name->p[0] == '/')) {
		errno = error;
		return fd;
	}
	for (size_t i = 0; i < mk->include_dirs.n; i++) {
		struct str there =
		    str_fmt(mem, "%.*s/%.*s", STR_ARG(mk->include_dirs.p[i]), STR_ARG(*name));

		fd = open_one(mk, names_at(mk, mem, there));
		if (fd >= 0) {
			*name = there;
			return fd;
		}
	}
	errno = error;
	return -1;
}

static void add_to_list(struct make *mk, struct str name)
{
	struct definition d = {.value = text_plain(name),
			       .kind = ASSIGN_NONE,
			       .origin = ORIGIN_FILE,
			       .at = {name, 1},
			       .stable = true};

	var_do(mk, mk->globals, symbol_of(mk, S("MAKEFILE_LIST")), &d);
}

/* How evaluation got to an included file. */
static const struct trail *include_trail(struct make *mk, struct str name, struct make_span at)
{
	struct spot spot = make_span_spot(&at, 0);
	struct trail_step *step;
	struct trail *t;

	if (!at.in)
		return NULL;
	step = arena_alloc(mk->mem, sizeof(*step));
	*step = (struct trail_step){
	    .verb = TRAIL_INCLUDE,
	    .what = memcpy(arena_alloc(mk->mem, sizeof(name)), &name, sizeof(name)),
	    .in = spot.in,
	    .off = (uint32_t)spot.off};
	t = arena_alloc(mk->mem, sizeof(*t));
	*t = (struct trail){at.trail, step};
	return t;
}

static const struct text_file *text_file(struct make *mk, struct str name, struct str text)
{
	struct text_file *f = arena_make(mk->mem, struct text_file);

	*f = (struct text_file){.name = name, .text = text, .line = 1};
	if (mk->lang->spans)
		text_file_mark(f, mk->mem);
	return f;
}

/*
 * Would a later change show in the file's times? The clock that stamps files moves in ticks; a file
 * that was written in this one can be written again without a trace.
 */
static bool settled(const struct stat *st)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec - st->st_ctim.tv_sec > 1 ||
	       (now.tv_sec - st->st_ctim.tv_sec) * 1000 +
		       (now.tv_nsec - st->st_ctim.tv_nsec) / 1000000 >
		   50;
}

/* FD's text into SRC, as a script when more evaluations will want it. NAME: as written; FOUND:
 * where it is. */
static bool load_source(struct make *mk, int fd, struct str name, struct str found,
			struct source *src)
{
	struct make_program *p = mk->lang->program;
	struct str path = names_at(mk, mk->lang->scratch, found);
	struct stat st;
	bool keeps = p->keeps_files && program_reads_again(mk, path) && fstat(fd, &st) == 0 &&
		     S_ISREG(st.st_mode) && settled(&st);

	src->at = (struct place){name, 1};
	src->file = NULL;
	if (keeps)
		src->script = program_script(mk, name, path, &st);
	if (!src->script) {
		if (!load(mk, keeps ? p->mem : mk->mem, fd, name, src))
			return false;
		if (src->text.n >= MAKE_SPAN_FIXED)
			mk->lang->spans = false;
		if (!keeps || src->nuls.n) {
			src->file = text_file(mk, name, src->text);
			return true;
		}
		src->script = program_add_script(mk, name, path, &st, src->text);
	}
	src->text = src->script->file.text;
	src->at.file = src->script->file.name;
	src->file = &src->script->file;
	return true;
}

/* NAME was read by an earlier evaluation and is as it was: no need to open it. */
static struct script *known_script(struct make *mk, struct str name)
{
	struct str path;
	struct stat st;

	if (!mk->lang->program->keeps_files)
		return NULL;
	path = names_at(mk, mk->lang->scratch, name);
	if (!program_has_script(mk, path))
		return NULL;
	name_counts(mk, path, MAKE_LOOKS_BYTES);
	if (stat(path.p, &st) != 0)
		return NULL;
	return program_script(mk, name, path, &st);
}

static void read_script(struct make *mk, struct script *script, unsigned flags, struct place at,
			const struct make_span *from)
{
	const struct text_file *file = &script->file;
	struct source src = {.is_file = true,
			     .script = script,
			     .file = file,
			     .text = file->text,
			     .at = {file->name, 1}};

	rules_makefile(mk, file->name, flags, 0, at);
	add_to_list(mk, file->name);
	src.trail = from ? include_trail(mk, file->name, *from) : NULL;
	read_source(mk, &src, flags);
}

/* GNU make has the makefiles open that it is within, besides what it was started with, and for -O
 * what output goes to. Our own files are closed by exec. */
static unsigned most_open(struct make *mk)
{
	enum { LISTED = 64 }; /* descriptors from here on are not in the table */
	struct rlimit most;
	size_t n = mk->setup->fds.n;

	if (mk->o->sync != SYNC_NONE)
		n += output_combined(mk) ? 1 : 2;
	if (getrlimit(RLIMIT_NOFILE, &most) != 0 || most.rlim_cur > UINT_MAX)
		return UINT_MAX;
	for (int fd = LISTED; fd < (int)most.rlim_cur && fd < FD_SETSIZE; fd++) {
		int flags = fcntl(fd, F_GETFD);

		n += flags >= 0 && !(flags & FD_CLOEXEC);
	}
	return most.rlim_cur > n ? (unsigned)(most.rlim_cur - n) : 1;
}

/* One makefile more, in those that are being read; as GNU make fails where it includes itself. */
static void enter_makefile(struct make *mk, struct place at)
{
	enum { FEW = 64 };

	if (mk->lang->within > FEW && !mk->lang->within_most)
		mk->lang->within_most = most_open(mk);
	if (mk->lang->within_most && mk->lang->within >= mk->lang->within_most)
		make_fatal(mk, at, "%s", strerror(EMFILE));
	mk->lang->within++;
}

/* The include directive has expanded a ~ already. MAKEFILES is read alike, but for that. */
static bool from_include(unsigned flags, struct place at)
{
	return (flags & READ_SEARCH) && at.file.n;
}

static void read_named(struct make *mk, struct str name, unsigned flags, struct place at,
		       const struct make_span *from)
{
	struct source src = {.is_file = true};
	struct str found = /* messages name the file as it is written */
	    from_include(flags, at) ? name : names_tilde(mk, mk->lang->scratch, name);
	struct script *known = found.p == name.p ? known_script(mk, name) : NULL;
	bool good;
	int fd;

	if (known) {
		mk->lang->program->spared++;
		read_script(mk, known, flags, at, from);
		return;
	}
	name = str_dup(mk->mem, name);
	fd = open_makefile(mk, &found, flags);
	found = str_eq(found, name) ? name : str_dup(mk->mem, found);
	if (fd < 0) {
		int error = errno;

		if (error == EMFILE || error == ENFILE || error == ENOMEM)
			make_fatal(mk, at, "%s", strerror(error));
		rules_makefile(mk, found, flags, error, at);
		return;
	}
	rules_makefile(mk, found, flags, 0, at);
	add_to_list(mk, found);
	good = load_source(mk, fd, name, found, &src);
	close(fd);
	if (!good)
		make_fatal(mk, (struct place){0}, "%.*s: %s", STR_ARG(name), strerror(errno));
	src.trail = from ? include_trail(mk, name, *from) : NULL;
	read_source(mk, &src, flags);
}

/* By the name as it is written: it was not looked for yet. */
static void say_reading(struct make *mk, struct str name, unsigned flags, struct place at)
{
	make_debug(mk, DEBUG_VERBOSE, 0, "Reading makefile '%.*s'%s%s%s%s...\n", STR_ARG(name),
		   flags & READ_DEFAULT ? " (no default goal)" : "",
		   flags & READ_SEARCH ? " (search path)" : "",
		   flags & READ_NO_ERROR ? " (don't care)" : "",
		   from_include(flags, at) ? " (no ~ expansion)" : "");
}

void read_makefile(struct make *mk, struct str name, unsigned flags, struct place at,
		   const struct make_span *from)
{
	say_reading(mk, name, flags, at);
	enter_makefile(mk, at);
	read_named(mk, name, flags, at, from);
	mk->lang->within--;
}
