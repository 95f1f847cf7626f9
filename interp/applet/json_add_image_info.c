/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json_add_image_info: writes the JSON facts of one image, taken from the environment, byte for
 * byte as OpenWrt's scripts/json_add_image_info.py, which says what each variable is. Stands for
 * the generations of that script whose text it knows; under its plain name it is the latest. Where
 * the script would stop with a Python error, or where Python may read text in another way, it
 * declines.
 */
#include <stdlib.h>

#include "applet/json_text.h"
#include "digest/digest.h"

static const char help[] =
    "json_add_image_info FILE: write the facts about an image as JSON\n"
    "  from FILE_DIR FILE_NAME FILE_TYPE FILE_FILESYSTEM DEVICE_ID DEVICE_TITLE\n"
    "  DEVICE_VENDOR ... TARGET SUBTARGET VERSION_CODE VERSION_NUMBER IMAGE_SIZE ...\n"
    "  --as SHA256 FILE: as the script with that text does\n"
    "  also scripts/json_add_image_info.py of a tree, in the generations that are known\n";

/* The variables that hold what all generations write. */
struct names {
	const char *folder, *file, *type, *filesystem, *prefix;
	const char *skipped; /* what a missing file is called */
};

static const struct names image_names = {"BIN_DIR",	     "IMAGE_NAME",   "IMAGE_TYPE",
					 "IMAGE_FILESYSTEM", "IMAGE_PREFIX", "image "};
static const struct names device_names = {"BIN_DIR",	      "DEVICE_IMG_NAME",   "IMAGE_TYPE",
					  "IMAGE_FILESYSTEM", "DEVICE_IMG_PREFIX", "image "};
static const struct names bin_names = {"BIN_DIR", "FILE_NAME", "FILE_TYPE", "FILE_FILESYSTEM",
				       "DEVICE_IMG_PREFIX", "file"};
static const struct names file_names = {"FILE_DIR", "FILE_NAME", "FILE_TYPE", "FILE_FILESYSTEM",
					"DEVICE_IMG_PREFIX", "file"};

enum {
	PACKAGES = 1,	  /* device_packages */
	/* always there, between type and name, null when unset; else at the end, when set */
	FILESYSTEM = 2,
	FILESYSTEM_IF = 4,
	EPOCH = 8,	  /* source_date_epoch, as text */
	EPOCH_WHOLE = 16, /* as a number */
	UNSIGNED = 32,	  /* sha256_unsigned, from FILE.sha256sum if that is there */
	SIZE = 64,	  /* size and file_size_limits */
};

static const struct generation {
	const char *sha256; /* of the script's text */
	const struct names *names;
	unsigned titles;    /* how many sets of vendor, model, variant; 0: only the title */
	unsigned facts;
} generations[] = {
    /* 2020, on the way to 21.02; some forks brought these into 19.07, where devices have a title
       only */
    {"5c63ad68184b9f30085b3bd17570923c482b86c6c7adf4d03b6cdc811892f985", &image_names, 0, 0},
    {"7584ab547feadaea9f0c827d34283e2832f76eea231e2b266e52903046f5085e", &image_names, 4, 0},
    {"66ee4c381310f8a1f1649fcca93669c36586498e1913b77ea90382df0dac0241", &image_names, 0, PACKAGES},
    {"591fea2be446bcb45f6fe2d62c32d5e8ade635caa3f24ec90d68f0c9271354ae", &image_names, 4, PACKAGES},
    {"d2e1c6553f270487fe0c374b4055d213c0a663e5b10f1784fd2e8fe194d18ddd", &image_names, 0,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM},
    {"871c6f0de91083257458559c03f34e2948fd7b24b0cdb3c08b9475b3df692eaa", &image_names, 4,
     PACKAGES | EPOCH},
    {"7be052b6329b70bd7489c6efb11bda1116cbe32d72806f7a25cb9ac68a6e49f5", &image_names, 0,
     PACKAGES | FILESYSTEM},
    /* 21.02 */
    {"82b70612a78cd82e8df9ef6ff24fd26bad1a41450e11a5dc22071d6db18145b3", &image_names, 4,
     PACKAGES | EPOCH | FILESYSTEM},
    {"db2da35f7b03b2d303a40e974887c83789a0e16f62760eff7bc0f63c73ba0064", &device_names, 4,
     PACKAGES | EPOCH | FILESYSTEM},
    {"4a9b84e50de8c21ee1a202b70772528ec0abc99bbceabf099ef4371bc4a7adf7", &bin_names, 4,
     PACKAGES | EPOCH | FILESYSTEM_IF},
    /* 22.03 */
    {"0ee492ec7ecdb8db2c645a34abf997aa307daec664922d6960498c9461532be9", &bin_names, 4,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM_IF},
    {"9bb8918bac09421a1ed6d4ad01c187104d9b70433597fd248dde9dd3cfe8289d", &file_names, 4,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM_IF | UNSIGNED},
    {"135624671172df22cc0b2ab0612400ed83cb2f56ae98baa662f59226b1f7b8f7", &file_names, 4,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM_IF | UNSIGNED},
    /* 23.05 */
    {"ad62e029ceb2e7aacf7df1ee288ed217cda1a620abfa96a7aabb7203213630a1", &file_names, 6,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM_IF | UNSIGNED},
    {"7b84a36cc286c8fed83d9390c2d35f1ec9afdc521b5d2bc557c619c05bdf678b", &file_names, 6,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM_IF | UNSIGNED},
    {"14596d410273ecbf9b619de598c5e0449e1e2b38bc2ec806acfd50d55f259b62", &file_names, 7,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM_IF | UNSIGNED},
    /* 24.10 */
    {"d2ee5da38c0b8960944b07e16743ab5fdd1f3f11ceeb9da8ccaf963179630552", &file_names, 7,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM_IF | UNSIGNED},
    /* main since the end of 2023 */
    {"e1eaeebee4f3d3b9326959b5a8a68c30650ee8980e820e6a978f10147fdc0d82", &file_names, 7,
     PACKAGES | EPOCH_WHOLE | FILESYSTEM_IF | UNSIGNED | SIZE},
};

