/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * test-digest NAME FILE: print a digest of FILE as the standard tools do, for comparison; the file
 * is read as a rope of uneven pieces. Without arguments: what needs no reference.
 */
#include "digest/digest.h"

#include "check.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* The same bytes, in many spans. */
static struct blob *in_pieces(struct blob *b)
{
	struct blob *all = blob_empty();
	uint64_t seed = 12345, at = 0;

	while (at < blob_size(b)) {
		struct blob *piece = blob_slice(b, at, 1 + check_below(&seed, 200000)), *more;

		at += blob_size(piece);
		more = blob_cat(all, piece);
		blob_unref(all);
		blob_unref(piece);
		all = more;
	}
	return all;
}

static int print(const char *name, const char *file)
{
	const struct digest *d = digest_find(str_z(name));
	int fd = open(file, O_RDONLY);
	struct blob *whole = fd < 0 ? NULL : blob_file(fd), *b;
	struct arena *mem = arena_new();

	CHECK(whole);
	b = in_pieces(whole);
	if (d)
		printf("%.*s\n", STR_ARG(digest_hex(mem, d, b)));
	else if (strcmp(name, "cksum") == 0)
		printf("%" PRIu32 "\n", digest_cksum_blob(b));
	else if (strcmp(name, "crc32") == 0)
		printf("%" PRIu32 "\n", digest_crc32_blob(0, b));
	else if (strcmp(name, "adler32") == 0)
		printf("%" PRIu32 "\n", digest_adler32_blob(b));
	else
		return 2;
	blob_unref(b);
	blob_unref(whole);
	arena_free(mem);
	close(fd);
	return 0;
}

int main(int argc, char **argv)
{
	unsigned char a[DIGEST_MOST], b[DIGEST_MOST];
	struct blob *run = blob_run('x', 1000000), *empty = blob_empty();
	char *flat;

	if (argc == 3)
		return print(argv[1], argv[2]);
	flat = malloc(1000000);
	memset(flat, 'x', 1000000);
	CHECK(!digest_find(S("sha3")) && !digest_find(S("")) &&
	      digest_find(S("sha1")) == &digest_sha1);
	digest_blob(&digest_sha256, run, a);
	digest_bytes(&digest_sha256, flat, 1000000, b);
	CHECK(memcmp(a, b, 32) == 0);
	CHECK(digest_crc32_blob(0, run) ==
	      digest_crc32(digest_crc32(0, flat, 7), flat + 7, 999993));
	CHECK(digest_crc32_blob(5, empty) == 5 && digest_adler32_blob(empty) == 1);
	free(flat);
	blob_unref(run);
	blob_unref(empty);
	return 0;
}
