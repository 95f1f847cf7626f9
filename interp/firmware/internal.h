/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_INTERNAL_H
#define FIRMWARE_INTERNAL_H

#include "firmware/firmware.h"

/* The generated table, NULL at the end. */
extern const struct firmware *const firmware_rows[];

/* --- parts.c, files.c --- */

/* Another N bytes are read for V; false when that would be too many, so the row says no. */
bool firmware_spend(struct firmware_view *v, uint64_t n);
struct firmware_files;
struct firmware_file;
/* One more file; PATH loses its "./" and "/". NULL when there are too many. */
struct firmware_file *firmware_add_file(struct firmware_view *v, struct firmware_files *to,
					struct str path);
/* By path; of several with one path the last that was added. */
void firmware_sort_files(struct firmware_files *files);

/* --- jffs2_marks.c --- */

/* The marker that tells JFFS2 that nothing comes behind it. */
extern const unsigned char jffs2_end_mark[4];
/*
 * LEN rounded up to the smallest alignment in MASK (a set of powers of two, 1 KiB and up), taking
 * every alignment that LEN then has out of MASK.
 */
uint64_t jffs2_next_mark(uint64_t len, uint32_t *mask);

/* --- release.c: which release of its tool a tree has --- */

/*
 * The tool in whose place we stand, by its path or on PATH: all its bytes, the run's; unset when
 * there is none or it is this program. Another release's may have other facts.
 */
struct str tool_program(struct firmware_run *run);
/* Is there such a tool, and no TEXT in it? */
bool tool_lacks(struct firmware_run *run, struct str text);
/* The same of a whole text, as a board's name in a table; what it doesn't know it refuses. */
bool tool_lacks_name(struct firmware_run *run, const char *name);
/* The marks of tools whose errors say the reason, as they do since 2015. */
extern const struct firmware_mark tool_gives_reasons[];

/* --- tool.c: what the small format tools share --- */

/* Options by letter (unset when not given, "" when they take no value), and what is no option. */
struct tool_options {
	struct str value[128];
	struct strs operands;
};

/* False: an option that is not known here, or -h; the run is to be declined. */
bool tool_options(struct firmware_run *run, const struct opt *options, struct tool_options *to);
/* A whole number as C writes it; false and *OUT untouched when TEXT is none. Cut to 32 bits. */
bool tool_number(struct firmware_run *run, struct str text, uint32_t *out);
/* As strtoul(TEXT, NULL, 0), cut to 32 bits. */
uint32_t tool_any_number(struct firmware_run *run, struct str text);
/* The same; false when that is not the whole of TEXT. */
bool tool_any_whole(struct firmware_run *run, struct str text, uint32_t *out);
/*
 * Read an input: 0; 1 after "[NAME] *** error: stat failed on PATH", BEFORE, the reason, AFTER;
 * -1 for a file that cannot be read in another way (a folder): to be declined.
 */
int tool_read(struct firmware_run *run, struct str path, const char *before, const char *after,
	      struct blob **out);
/*
 * The row called NAME, in any case, of N rows of SIZE bytes that start with their name (a const
 * char *); NULL: none.
 */
const void *tool_find_row(const void *rows, size_t n, size_t size, struct str name);
#define tool_find(rows, name)                                                                      \
	tool_find_row(rows, sizeof(rows) / sizeof(*(rows)), sizeof(*(rows)), name)
/*
 * Are both files there in VALUE, by the letters of their options: 0, or 1 after "[NAME] *** error:
 * no input file specified" (-i) or "no output file specified" (-o).
 */
int tool_need_files(struct firmware_run *run, const struct str *value);
/* The same, then -i is read; -1 as from tool_read. */
int tool_read_input(struct firmware_run *run, const struct str *value, struct blob **out);
/*
 * Write B, which is dropped: 0, or 1 after '... could not open "PATH" for writing', BEFORE, the
 * reason, AFTER.
 */
int tool_write(struct firmware_run *run, struct str path, const char *before, const char *after,
	       struct blob *b);