enum { GENERATIONS = sizeof(generations) / sizeof(*generations) };

struct facts {
	struct applet_cx *cx;
	const struct generation *is;
	bool script;		/* Python is to be stood for, not only written as */
	struct str path;	/* the image, as Python shows it */
	struct str hash, unsigned_hash;
	uint64_t size, epoch;
	struct buf out;
};

static const struct generation *generation_of(struct str sha256)
{
	for (size_t i = 0; i < GENERATIONS; i++)
		if (str_is(sha256, generations[i].sha256))
			return &generations[i];
	return NULL;
}

static bool stands_for(struct str sha256)
{
	return generation_of(sha256) != NULL;
}

static struct str variable(const struct facts *f, const char *name)
{
	return env_get(f->cx->env, str_z(name));
}

static bool has(const struct facts *f, unsigned fact)
{
	return (f->is->facts & fact) != 0;
}

/* --- writing --- */

static void put_key(struct facts *f, const char *key)
{
	char last = f->out.n ? f->out.p[f->out.n - 1] : '{';

	if (last != '{' && last != '[')
		buf_char(&f->out, ',');
	buf_fmt(&f->out, "\"%s\":", key);
}

static void put(struct facts *f, const char *key, struct str value)
{
	put_key(f, key);
	json_put_string(&f->out, value);
}

static void put_number(struct facts *f, const char *key, uint64_t value)
{
	put_key(f, key);
	buf_fmt(&f->out, "%llu", (unsigned long long)value);
}

static void put_words(struct facts *f, const char *key, struct str text)
{
	struct str word;
	const char *gap = "";

	put_key(f, key);
	buf_char(&f->out, '[');
	while (str_word(&text, &word)) {
		buf_z(&f->out, gap);
		json_put_string(&f->out, word);
		gap = ",";
	}
	buf_char(&f->out, ']');
}

/* One of "vendor", "model", "variant" of set I: the device's own, then ALT0 and so on. */
static struct str part_of_title(struct facts *f, unsigned i, const char *part)
{
	struct str name = i ? str_fmt(f->cx->mem, "DEVICE_ALT%u_%s", i - 1, part)
			    : str_fmt(f->cx->mem, "DEVICE_%s", part);

	return variable(f, name.p);
}

