/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk list --coverage: what the steps of a target's chains will need. */
#include "cli/coverage.h"

#include <ctype.h>
#include <sys/stat.h>

#include "base/path.h"
#include "blob/files.h"
#include "image/model.h"
#include "shell/foresee.h"

enum runs { RUNS_NATIVE, RUNS_UNKNOWN, RUNS_PROCESS, RUNS_SHELL, RUNS_UNDEFINED, RUNS_KINDS };

static const char *const run_names[RUNS_KINDS] = {"native", "unknown", "process", "shell",
						  "undefined"};

/* What a step needs. */
struct verdict {
	enum runs runs;
	/* the programs that are started; why it is the shell; values that name what is not known,
	 * and that a make starts something */
	struct strs needs;
	struct strs natives;	/* applets and firmware tools, make */
};

struct judge {
	struct arena *mem;
	struct files *files;
	struct str folder;	/* where the recipes run */
	struct map *steps;	/* a recipe's text -> struct verdict * */
	unsigned depth;		/* scripts in scripts */
};

enum { SCRIPTS_DEEP = 4, HEAD_MOST = 128 };

static void worse(struct verdict *v, enum runs runs, struct arena *mem, struct str need)
{
	if (runs > v->runs)
		v->runs = runs;
	if (need.n && !strs_have(&v->needs, need))
		*vec_push(mem, &v->needs) = need;
}

/* The interpreter that TEXT, a script, names: "python3"; empty: it is no script. */
static struct str interpreter(struct str text)
{
	ptrdiff_t end = str_chr(str_sub(text, 0, HEAD_MOST), '\n');
	struct str line = end < 0 ? S("")
				  : str_trim(str_sub(text, 2, (size_t)(end > 2 ? end - 2 : 0))),
		   word, name = S("");

	if (!str_starts(text, S("#!")))
		return S("");
	while (str_split(&line, ' ', &word)) {
		name = path_base(word);
		if (!str_is(name, "env") && !(word.n && word.p[0] == '-'))
			break;
	}
	return name;
}

static void judge_text(struct judge *j, enum shell_dialect dialect, struct str text,
		       struct str folder, struct verdict *v);

static void native(struct verdict *v, struct arena *mem, struct str name)
{
	if (!strs_have(&v->natives, name))
		*vec_push(mem, &v->natives) = name;
}

/* Is PATH this program, as $(MAKE) of a recipe is? */
static bool is_make(struct arena *mem, struct str path)
{
	struct stat self, st;

	return stat("/proc/self/exe", &self) == 0 && stat(str_cz(mem, path), &st) == 0 &&
	       st.st_dev == self.st_dev && st.st_ino == self.st_ino;
}

/* A file that a recipe calls, or (SHELL) gives to a shell. */
static void judge_file(struct judge *j, struct str name, bool shell, struct verdict *v)
{
	struct str path = path_clean(j->mem, path_join(j->mem, j->folder, name)), text, program;
	struct blob *b = NULL;
	enum shell_dialect dialect = SHELL_POSIX;

	if (is_make(j->mem, path)) {
		/* it runs in this process, its recipes only a run knows */
		native(v, j->mem, S("make"));
		worse(v, RUNS_UNKNOWN, j->mem, S("what make starts"));
		return;
	}
	if (j->depth >= SCRIPTS_DEEP || files_read(j->files, path, &b) != 0) {
		/* A host tool that is not built, or what an earlier step makes. */
		worse(v, RUNS_PROCESS, j->mem, path_base(name));
		return;
	}
	text = str_dup(j->mem, blob_flat(j->mem, b));
	program = interpreter(text);
	if (shell || shell_known(program, &dialect)) {
		j->depth++;
		judge_text(j, dialect, text, path_dir(path), v);
		j->depth--;
	} else if (!applet_of_script(j->mem, path_base(name), b)) {
		worse(v, RUNS_PROCESS, j->mem,
		      program.n ? str_fmt(j->mem, "%.*s (%.*s)", STR_ARG(path_base(name)),
					  STR_ARG(program))
				: path_base(name));
	}
	blob_unref(b);
}

/* The functions of what F's text sources, from FOLDER, where such files lie beside it. */
static void know_functions(struct judge *j, enum shell_dialect dialect, struct str folder,
			   struct foresight *f)
{
	struct foresight all = {0};
	struct blob *b;

	for (size_t i = 0; folder.n && i < f->sources.n; i++)
		if (files_read(j->files, path_join(j->mem, folder, f->sources.p[i]), &b) == 0) {
			shell_foresee(j->mem, dialect, str_dup(j->mem, blob_flat(j->mem, b)), &all);
			blob_unref(b);
		}
	for (size_t i = 0; i < all.functions.n; i++)
		*vec_push(j->mem, &f->functions) = all.functions.p[i];
}

/* FOLDER: where the script lies; empty: it is none. */
static void judge_text(struct judge *j, enum shell_dialect dialect, struct str text,
		       struct str folder, struct verdict *v)
{
	struct foresight f = {0};

