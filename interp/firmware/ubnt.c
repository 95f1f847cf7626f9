/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ubiquiti's image, big endian.
 *
 *   0   4  magic "OPEN" (mkfwimage2 -m: another)
 *   4 256  version			260 4 CRC-32 of what is before it	264 4 0
 *
 * Then parts:
 *
 *   0   4  magic "PART"		  4 16 name		20 12 0
 *  32   4  memory address		 36  4 number, from 1	40  4 flash address
 *  44   4  entry address		 48  4 size of the data	52  4 size in the flash
 *  56   .  the data
 *   .   4  CRC-32 of the part so far	  .  4 0
 *
 * At the end "END.", CRC-32 of all before it, 0; or "ENDS", 256 bytes for an RSA signature that is
 * not made here, 0. Source: firmware-utils.
 */
#include "firmware/ubnt.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 268, HEADER_CRC = 260, PART = 56, PART_END = 8, END = 12, END_RSA = 264 };

int ubnt_fail(struct firmware_run *run, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(run->mem, fmt, ap);
	va_end(ap);
	firmware_say(run, "\n", "ERROR: %.*s", STR_ARG(text));
	return status;
}

int ubnt_read(struct firmware_run *run, struct str path, size_t i, struct ubnt_part *part,
	      int *code)
{
	int err = run->read(run, path, &part->data);
	uint64_t size;

	if (err == -ENOENT || err == -ENOTDIR) {
		*code = -2;
		return ubnt_fail(run, 1, "Couldn't stat file '%.*s' from part '%.*s'",
				 STR_ARG(path), STR_ARG(part->name));
	}
	if (err)
		return -1;
	size = blob_size(part->data);
	if (size == 0) {
		*code = -3;
		return ubnt_fail(run, 1, "File '%.*s' from part '%.*s' is empty!", STR_ARG(path),
				 STR_ARG(part->name));
	}
	*code = -4;
	if (size > part->size)
		return ubnt_fail(
		    run, 1, "File '%.*s' too big (%zu) - max size: 0x%08X (exceeds %llu bytes)",
		    STR_ARG(path), i, part->size, (unsigned long long)(size - part->size));
	return 0;
}

static void add_part(struct blob **image, struct ubnt_part *p)
{
	unsigned char h[PART] = {0}, end[PART_END] = {0};
	uint32_t crc;

	memcpy(h, "PART", 4);
	tool_put_text(h + 4, UBNT_NAME, p->name);
	put_be32(h + 32, p->memory);
	put_be32(h + 36, p->index);
	put_be32(h + 40, p->base);
	put_be32(h + 44, p->entry);
	put_be32(h + 48, (uint32_t)blob_size(p->data));
	put_be32(h + 52, p->size);
	crc = digest_crc32_blob(digest_crc32(0, h, sizeof(h)), p->data);
	put_be32(end, crc);
	firmware_join(image, blob_copy(h, sizeof(h)));
	firmware_join(image, p->data);
	p->data = NULL;
	firmware_join(image, blob_copy(end, sizeof(end)));
}

struct blob *ubnt_make(struct str magic, struct str version, struct ubnt_part *parts, size_t n,
		       bool rsa)
{
	unsigned char h[HEADER] = {0}, end[END_RSA] = {0};
	struct blob *image;

	tool_put_text(h, 4, magic);
	tool_put_text(h + 4, UBNT_VERSION, version);
	put_be32(h + HEADER_CRC, digest_crc32(0, h, HEADER_CRC));
	image = blob_copy(h, sizeof(h));
	for (size_t i = 0; i < n; i++)
		add_part(&image, &parts[i]);
	memcpy(end, rsa ? "ENDS" : "END.", 4);
	if (!rsa)
		put_be32(end + 4, digest_crc32_blob(0, image));
	firmware_join(&image, blob_copy(end, rsa ? END_RSA : END));
	return image;
}

int ubnt_write(struct firmware_run *run, struct str path, struct blob *image)
{
	if (tool_put(run, path, image) == 0)
		return 0;
	ubnt_fail(run, 0, "Can not create output file: '%.*s'", STR_ARG(path));
	return ubnt_fail(run, 251, "Failed building image file '%.*s' - error code: -10",
			 STR_ARG(path));
}

/* --- read --- */

/* The size of the part at AT, 0 when there is none that fits. */
static size_t part_size(struct str image, size_t at)
{
	struct str rest = str_from(image, at);
	uint64_t size;

	if (rest.n < PART + PART_END || !str_starts(rest, S("PART")))
		return 0;
	size = PART + (uint64_t)get_be32((const unsigned char *)rest.p + 48) + PART_END;
	return size > rest.n ? 0 : (size_t)size;
}

static void check_end(struct firmware_view *v, struct str image, size_t at)
{
	struct str rest = str_from(image, at);
	const unsigned char *p = (const unsigned char *)rest.p;

	if (rest.n >= END && str_starts(rest, S("END."))) {
		firmware_compare32(v, "CRC-32", get_be32(p + 4), digest_crc32(0, image.p, at));
		v->extent = at + END;
	} else if (rest.n >= END_RSA && str_starts(rest, S("ENDS"))) {
		firmware_good(v, "place for an RSA signature");
		v->extent = at + END_RSA;
	} else {
		firmware_bad(v, "no end at %zu", at);
	}
}

bool ubnt_check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	size_t at = HEADER, n;
	uint32_t crc;

	if (image.n < HEADER + END)
		return false;
	crc = digest_crc32(0, h, HEADER_CRC);
	/* Any magic, as long as it is an image all the same. */
	if (!str_starts(image, S("OPEN")) && get_be32(h + HEADER_CRC) != crc)
		return false;
	if (!str_starts(str_from(image, HEADER), S("PART")))
		return false;
	firmware_compare32(v, "header CRC", get_be32(h + HEADER_CRC), crc);
	for (; (n = part_size(image, at)) != 0; at += n) {
		struct str name = firmware_text(v, h + at + 4, UBNT_NAME);
		struct str label = str_fmt(v->mem, "%.*s CRC-32", STR_ARG(name));

		firmware_compare32(v, label.p, get_be32(h + at + n - PART_END),
				   digest_crc32(0, h + at, n - PART_END));
	}
	v->extent = at;
	check_end(v, image, at);
	return true;
}

void ubnt_show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), text;
	const unsigned char *h = (const unsigned char *)image.p, *p;
	size_t at = HEADER, n;

	text = firmware_text(v, h + 4, UBNT_VERSION);
	firmware_put_field(v, "version", "%.*s", STR_ARG(text));
	for (; (n = part_size(image, at)) != 0; at += n) {
		p = h + at;
		text = firmware_text(v, p + 4, UBNT_NAME);
		firmware_put_field(
		    v, "part", "%.*s, %u of %u bytes, flash 0x%08x, memory 0x%08x, entry 0x%08x",
		    STR_ARG(text), get_be32(p + 48), get_be32(p + 52), get_be32(p + 40),
		    get_be32(p + 32), get_be32(p + 44));
	}
}
