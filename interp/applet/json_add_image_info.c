/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json_add_image_info: writes the JSON facts of one image, taken from the environment, byte for byte
 * as OpenWrt's scripts/json_add_image_info.py (which says what each variable is).
 */
#include "applet/json_text.h"
#include "digest/digest.h"

static const char help[] = "json_add_image_info FILE: write the facts about an image as JSON\n"
			   "  from FILE_DIR FILE_NAME FILE_TYPE FILE_FILESYSTEM DEVICE_ID DEVICE_TITLE\n"
			   "  DEVICE_VENDOR ... TARGET SUBTARGET VERSION_CODE VERSION_NUMBER IMAGE_SIZE ...\n";

struct facts {
	struct applet_cx *cx;
	struct str path;	/* the image */
	struct str hash, unsigned_hash;
	uint64_t size;
	struct buf out;
};

static struct str variable(struct facts *f, const char *name)
{
	return env_get(f->cx->env, str_z(name));
}

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

static void put_titles(struct facts *f)
{
	static const char *const prefixes[] = {"",	"ALT0_", "ALT1_", "ALT2_",
					       "ALT3_", "ALT4_", "ALT5_"};
	static const char *const keys[] = {"vendor", "model", "variant"};
	static const char *const names[] = {"VENDOR", "MODEL", "VARIANT"};
	bool any = false;

	put_key(f, "titles");
	buf_char(&f->out, '[');
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		bool open = false;

		for (size_t k = 0; k < 3; k++) {
			struct str v = variable(f, str_fmt(f->cx->mem, "DEVICE_%s%s", prefixes[i],
							   names[k]).p);
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
	if (size_of(variable(f, "IMAGE_SIZE"), &n)) {
		put_key(f, "image");
		buf_fmt(&f->out, "%llu", (unsigned long long)n);
	}
	if (size_of(variable(f, "KERNEL_SIZE"), &n)) {
		put_key(f, "kernel");
		buf_fmt(&f->out, "%llu", (unsigned long long)n);
	}
	buf_char(&f->out, '}');
}

static void put_image(struct facts *f)
{
	put_key(f, "images");
	buf_z(&f->out, "[{");
	put(f, "type", variable(f, "FILE_TYPE"));
	put(f, "name", variable(f, "FILE_NAME"));
	put(f, "sha256", f->hash);
	put(f, "sha256_unsigned", f->unsigned_hash);
	put_key(f, "size");
	buf_fmt(&f->out, "%llu", (unsigned long long)f->size);
	if (variable(f, "FILE_FILESYSTEM").n)
		put(f, "filesystem", variable(f, "FILE_FILESYSTEM"));
	buf_z(&f->out, "}]");
}

static void put_all(struct facts *f, struct str epoch)
{
	struct str target = variable(f, "TARGET"), sub = variable(f, "SUBTARGET");

	buf_z(&f->out, "{\"metadata_version\":1");
	put(f, "target", str_fmt(f->cx->mem, "%.*s/%.*s", STR_ARG(target.p ? target : S("None")),
				 STR_ARG(sub.p ? sub : S("None"))));
	put(f, "version_code", variable(f, "VERSION_CODE"));
	put(f, "version_number", variable(f, "VERSION_NUMBER"));
	put_key(f, "source_date_epoch");
	buf_str(&f->out, epoch);
	put_key(f, "profiles");
	buf_char(&f->out, '{');
	json_put_string(&f->out, variable(f, "DEVICE_ID"));
	buf_z(&f->out, ":{");
	put(f, "image_prefix", variable(f, "DEVICE_IMG_PREFIX"));
	put_image(f);
	put_words(f, "device_packages", variable(f, "DEVICE_PACKAGES"));
	put_words(f, "supported_devices", variable(f, "SUPPORTED_DEVICES"));
	put_titles(f);
	put_limits(f);
	buf_z(&f->out, "}}}");
}

static bool hash_image(struct facts *f)
{
	struct applet_cx *cx = f->cx;
	struct blob *b = NULL;
	int err = files_read(cx->files, applet_path(cx, f->path), &b);

	if (err) {
		applet_say_errno(cx, f->path, err);
		return false;
	}
	f->hash = f->unsigned_hash = digest_hex(cx->mem, &digest_sha256, b);
	f->size = blob_size(b);
	blob_unref(b);
	b = NULL;
	if (files_read(cx->files, applet_path(cx, str_cat(cx->mem, f->path, S(".sha256sum"))), &b) == 0)
		f->unsigned_hash = str_dup(cx->mem, str_trim(blob_flat(cx->mem, b)));
	blob_unref(b);
	return true;
}

static bool size_is_good(struct facts *f, const char *name)
{
	uint64_t n;

	return variable(f, name).n == 0 || size_of(variable(f, name), &n);
}

static int run(struct applet_cx *cx)
{
	struct facts f = {.cx = cx, .out = buf_new(cx->mem)};
	struct str epoch, dir, name;
	struct files_stat st;
	struct blob *b;
	uint64_t seconds;
	bool ok;

	if (cx->argc != 2) {
		applet_out(cx, S("ERROR: JSON info script requires output arg\n"));
		return 1;
	}
	epoch = variable(&f, "SOURCE_DATE_EPOCH");
	dir = variable(&f, "FILE_DIR");
	name = variable(&f, "FILE_NAME");
	if (!dir.p || !name.p)
		return applet_decline(cx);
	f.path = path_join(cx->mem, dir, name);
	if (files_stat(cx->files, applet_path(cx, f.path), &st) != 0 || !S_ISREG(st.mode)) {
		applet_out(cx, str_fmt(cx->mem, "Skip JSON creation for non existing file %.*s\n",
				       STR_ARG(path_clean(cx->mem, f.path))));
		return applet_status(cx, 0);
	}
	if (!str_number(epoch, 10, &seconds) || !variable(&f, "DEVICE_PACKAGES").p ||
	    !variable(&f, "SUPPORTED_DEVICES").p || !variable(&f, "DEVICE_ID").p ||
	    !size_is_good(&f, "IMAGE_SIZE") || !size_is_good(&f, "KERNEL_SIZE"))
		return applet_decline(cx);
	if (!hash_image(&f))
		return 1;
	put_all(&f, str_fmt(cx->mem, "%llu", (unsigned long long)seconds));
	b = blob_copy(f.out.p, f.out.n);
	ok = applet_write(cx, cx->argv[1], b);
	blob_unref(b);
	return applet_status(cx, ok ? 0 : 1);
}

static const char *const aliases[] = {"json_add_image_info.py", NULL};

const struct applet applet_json_add_image_info = {
	.name = "json_add_image_info",
	.aliases = aliases,
	.help = help,
	.run = run,
};