	shell_foresee(j->mem, dialect, text, &f);
	know_functions(j, dialect, folder, &f);
	if (f.shell)
		worse(v, RUNS_SHELL, j->mem, str_z(f.shell));
	for (size_t i = 0; i < f.natives.n; i++)
		native(v, j->mem, f.natives.p[i]);
	for (size_t i = 0; i < f.values.n; i++)
		worse(v, RUNS_UNKNOWN, j->mem, f.values.p[i]);
	for (size_t i = 0; i < f.scripts.n; i++)
		judge_file(j, f.scripts.p[i], true, v);
	for (size_t i = 0; i < f.others.n; i++)
		if (strs_have(&f.functions, f.others.p[i]))
			continue;
		else if (str_chr(f.others.p[i], '/') >= 0)
			judge_file(j, f.others.p[i], false, v);
		else
			worse(v, RUNS_PROCESS, j->mem, f.others.p[i]);
}

/* The next line of a recipe, with those that a backslash joins to it. */
static bool recipe_line(struct str *rest, struct str *line)
{
	size_t at = 0;

	if (!rest->n)
		return false;
	while (at < rest->n && !(rest->p[at] == '\n' && !(at && rest->p[at - 1] == '\\')))
		at++;
	*line = str_sub(*rest, 0, at);
	*rest = str_from(*rest, at < rest->n ? at + 1 : at);
	return true;
}

/* How long the model's mark at P is, "<kernel>" or "<LINUX_VERSION>", which stand for values; 0:
 * there is none. */
static size_t mark_at(struct str s, size_t p)
{
	size_t n = 1;

	while (s.p[p] == '<' && p + n < s.n &&
	       (isalpha((unsigned char)s.p[p + n]) || s.p[p + n] == '_'))
		n++;
	return n > 1 && p + n < s.n && s.p[p + n] == '>' ? n + 1 : 0;
}

static struct str without_marks(struct arena *mem, struct str line)
{
	struct buf b = buf_new(mem);

	for (size_t i = 0; i < line.n; i++) {
		size_t n = mark_at(line, i);

		if (!n) {
			buf_char(&b, line.p[i]);
			continue;
		}
		buf_str(&b, str_sub(line, i + 1, n - 2));
		i += n - 1;
	}
	return buf_view(&b);
}

static const struct verdict *judge_step(struct judge *j, const struct chain_step *s)
{
	struct str rest = s->recipe, line,
		   key = s->defined ? s->recipe : str_cat(j->mem, S("?"), s->command);
	void **slot = map_at(j->steps, key);
	struct verdict *v = *slot;

	if (v)
		return v;
	*slot = v = arena_make(j->mem, struct verdict);
	if (!s->defined)
		worse(v, RUNS_UNDEFINED, j->mem,
		      s->command.n ? str_cat(j->mem, S("no Build/"), s->command) : S("nothing"));
	while (recipe_line(&rest, &line)) {
		line = str_trim(line);
		while (line.n && strchr("@-+ \t", line.p[0]))
			line = str_from(line, 1);
		if (line.n)
			judge_text(j, SHELL_BASH, without_marks(j->mem, line), S(""), v);
	}
	return v;
}

static struct judge judge_new(const struct target *t)
{
	struct files_options options = {.umask = 022};
	struct arena *mem = arena_new();

	return (struct judge){mem, files_new(&options), path_join(mem, t->folder, S("image")),
			      map_new(mem), 0};
}

static void judge_free(struct judge *j)
{
	files_free(j->files);
	arena_free(j->mem);
}

struct judge *coverage_judge(const struct target *t)
{
	struct judge j = judge_new(t), *kept = arena_make(j.mem, struct judge);

	*kept = j;
	return kept;
}

void coverage_judge_free(struct judge *j)
{
	judge_free(j);
}

struct step_runs coverage_runs(void *ctx, const struct chain_step *s)
{
	const struct verdict *v = judge_step(ctx, s);

	return (struct step_runs){run_names[v->runs], &v->natives, &v->needs};
}

static const struct device *device_of(const struct target *t, struct str id)
{
	for (size_t i = 0; i < t->devices.n; i++)
		if (str_eq(t->devices.p[i].id, id))
			return &t->devices.p[i];
	return NULL;
}

static bool shown(const struct target *t, const struct device_model *d, const struct strs *ids)
{
	const struct device *listed = device_of(t, d->id);

	return listed && target_shows(listed, ids);
}

static struct str chain_name(const struct chain *c)
{
	static const char *const kinds[] = {"kernel", "initramfs", "", "", "compile"};

	return c->image.n ? c->image : str_z(kinds[c->kind]);
}

static struct str needs_text(struct arena *mem, const struct verdict *v)
{
	struct buf b = buf_new(mem);

	for (size_t i = 0; i < v->needs.n; i++)
		buf_fmt(&b, "%s%.*s", i ? ", " : "", STR_ARG(v->needs.p[i]));
	return buf_view(&b);
}

/* --- the table --- */