/* Write B, which is dropped. 0 or -errno. */
int tool_put(struct firmware_run *run, struct str path, struct blob *b);
/* The same, but a longer file of that name is not cut: what is behind B's end stays. */
int tool_overwrite(struct firmware_run *run, struct str path, struct blob *b);
/* TEXT in ROOM bytes: cut, or padded with NULs; no NUL at the end when it fills the room. */
void tool_put_text(unsigned char *p, size_t room, struct str text);
/* A text in a header: what it is called, its offset, bytes. */
struct tool_text {
	const char *name;
	size_t at, room;
};

/* Those of the N texts in HEADER that are not empty, as fields. */
void tool_show_texts(struct firmware_view *v, const unsigned char *header,
		     const struct tool_text *texts, size_t n);
/* The lines "NAME:VALUE" of a header of text as fields. */
void tool_put_lines(struct firmware_view *v, struct str text);
/* A bad finding when the header SAYS more bytes than there are. */
void tool_check_size(struct firmware_view *v, uint64_t says, size_t is);
/* Offsets in a header of SIZE bytes, of big-endian numbers. */
struct tool_crcs {
	size_t size;
	size_t crc; /* CRC-32 of the header, 0 there */
	size_t data, data_crc; /* how many bytes are behind it, and their CRC-32 */
};

/* Findings for both CRCs and the size; returns how many bytes are there behind the header. */
size_t tool_check_crcs(struct firmware_view *v, const struct tool_crcs *at);
/* The sum of N bytes. */
uint32_t tool_byte_sum(const void *p, size_t n);
/* CRC-32 that neither starts with all bits set nor is inverted at the end. */
uint32_t tool_crc32_bare(const void *p, size_t n);
uint32_t tool_crc32_bare_blob(const struct blob *b);
/* The sum of all bytes from OFFSET on. */
uint32_t tool_byte_sum_blob(const struct blob *b, uint64_t offset);
/* Is the N bytes' field printable text with NULs behind it? What it says. */
bool tool_field(struct str field, struct str *text);
/* The same, a decimal number. */
bool tool_decimal_field(struct str field, uint64_t *number);
/*
 * CRC-16 by polynomial 0x1021, highest bit first, nothing inverted; XMODEM's with 0 to start
 * with.
 */
uint16_t tool_crc16(uint16_t crc, const void *p, size_t n);

/*
 * The sum of big-endian 16-bit words, 1 more for each time that it got too big; an odd byte is an
 * upper one.
 */
uint16_t zynos_checksum(const void *p, size_t n);

/*
 * --- python.c: for rows that stand for Python scripts. What such a script would complain of is
 * declined, so that it says it itself. ---
 */

/* Options as argparse reads them, each given in full with a value apart; false: in another form, or
 * not known. */
bool python_options(struct firmware_run *run, const struct opt *options, struct tool_options *to);
/* int(TEXT, 0), from 0 to MOST; false: it is none, or not plainly written. */
bool python_number(struct str text, uint64_t most, uint64_t *out);
/* An option's number into OUT; when it was not given *OUT stays. False: it is none of 32 bits. */
bool python_option32(struct str text, uint32_t *out);
/* Is TEXT there, not empty, and ASCII? */
bool python_text(struct str text);
/* A file of less than 4 GiB; NULL: to be declined. */
struct blob *python_read(struct firmware_run *run, struct str path);
/* Write B, which is dropped: 0, or -1 to be declined. */
int python_write(struct firmware_run *run, struct str path, struct blob *b);
/* Both in one, both dropped: the N bytes at P, then B. */
int python_write_behind(struct firmware_run *run, struct str path, const void *p, size_t n,
			struct blob *b);
/* BYTES as print() shows them. */
void python_put_bytes(struct buf *out, const unsigned char *bytes, size_t n);

/* --- perl.c: the same for Perl scripts --- */

/* A name that open takes as it is. */
bool perl_plain(struct str name);
/*
 * Options as Getopt::Std reads them by LETTERS ("k:t": k with a value), each apart ("1" when it
 * takes none), and nothing else; false: in another form.
 */
bool perl_options(struct firmware_run *run, const char *letters, struct tool_options *to);
/* TEXT in a place where a number is wanted: decimal digits, or 0 of what begins with 0x. False: in
 * another form. */
bool perl_number(struct str text, uint64_t *out);

/* --- fwtool.c --- */

/* How many bytes of IMAGE are in front of the metadata and signatures at its end. */
size_t fwtool_payload(struct str image);

#endif
