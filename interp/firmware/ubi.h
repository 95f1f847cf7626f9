/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_UBI_H
#define FIRMWARE_UBI_H

#include "firmware/internal.h"

/* --- ini.c: configuration files as ubinize reads them --- */

struct ini;
/* Parse TEXT; NULL after messages in ERR, which name the file PATH. */
struct ini *ini_parse(struct arena *mem, struct str text, struct str path, struct buf *err);
size_t ini_sections(const struct ini *ini);
/* Section I's name, in lower case. */
struct str ini_section(const struct ini *ini, size_t i);
/* The value of KEY in SECTION; unset when it is not there, empty when it is. */
struct str ini_get(const struct ini *ini, struct str section, const char *key);

/* --- ubinize.c, ubi.c: UBI --- */

enum {
	UBI_EC_MAGIC = 0x55424923,	/* "UBI#" */
	UBI_VID_MAGIC = 0x55424921,	/* "UBI!" */
	UBI_HEADER = 64,		/* each of the two */
	UBI_HEADER_CRC = 60,
	UBI_RECORD = 172,		/* of the volume table */
	UBI_RECORD_CRC = 168,
	UBI_RECORD_NAME = 16,
	UBI_NAME_MOST = 127,
	UBI_VOLUMES_MOST = 128,
	UBI_LAYOUT_VOLUME = 0x7fffefff,
	UBI_DYNAMIC = 1,
	UBI_STATIC = 2,
	UBI_AUTORESIZE = 1,
	UBI_SKIP_CHECK = 2,
};
struct ubi_volume {
	int64_t bytes;		/* of the volume, as asked for */
	int32_t id, alignment;
	uint32_t data_pad, leb;	/* usable bytes of a logical erase block */
	unsigned type, flags;
	struct str name;
	struct blob *image;	/* NULL: none */
	uint32_t blocks;	/* used, of a static volume */
};

struct ubinize {
	struct firmware_run *run;
	struct str out, config;
	int32_t peb, min_io, subpage, vid_at, data_at, leb, ec, version;
	uint32_t sequence;
	int32_t most;		/* volumes */
	int32_t ends;		/* blocks behind the volumes that mark the end */
	bool verbose;
	struct ini *ini;
	VEC(struct ubi_volume) volumes;
};

/* The whole image of J's volumes: the volume table twice, then each volume's blocks. */
struct blob *ubinize_image(const struct ubinize *j);
/* UBI's CRC-32: the usual one without the inversion at the end. */
uint32_t ubi_crc(const void *p, size_t n);

#endif