/* One line for each step of D that is not native, each once. */
static void put_device(struct judge *j, const struct device_model *d, size_t *counts,
		       struct buf *out)
{
	struct map *said = map_new(j->mem);
	struct buf lines = buf_new(j->mem);
	size_t n[RUNS_KINDS] = {0}, all = 0;
	enum runs worst = RUNS_NATIVE;

	for (size_t i = 0; i < d->chains.n; i++)
		for (size_t k = 0; k < d->chains.p[i].steps.n; k++) {
			const struct chain_step *s = &d->chains.p[i].steps.p[k];
			const struct verdict *v = judge_step(j, s);
			struct str line;

			all++;
			n[v->runs]++;
			worst = v->runs > worst ? v->runs : worst;
			line = str_fmt(j->mem, "      %s: %.*s: %.*s (%.*s)\n", run_names[v->runs],
				       STR_ARG(chain_name(&d->chains.p[i])), STR_ARG(s->command),
				       STR_ARG(needs_text(j->mem, v)));
			if (v->runs == RUNS_NATIVE || *map_at(said, line))
				continue;
			*map_at(said, line) = said;
			buf_str(&lines, line);
		}
	counts[worst]++;
	buf_fmt(out, "  %.*s: ", STR_ARG(d->id));
	buf_count(out, all, "step");
	for (size_t i = 0; i < RUNS_KINDS; i++)
		if (n[i] && n[i] == all)
			buf_fmt(out, ", all %s", run_names[i]);
		else if (n[i])
			buf_fmt(out, ", %zu %s", n[i], run_names[i]);
	buf_char(out, '\n');
	buf_str(out, buf_view(&lines));
}

void coverage_text(const struct target *t, const struct strs *ids, bool colour, struct buf *out)
{
	struct judge j = judge_new(t);
	struct buf devices = buf_new(j.mem);
	size_t counts[RUNS_KINDS] = {0}, n = 0;

	for (size_t i = 0; t->model && i < t->model->devices.n; i++)
		if (shown(t, t->model->devices.p[i], ids)) {
			put_device(&j, t->model->devices.p[i], counts, &devices);
			n++;
		}
	buf_fmt(out, "%s%.*s%s  ", colour ? "\033[1m" : "", STR_ARG(t->name),
		colour ? "\033[0m" : "");
	buf_count(out, n, "device");
	for (size_t i = 0; i < RUNS_KINDS; i++)
		if (counts[i])
			buf_fmt(out, ", %zu %s%s", counts[i], i ? "with steps that are " : "all ",
				run_names[i]);
	buf_z(out, t->failed ? "; could not be read to its end\n" : "\n");
	buf_str(out, buf_view(&devices));
	judge_free(&j);
}

/* --- JSON --- */

static void json_names(const struct strs *names, struct buf *out)
{
	buf_char(out, '[');
	for (size_t i = 0; i < names->n; i++) {
		buf_z(out, i ? ", " : "");
		json_string(out, names->p[i]);
	}
	buf_char(out, ']');
}

static void json_step(struct judge *j, const struct chain_step *s, struct buf *out)
{
	const struct verdict *v = judge_step(j, s);

	buf_z(out, "{\"command\": ");
	json_string(out, s->command);
	buf_fmt(out, ", \"runs\": \"%s\", \"needs\": ", run_names[v->runs]);
	json_names(&v->needs, out);
	buf_z(out, ", \"tools\": ");
	json_names(&v->natives, out);
	buf_char(out, '}');
}

static void json_device(struct judge *j, const struct device_model *d, struct buf *out)
{
	buf_z(out, "        {\"id\": ");
	json_string(out, d->id);
	buf_z(out, ", \"chains\": [");
	for (size_t i = 0; i < d->chains.n; i++) {
		const struct chain *c = &d->chains.p[i];

		buf_fmt(out, "%s\n          {\"name\": ", i ? "," : "");
		json_string(out, chain_name(c));
		buf_z(out, ", \"filesystem\": ");
		json_string(out, c->filesystem);
		buf_z(out, ", \"steps\": [");
		for (size_t k = 0; k < c->steps.n; k++) {
			buf_z(out, k ? ", " : "");
			json_step(j, &c->steps.p[k], out);
		}
		buf_z(out, "]}");
	}
	buf_z(out, "]}");
}

void coverage_json(const struct target *t, const struct strs *ids, struct buf *out)
{
	struct judge j = judge_new(t);
	bool any = false;

	buf_z(out, "    {\n      \"target\": ");
	json_string(out, t->name);
	buf_fmt(out, ",\n      \"failed\": %s,\n      \"devices\": [",
		t->failed ? "true" : "false");
	for (size_t i = 0; t->model && i < t->model->devices.n; i++)
		if (shown(t, t->model->devices.p[i], ids)) {
			buf_z(out, any ? ",\n" : "\n");
			json_device(&j, t->model->devices.p[i], out);
			any = true;
		}
	buf_z(out, any ? "\n      ]\n    }" : "]\n    }");
	judge_free(&j);
}