static void put_titles(struct facts *f)
{
	static const char *const keys[] = {"vendor", "model", "variant"};
	static const char *const names[] = {"VENDOR", "MODEL", "VARIANT"};
	bool any = false;

	put_key(f, "titles");
	buf_char(&f->out, '[');
	for (unsigned i = 0; i < f->is->titles; i++) {
		bool open = false;

		for (size_t k = 0; k < 3; k++) {
			struct str v = part_of_title(f, i, names[k]);

			if (v.n == 0)
				continue;
			if (!open)
				buf_z(&f->out, any ? ",{" : "{");
			open = any = true;
			put(f, keys[k], v);
		}
		if (open)
			buf_char(&f->out, '}');
	}
	if (!any) {
		buf_char(&f->out, '{');
		put(f, "title", variable(f, "DEVICE_TITLE"));
		buf_char(&f->out, '}');
	}
	buf_char(&f->out, ']');
}

/* A size with g, m or k; false when it is none. */
static bool size_of(struct str text, uint64_t *out)
{
	unsigned shift = str_ends(text, S("g")) ? 30 : str_ends(text, S("m")) ? 20
			 : str_ends(text, S("k")) ? 10 : 0;

	if (shift)
		text.n--;
	if (!str_number(text, 10, out) || *out >> 33)
		return false;
	*out <<= shift;
	return true;
}

static void put_limits(struct facts *f)
{
	uint64_t n;

	if (variable(f, "IMAGE_SIZE").n == 0 && variable(f, "KERNEL_SIZE").n == 0)
		return;
	put_key(f, "file_size_limits");
	buf_char(&f->out, '{');
	if (size_of(variable(f, "IMAGE_SIZE"), &n))
		put_number(f, "image", n);
	if (size_of(variable(f, "KERNEL_SIZE"), &n))
		put_number(f, "kernel", n);
	buf_char(&f->out, '}');
}

static void put_image(struct facts *f)
{
	struct str filesystem = variable(f, f->is->names->filesystem);

	put_key(f, "images");
	buf_z(&f->out, "[{");
	put(f, "type", variable(f, f->is->names->type));
	if (has(f, FILESYSTEM))
		put(f, "filesystem", filesystem);
	put(f, "name", variable(f, f->is->names->file));
	put(f, "sha256", f->hash);
	if (has(f, UNSIGNED))
		put(f, "sha256_unsigned", f->unsigned_hash);
	if (has(f, SIZE))
		put_number(f, "size", f->size);
	if (has(f, FILESYSTEM_IF) && filesystem.n)
		put(f, "filesystem", filesystem);
	buf_z(&f->out, "}]");
}

static void put_all(struct facts *f)
{
	struct str target = variable(f, "TARGET"), sub = variable(f, "SUBTARGET");

	buf_z(&f->out, "{\"metadata_version\":1");
	put(f, "target", str_fmt(f->cx->mem, "%.*s/%.*s", STR_ARG(target.p ? target : S("None")),
				 STR_ARG(sub.p ? sub : S("None"))));
	put(f, "version_code", variable(f, "VERSION_CODE"));
	put(f, "version_number", variable(f, "VERSION_NUMBER"));
	if (has(f, EPOCH))
		put(f, "source_date_epoch", variable(f, "SOURCE_DATE_EPOCH"));
	if (has(f, EPOCH_WHOLE))
		put_number(f, "source_date_epoch", f->epoch);
	put_key(f, "profiles");
	buf_char(&f->out, '{');
	json_put_string(&f->out, variable(f, "DEVICE_ID"));
	buf_z(&f->out, ":{");
	put(f, "image_prefix", variable(f, f->is->names->prefix));
	put_image(f);
	if (has(f, PACKAGES))
		put_words(f, "device_packages", variable(f, "DEVICE_PACKAGES"));
	put_words(f, "supported_devices", variable(f, "SUPPORTED_DEVICES"));
	put_titles(f);
	if (has(f, SIZE))
		put_limits(f);
	buf_z(&f->out, "}}}");
}

/* --- reading --- */

/* PATH as Python's Path shows it: without empty and "." parts. */
static struct str shown(struct arena *mem, struct str path)
{
	struct buf b = buf_new(mem);
	struct str part;

	if (str_starts(path, S("/")))
		buf_char(&b, '/');
	while (str_split(&path, '/', &part)) {
		if (part.n == 0 || str_is(part, "."))
			continue;
		if (b.n && b.p[b.n - 1] != '/')
			buf_char(&b, '/');
		buf_str(&b, part);
	}
	return b.n ? buf_view(&b) : S(".");
}

