/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_SHELL_H
#define SHELL_SHELL_H

#include "applet/applet.h"
#include "base/fds.h"

/*
 * The recipe shell: runs the text of one `sh -c` in process, over the applets and the file overlay.
 * What it cannot run itself goes down the ladder: the real tool started directly, else (a construct
 * that the parser does not know, found before anything ran) the real shell for the whole text.
 */

enum shell_dialect { SHELL_POSIX /* as dash */, SHELL_BASH };

enum shell_rung { SHELL_TOOL /* a process without a shell */, SHELL_REAL /* the real shell */ };

/* The rules of the ladder, and who hears of each process. May be shared by threads. */
struct shell_ladder {
	void *ctx;
	/* Is NAME to run natively? NULL: every applet. (IMAGEMK_NATIVE=0, --no-native NAME) */
	bool (*native)(void *ctx, struct str name);
	/* Is the machine's /bin/sh another shell than dash, as which ours reads what is for sh?
	 * NULL: it is not. */
	bool (*other_sh)(void *ctx);
	/* A process was started: TOOL as called, REASON in a few words. NULL: nobody listens. */
	void (*started)(void *ctx, enum shell_rung rung, struct str tool, struct str reason);
	/*
	 * The process PID is there (RUNS), or about to be waited for. NULL: nobody wants to know.
	 */
	void (*process)(void *ctx, int pid, bool runs);
};

/* What a run reaches for besides its text and environment. */
enum shell_use {
	/* an applet or a builtin; with these arguments the same comes out as long as no file
	   changes */
	SHELL_USES_PURE,
	SHELL_USES_VARYING,  /* one that changes no file, but gives something else each time */
	SHELL_USES_METADATA, /* the same, because of what files are besides their bytes */
	SHELL_USES_CHANGES,  /* one that may change files */
	SHELL_USES_PROCESS,  /* a command as a process, with these arguments */
	SHELL_USES_SCRIPT,   /* a shell script, read in process: what it uses is told too */
	/* $$, RANDOM and other values of the process or the machine; no arguments */
	SHELL_USES_VALUE,
};

/* A file that is about to be started, as its process would see the world. */
struct shell_program {
	struct str path;	/* absolute */
	const struct str *argv;
	size_t argc;
	struct env env;
	struct str cwd;		/* absolute; symbolic links as they were followed */
	mode_t umask;
	struct fd_table fds;	/* all that it gets; while TAKES is asked: none */
	/* is to hear what it does to files, as a process would be watched; NULL: nobody */
	const struct files_watch *watch;
};

/*
 * Programs that the caller of the shell runs in this process, each on a thread of its own: a make.
 */
struct shell_programs {
	void *ctx;
	/*
	 * Is P one of them, under these circumstances? If not, *REASON may say why it is a process.
	 */
	bool (*takes)(void *ctx, const struct shell_program *p, const char **reason);
	/* Run P to its end, on any thread: the exit status, or 256 + N when signal N ended it. */
	int (*run)(void *ctx, const struct shell_program *p);
};

/* Who may say no, of a run that is to start nothing. */
struct shell_gate {
	void *ctx;
	/* A process is about to be started for ARGV, because of REASON (or a signal to be sent, a
	 * limit tried). It is not, when this gives true; the run goes on unless INTERRUPTED says
	 * else. */
	bool (*refuses)(void *ctx, const struct str *argv, size_t argc, const char *reason);
	const atomic_int *refused; /* not 0: something was, and the run is to end */
};

/* One run. The caller fills it; nothing of it is changed. */
struct shell_run {
	enum shell_dialect dialect;
	struct str shell;	/* the real shell's argv[0], as SHELL names it; may be two words */
	struct strs shell_flags;/* e.g. "-c" */
	struct str text;
	struct files *files;
	struct str cwd;		/* absolute */
	struct env env;
	mode_t umask;
	struct stream *in, *out, *err;
	struct fd_table fds;	/* the descriptors behind these three */
	/* hears what is written to those in process; NULL: nobody */
	int (*heard)(void *ctx, struct str text);
	void *heard_ctx;
	const struct shell_ladder *ladder;
	const struct shell_gate *gate; /* NULL: processes are started as need be */
	const struct shell_programs *programs; /* NULL: none */
	struct codec_cache *codecs; /* for the applets; NULL: none */
	/* what messages of a command without a shell begin with: "make: " */
	struct str caller;
	uint64_t stack;		/* RLIMIT_STACK of what is started; 0: as we have it */
	long parent;		/* what PPID says; 0: the process's own parent */
	/* becomes the number of a signal that ends everything; or NULL */
	const atomic_int *interrupted;
	/* Hears of each, before it happens; on the thread that runs it. True of a script: what
	 * happens in it need not be told. NULL: nobody hears. */
	bool (*used)(void *ctx, enum shell_use use, const struct str *argv, size_t argc);
	void *used_ctx;
	int *killed_by; /* NULL, or: set to the signal that ended the shell or the plain command,
			 * plus 128 when that left a core */
	/* NULL, or: set when the plain command could not be started (127) */
	bool *unstarted;
	const struct str *argv;	/* positional parameters from $0; may be empty */
	size_t argc;
};

/* The exit status 0 to 255 (128 + N for a signal). Before it returns, processes it started are
 * gone. */
int shell_run(const struct shell_run *run);

/*
 * Run one command without a shell, as GNU make does for simple lines: applet, else a process.
 */
int shell_command(const struct shell_run *run, const struct str *argv, size_t argc);

/* Would that find the command NAME? */
bool shell_finds(const struct shell_run *run, struct str name);

/*
 * `sh ARGS`, `bash ARGS` as a command: FILE, -c TEXT, options. Of RUN, text, shell and flags do not
 * count. For `imagemk tool sh`.
 */
int shell_main(const struct shell_run *run, const struct str *argv, size_t argc);

/* Can what processes do to files be told to an overlay's watch here? Starts one to find out. */
bool shell_can_watch(void);

/* Which dialect a SHELL value means: bash, or sh/dash/ash; false for anything else (perl, ...). */
bool shell_known(struct str shell, enum shell_dialect *dialect);
/* Is what RUN has for SHELL ("/bin/sh") to be left to the real one, as this machine's is another
 * than dash? Not where no process may be started. */
bool shell_is_other(const struct shell_run *run, struct str shell);

#endif
