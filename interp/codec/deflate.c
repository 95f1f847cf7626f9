/* SPDX-License-Identifier: GPL-2.0-only */
/* zlib's deflate and inflate, raw or with zlib's or gzip's frame, as WINDOW tells zlib. */
#include "codec/internal.h"

#include <zlib.h>

enum { STEP = 256 << 10, MEMORY_LEVEL = 8 };

typedef int step(z_stream *s, int flush);

/* As long as there is input in S or output to come. Z_BUF_ERROR: it wants more input. */
static int pump(z_stream *s, struct sink *out, step *work, int flush)
{
	int ret;

	do {
		uInt room;

		if (!sink_room(out, STEP))
			return Z_MEM_ERROR;
		room = out->cap - out->n > INT32_MAX ? INT32_MAX : (uInt)(out->cap - out->n);
		s->next_out = out->p + out->n;
		s->avail_out = room;
		ret = work(s, flush);
		out->n += room - s->avail_out;
	} while (ret == Z_OK && (s->avail_in || s->avail_out == 0 || flush == Z_FINISH));
	return ret == Z_BUF_ERROR && flush != Z_FINISH ? Z_OK : ret;
}

/* Feed a span in pieces that an uInt can count. */
static int feed(z_stream *s, struct sink *out, step *work, struct str *span)
{
	int ret = Z_OK;

	while (ret == Z_OK && span->n) {
		size_t n = span->n < INT32_MAX ? span->n : INT32_MAX;

		s->next_in = (Bytef *)span->p;
		s->avail_in = (uInt)n;
		ret = pump(s, out, work, Z_NO_FLUSH);
		*span = str_from(*span, n - s->avail_in);
	}
	return ret;
}

struct blob *codec_deflate(struct arena *mem, const struct blob *in, int level, int window,
			   struct str *why)
{
	struct sink out = {0};
	z_stream s = {0};
	struct str span;
	int ret;

	(void)mem;
	if (blob_size(in) == BLOB_ENDLESS)
		return sink_fail(&out, why, S("endless input"));
	ret = deflateInit2(&s, level, Z_DEFLATED, window, MEMORY_LEVEL, Z_DEFAULT_STRATEGY);
	if (ret != Z_OK)
		return sink_fail(&out, why, S("unsupported compression level or window"));
	for (uint64_t pos = 0; ret == Z_OK && blob_next(in, &pos, &span);)
		ret = feed(&s, &out, deflate, &span);
	if (ret == Z_OK)
		ret = pump(&s, &out, deflate, Z_FINISH);
	deflateEnd(&s);
	return ret == Z_STREAM_END ? sink_blob(&out) : sink_fail(&out, why, S("memory exhausted"));
}

static struct str reason(int ret, const struct sink *out)
{
	if (ret == Z_MEM_ERROR)
		return out->n + STEP > CODEC_OUTPUT_MOST ? S("the output is larger than 1 GiB")
							 : S("memory exhausted");
	return ret == Z_OK || ret == Z_BUF_ERROR ? S("unexpected end of file")
						 : S("invalid compressed data");
}

enum behind { NOTHING, MEMBERS /* gzip files, and NULs */, WHATEVER /* that is no such */ };

/* BEHIND: what may follow. */
static struct blob *inflate_all(const struct blob *in, int window, enum behind behind,
				struct str *why)
{
	struct sink out = {.most = CODEC_OUTPUT_MOST};
	z_stream s = {0};
	struct str span;
	int ret = inflateInit2(&s, window);
	bool ended = false;

	if (ret != Z_OK)
		return sink_fail(&out, why, S("unsupported window"));
	for (uint64_t pos = 0; ret == Z_OK && blob_next(in, &pos, &span);) {
		while (span.n && ret == Z_OK) {
			if (ended && span.p[0] == '\0') {
				span = str_from(span, 1);
				continue;
			}
			if (ended && (behind == NOTHING || span.p[0] != 0x1f)) {
				ret = behind == WHATEVER ? Z_OK : Z_DATA_ERROR;
				break;
			}
			if (ended)
				inflateReset(&s);
			ended = false;
			ret = feed(&s, &out, inflate, &span);
			ended = ret == Z_STREAM_END;
			ret = ended ? Z_OK : ret;
		}
	}
	inflateEnd(&s);
	return ret == Z_OK && ended ? sink_blob(&out) : sink_fail(&out, why, reason(ret, &out));
}

struct blob *codec_inflate(struct arena *mem, const struct blob *in, int window, struct str *why)
{
	(void)mem;
	return inflate_all(in, window, NOTHING, why);
}

struct blob *codec_gunzip(struct arena *mem, const struct blob *in, struct str *why)
{
	(void)mem;
	return inflate_all(in, 15 + 16, WHATEVER, why);
}

struct blob *codec_gunzip_all(struct arena *mem, const struct blob *in, struct str *why)
{
	(void)mem;
	return inflate_all(in, 15 + 16, MEMBERS, why);
}