/* The sum in FILE.sha256sum, or HASH where there is none; false when it is no such plain text. */
static bool read_unsigned(struct facts *f)
{
	struct str path = applet_path(f->cx, str_cat(f->cx->mem, f->path, S(".sha256sum")));
	struct files_stat st;
	struct blob *b = NULL;

	f->unsigned_hash = f->hash;
	if (files_stat(f->cx->files, path, &st) != 0)
		return true;
	if (files_read(f->cx->files, path, &b) != 0)
		return false;
	f->unsigned_hash = str_trim(str_dup(f->cx->mem, blob_flat(f->cx->mem, b)));
	blob_unref(b);
	return json_plain(f->unsigned_hash);
}

static bool read_image(struct facts *f)
{
	struct blob *b = NULL;

	if (files_read(f->cx->files, applet_path(f->cx, f->path), &b) != 0)
		return false;
	f->hash = digest_hex(f->cx->mem, &digest_sha256, b);
	f->size = blob_size(b);
	blob_unref(b);
	return !has(f, UNSIGNED) || read_unsigned(f);
}

static bool size_is_good(struct facts *f, const char *name)
{
	uint64_t n;

	return variable(f, name).n == 0 || size_of(variable(f, name), &n);
}

/* Is the environment such that the script would write a file, and we the same? */
static bool is_good(struct facts *f)
{
	struct str packages = variable(f, "DEVICE_PACKAGES"),
		   supported = variable(f, "SUPPORTED_DEVICES");

	if (has(f, PACKAGES) && (!packages.p || !json_plain(packages)))
		return false;
	if (has(f, EPOCH_WHOLE) && !str_number(variable(f, "SOURCE_DATE_EPOCH"), 10, &f->epoch))
		return false;
	if (has(f, SIZE) && (!size_is_good(f, "IMAGE_SIZE") || !size_is_good(f, "KERNEL_SIZE")))
		return false;
	return supported.p && json_plain(supported) && variable(f, "DEVICE_ID").p;
}

/* Can Python's Path only mean FOLDER/FILE by these two? Sets f->path. */
static bool find_image(struct facts *f)
{
	struct str folder = variable(f, f->is->names->folder),
		   file = variable(f, f->is->names->file);

	if (!folder.p || !file.p || str_starts(folder, S("//")) || str_starts(file, S("//")))
		return false;
	f->path = shown(f->cx->mem, path_join(f->cx->mem, folder, file));
	return true;
}

static bool write_facts(struct facts *f)
{
	struct blob *b = blob_copy(f->out.p, f->out.n);
	bool good = applet_write(f->cx, f->cx->argv[1], b);

	blob_unref(b);
	return good;
}

static int run_generation(struct applet_cx *cx, const struct generation *is, bool script)
{
	struct facts f = {.cx = cx, .is = is, .script = script, .out = buf_new(cx->mem)};
	struct files_stat st;
	int err;

	if (cx->argc != 2) {
		applet_out(cx, S("ERROR: JSON info script requires output arg\n"));
		return 1;
	}
	if (!cx->argv[1].n || str_is(cx->argv[1], "-") || !find_image(&f))
		return applet_decline(cx);
	err = files_stat(cx->files, applet_path(cx, f.path), &st);
	if (err && err != -ENOENT && err != -ENOTDIR && err != -ELOOP)
		return applet_decline(cx);
	if (err || !S_ISREG(st.mode)) {
		applet_out(cx, str_fmt(cx->mem, "Skip JSON creation for non existing %s %.*s\n",
				       is->names->skipped, STR_ARG(f.path)));
		return applet_status(cx, 0);
	}
	if (!is_good(&f) || !read_image(&f))
		return applet_decline(cx);
	put_all(&f);
	if (f.script && str_find(buf_view(&f.out), S("\\u")) >= 0 && !applet_utf8(cx))
		return applet_decline(cx);
	return applet_status(cx, write_facts(&f) ? 0 : 1);
}

static int run(struct applet_cx *cx)
{
	const struct generation *is = &generations[GENERATIONS - 1];
	struct applet_cx inner = *cx;
	struct str sha256;

	if (json_as(&inner, &sha256))
		is = generation_of(sha256);
	return is ? run_generation(&inner, is, false) : applet_decline(cx);
}

static int run_script(struct applet_cx *cx)
{
	const struct generation *is = generation_of(applet_script(cx));

	return is ? run_generation(cx, is, true) : applet_decline(cx);
}

const struct applet applet_json_add_image_info = {
	.name = "json_add_image_info",
	.help = help,
	.run = run,
};

const struct applet applet_json_add_image_info_py = {
	.name = "json_add_image_info.py",
	.help = help,
	.run = run_script,
	.stands_for = stands_for,
};
