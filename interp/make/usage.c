/* SPDX-License-Identifier: GPL-2.0-only */
/* What --help and --version print: GNU make 4.3's options, our own name. */
#include "make/graph.h"
#include "make/job.h"
#include "make/options.h"

static const char *const usage[] = {
	"Options:",
	"  -b, -m                      Ignored for compatibility.",
	"  -B, --always-make           Unconditionally make all targets.",
	"  -C DIRECTORY, --directory=DIRECTORY",
	"                              Change to DIRECTORY before doing anything.",
	"  -d                          Print lots of debugging information.",
	"  --debug[=FLAGS]             Print various types of debugging information.",
	"  -e, --environment-overrides",
	"                              Environment variables override makefiles.",
	"  -E STRING, --eval=STRING    Evaluate STRING as a makefile statement.",
	"  -f FILE, --file=FILE, --makefile=FILE",
	"                              Read FILE as a makefile.",
	"  -h, --help                  Print this message and exit.",
	"  -i, --ignore-errors         Ignore errors from recipes.",
	"  -I DIRECTORY, --include-dir=DIRECTORY",
	"                              Search DIRECTORY for included makefiles.",
	"  -j [N], --jobs[=N]          Allow N jobs at once; infinite jobs with no arg.",
	"  -k, --keep-going            Keep going when some targets can't be made.",
	"  -l [N], --load-average[=N], --max-load[=N]",
	"                              Don't start multiple jobs unless load is below N.",
	"  -L, --check-symlink-times   Use the latest mtime between symlinks and target.",
	"  -n, --just-print, --dry-run, --recon",
	"                              Don't actually run any recipe; just print them.",
	"  -o FILE, --old-file=FILE, --assume-old=FILE",
	"                              Consider FILE to be very old and don't remake it.",
	"  -O[TYPE], --output-sync[=TYPE]",
	"                              Synchronize output of parallel jobs by TYPE.",
	"  -p, --print-data-base       Print make's internal database.",
	"  -q, --question              Run no recipe; exit status says if up to date.",
	"  -r, --no-builtin-rules      Disable the built-in implicit rules.",
	"  -R, --no-builtin-variables  Disable the built-in variable settings.",
	"  -s, --silent, --quiet       Don't echo recipes.",
	"  --no-silent                 Echo recipes (disable --silent mode).",
	"  -S, --no-keep-going, --stop",
	"                              Turns off -k.",
	"  -t, --touch                 Touch targets instead of remaking them.",
	"  --trace                     Print tracing information.",
	"  -v, --version               Print the version number of make and exit.",
	"  -w, --print-directory       Print the current directory.",
	"  --no-print-directory        Turn off -w, even if it was turned on implicitly.",
	"  -W FILE, --what-if=FILE, --new-file=FILE, --assume-new=FILE",
	"                              Consider FILE to be infinitely new.",
	"  --warn-undefined-variables  Warn when an undefined variable is referenced.",
};

void options_usage(struct make *mk, bool bad)
{
	struct buf b = buf_new(mk->mem);

	if (mk->o->version)
		print_version(mk);
	buf_fmt(&b, "Usage: %.*s [options] [target] ...\n", STR_ARG(mk->program));
	for (size_t i = 0; i < sizeof(usage) / sizeof(usage[0]); i++)
		buf_fmt(&b, "%s\n", usage[i]);
	buf_z(&b, "\nThis program built for x86_64-pc-linux-gnu\n");
	output_raw(mk, bad, buf_view(&b));
}

/* First the words that scripts look for: OpenWrt's scripts/feeds, configure scripts. */
void print_version(struct make *mk)
{
	const char *before = mk->o->print_data_base ? "# " : "";

	if (mk->version_said)
		return;
	mk->version_said = true;
	output_raw(
	    mk, false,
	    str_fmt(
		mk->mem,
		"%sGNU Make 4.3 (imagemk make)\n"
		"%sLicense GPL-2.0-only. There is NO WARRANTY, to the extent permitted by law.\n",
		before, before));
}
