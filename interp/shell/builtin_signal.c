/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signals: their names, the builtin trap, the traps that run. Not kill, nor the signals that end
 * the whole run as the program hears of them: session->run->interrupted tells. Source: bash(1),
 * dash(1).
 */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/ignore.h"
#include "shell/builtin.h"

struct str signal_name(int n)
{
	static const char *const last[] = {
	    "32",	"33",	    "RTMIN",	"RTMIN+1",  "RTMIN+2",	"RTMIN+3",  "RTMIN+4",
	    "RTMIN+5",	"RTMIN+6",  "RTMIN+7",	"RTMIN+8",  "RTMIN+9",	"RTMIN+10", "RTMIN+11",
	    "RTMIN+12", "RTMIN+13", "RTMIN+14", "RTMIN+15", "RTMAX-14", "RTMAX-13", "RTMAX-12",
	    "RTMAX-11", "RTMAX-10", "RTMAX-9",	"RTMAX-8",  "RTMAX-7",	"RTMAX-6",  "RTMAX-5",
	    "RTMAX-4",	"RTMAX-3",  "RTMAX-2",	"RTMAX-1",  "RTMAX"};

	if (n > 31)
		return n < 65 ? str_z(last[n - 32]) : S("?");
	return n == 0		 ? S("EXIT")
	       : n == SIGIO	 ? S("IO")
	       : sigabbrev_np(n) ? str_z(sigabbrev_np(n))
				 : S("?");
}

static bool same_letters(struct str a, struct str b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

int signal_number(struct str s)
{
	uint64_t n;

	if (str_number(s, 10, &n))
		return n < 65 ? (int)n : -1;
	if (s.n > 3 && same_letters(str_sub(s, 0, 3), S("SIG")))
		s = str_from(s, 3);
	for (int i = 0; i < 65; i++)
		if (i != 32 && i != 33 && !str_is(signal_name(i), "?") &&
		    same_letters(s, signal_name(i)))
			return i;
	return -1;
}

struct str signal_shown(const struct shell *sh, int n)
{
	return n == 16 && !is_bash(sh) ? S("16") : signal_name(n);
}

static struct str *trap_of(struct shell *sh, struct str name)
{
	for (size_t i = 0; i < sh->traps.n; i += 2)
		if (str_eq(sh->traps.p[i], name))
			return &sh->traps.p[i + 1];
	return NULL;
}

/* Is SIG ignored by who started the shell SH? That stays so, whatever trap it has. */
static bool ignored_before(const struct shell *sh, int sig)
{
	return sig && (ignored_from_outside(sig) || sh->ignored >> (sig - 1) & 1);
}

/* A subshell ignores what its shell does, until it has a trap of its own for that. */
static bool ignores(struct shell *sh, int sig)
{
	struct str name = signal_name(sig);
	const struct str *action = trap_of(sh, name);

	if (ignored_before(sh, sig))
		return true;
	for (struct shell *whose = sh->parent; !action && whose; whose = whose->parent)
		action = trap_of(whose, name);
	return action && action->p && !action->n;
}

uint64_t trap_ignored(struct shell *sh)
{
	uint64_t all = 0;
	bool any = false;

	for (const struct shell *whose = sh; whose; whose = whose->parent) {
		any |= whose->traps.n != 0;
		all |= whose->ignored;
	}
	for (int i = 1; any && i < 65; i++)
		all |= (uint64_t)ignores(sh, i) << (i - 1);
	return all;
}

static void trap_set(struct shell *sh, int sig, struct str action)
{
	struct str name = signal_name(sig), *at = trap_of(sh, name);

	if (is_bash(sh) && ignored_before(sh, sig))
		action = (struct str){0};
	if (!at) {
		*vec_push(sh->mem, &sh->traps) = str_dup(sh->mem, name);
		*vec_push(sh->mem, &sh->traps) = (struct str){0};
		at = &sh->traps.p[sh->traps.n - 1];
	}
	*at = action.p ? str_dup(sh->mem, action) : (struct str){0};
}

static void put_trap(struct shell *sh, struct buf *out, int sig)
{
	struct str none = S(""), *action;
	struct shell *whose = sh;

	/* a subshell shows of its shell what is ignored, bash's all until it has some itself */
	while (is_bash(sh) && !whose->traps.n && whose->parent)
		whose = whose->parent;
	action = trap_of(whose, signal_name(sig));
	while (!action && sig && whose->parent) {
		whose = whose->parent;
		action = trap_of(whose, signal_name(sig));
		action = action && action->n ? NULL : action;
	}
	if (is_bash(sh) && ignored_before(sh, sig))
		action = &none;
	if (action && action->p)
		buf_fmt(out, "trap -- %.*s %s%.*s\n",
			STR_ARG(quote_single(sh->tmp, sh->dialect, *action)),
			sig && is_bash(sh) ? "SIG" : "", STR_ARG(signal_shown(sh, sig)));
}

void put_signals(struct buf *out)
{
	size_t column = 0;

	for (int i = 1; i < 65; i++) {
		if (i == 32 || i == 33)
			continue;
		buf_fmt(out, "%2d) SIG%.*s%c", i, STR_ARG(signal_name(i)),
			++column % 5 ? '\t' : '\n');
	}
	buf_char(out, '\n');
}

static int trap_list(struct shell *sh)
{
	struct buf out = buf_new(sh->tmp);

	for (int i = 0; i < 65; i++)
		put_trap(sh, &out, i);
	return out.n ? put_out(sh, S("trap"), buf_view(&out)) : 0;
}

/* bash's trap -p NAME... */
static int trap_print(struct shell *sh, const struct str *names, size_t n)
{
	struct buf out = buf_new(sh->tmp);
	int status = 0;

	for (size_t i = 0; i < n; i++) {
		int sig = signal_number(names[i]);

		if (sig >= 0)
			put_trap(sh, &out, sig);
		else
			status =
			    builtin_error(sh, S("trap"), 1, "%.*s: invalid signal specification",
					  STR_ARG(names[i]));
	}
	return out.n ? put_out(sh, S("trap"), buf_view(&out)) | status : status;
}

int signal_of_digits(struct str s)
{
	uint64_t n;

	return str_number(s, 10, &n) && n < 65 ? (int)n : -1;
}

int trap_number(struct str s)
{
	int n = signal_of_digits(s);

	for (int i = 0; n < 0 && i < 65; i++) {
		struct str name = signal_name(i);

		if (name.n == s.n && strncasecmp(name.p, s.p, s.n) == 0 && !str_is(name, "?"))
			n = i;
	}
	return n;
}

/* The first word is an action unless it is a number or alone; a bad signal ends it, what came
 * before is done. */
static int trap_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	struct str action = {0};
	int first = posix_no_options(sh, argv, argc);
	size_t i = (size_t)first;

	if (first < 0)
		return 2;
	if (i == argc)
		return trap_list(sh);
	if (i + 1 < argc && signal_of_digits(argv[i]) < 0)
		action = argv[i++];
	if (str_is(action, "-"))
		action = (struct str){0};
	for (; i < argc; i++) {
		int sig = trap_number(argv[i]);

		if (sig < 0) {
			put_fd(sh, 2, str_fmt(sh->tmp, "trap: %.*s: bad trap\n", STR_ARG(argv[i])));
			return 1;
		}
		trap_set(sh, sig, action);
	}
	return 0;
}

static bool trap_usage(struct shell *sh)
{
	put_fd(sh, 2, S("trap: usage: trap [-lp] [[arg] signal_spec ...]\n"));
	return false;
}

/* bash's options: *ARGV stands before what follows them; false after a message. */
static bool trap_options(struct shell *sh, const struct str **argv, size_t *argc, bool *print,
			 struct buf *table)
{
	for (; *argc > 1 && (*argv)[1].n > 1 && (*argv)[1].p[0] == '-'; ++*argv, --*argc) {
		struct str option = (*argv)[1];

		if (str_is(option, "--")) {
			++*argv;
			--*argc;
			break;
		}
		for (size_t k = 1; k < option.n; k++) {
			if (option.p[k] == 'l') {
				put_signals(table);
				return true;
			}
			if (option.p[k] != 'p') {
				say(sh, "trap: -%c: invalid option", option.p[k]);
				return trap_usage(sh);
			}
			*print = true;
		}
	}
	return true;
}

/* Signals that only bash has. */
static const char *trap_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	/* a stage in process hears of a reader that is gone by no signal */
	for (size_t i = 2; i < argc && !argv[1].n; i++)
		if (signal_number(argv[i]) == SIGPIPE)
			return "trap '' PIPE";
	/* what would be a child need not be one here */
	for (size_t i = 2; i < argc && !str_is(argv[1], "-"); i++)
		if (signal_number(argv[i]) == SIGCHLD)
			return "trap of CHLD";
	for (size_t i = 2; dialect == SHELL_BASH && i < argc; i++)
		if (same_letters(argv[i], S("ERR")) || same_letters(argv[i], S("DEBUG")) ||
		    same_letters(argv[i], S("RETURN")))
			return "trap";
	return NULL;
}

static int run_trap(struct shell *sh, const struct str *argv, size_t argc)
{
	struct str action = {0};
	struct buf table = buf_new(sh->tmp);
	bool print = false;
	uint64_t n;
	int status = 0;

	if (!is_bash(sh))
		return trap_posix(sh, argv, argc);
	if (!trap_options(sh, &argv, &argc, &print, &table))
		return 2;
	if (table.n)
		return put_out(sh, S("trap"), buf_view(&table));
	if (argc < 2)
		return trap_list(sh);
	if (print)
		return trap_print(sh, argv + 1, argc - 1);
	if (argc == 2 && signal_number(argv[1]) < 0) {
		trap_usage(sh);
		return 2;
	}
	if (argc > 2 && !(str_number(argv[1], 10, &n) && n < 65)) {
		action = str_is(argv[1], "-") ? (struct str){0} : argv[1];
		argv++;
		argc--;
	}
	for (size_t i = 1; i < argc; i++) {
		int sig = signal_number(argv[i]);

		if (sig >= 0) {
			trap_set(sh, sig, action);
			continue;
		}
		status = 1;
		say(sh, "trap: %.*s: invalid signal specification", STR_ARG(argv[i]));
	}
	return status;
}

const struct builtin builtin_trap = {
	.name = S("trap"),
	.run = run_trap,
	.flags = BUILTIN_SPECIAL,
	.declines = trap_declines,
};

void trap_run(struct shell *sh, const char *name)
{
	struct str *at = trap_of(sh, str_z(name)), action = at ? *at : (struct str){0};
	int status = sh->status, trap_status = sh->trap_status;
	unsigned tested = sh->tested, loops = sh->loops;
	enum flow flow = sh->flow;

	/* bash: within a substitution of it, or a command that is a stage there, no other runs */
	if (is_bash(sh) && sh->in_exit_trap)
		return;
	/* bash on its way out of a loop runs nothing */
	if (!action.n || (is_bash(sh) && (flow == FLOW_BREAK || flow == FLOW_CONTINUE)))
		return;
	if (!is_bash(sh)) /* there `trap` shows it still */
		*at = (struct str){0};
	sh->flow = FLOW_ON;
	sh->forced = false;
	sh->trap_status = status;
	if (!is_bash(sh)) { /* whoever asks for the status around */
		sh->tested = sh->loops = 0;
		sh->raised = false;
	}
	sh->in_exit_trap = true;
	run_text(sh, action, S("exit trap"), 1);
	sh->in_exit_trap = false;
	sh->tested = tested;
	sh->loops = loops;
	sh->trap_status = trap_status;
	/* bash: after an error that ends the shell within it the status is the one before it */
	if (sh->flow == FLOW_EXIT && !sh->forced)
		return;
	/* nor is it where the function that `exit` left returns */
	if (!(is_bash(sh) && sh->flow == FLOW_RETURN && sh->functions_deep))
		sh->status = status;
	sh->flow = flow;
}

/*
 * The signal that ends the whole run: is there a trap for it? A subshell ends, its shell runs that.
 */
bool trap_signal(struct shell *sh, int sig)
{
	struct shell *top = env_top(sh);
	struct str *action;

	action = trap_of(top, signal_name(sig));
	if (ignored_before(top, sig)) {
		sh->session->trapped = true;
		return true;
	}
	if (!action || !action->p)
		return false;
	if (sh != top && action->n) {
		sh->status = 128 + sig;
		sh->flow = FLOW_EXIT;
		return true;
	}
	sh->session->trapped = true;
	if (action->n) {
		int status = sh->status;

		run_text(sh, *action, S("trap"), 1);
		if (sh->flow == FLOW_ON)
			sh->status = status;
	}
	return true;
}

/* Does SIG end a shell that has no trap for it? */
static bool is_fatal(const struct shell *sh, int sig)
{
	return sig != 0 && !(sig == SIGQUIT && is_bash(sh)) && sig != SIGCHLD && sig != SIGCONT &&
	       sig != SIGURG && sig != SIGWINCH;
}

static void run_signal_trap(struct shell *sh, struct str action, int before)
{
	int status = sh->status, trap_status = sh->trap_status;

	sh->status = before;
	sh->trap_status = is_bash(sh) ? trap_status : 0;
	run_text(sh, action, S("trap"), 1);
	sh->trap_status = trap_status;
	sh->status = sh->flow == FLOW_ON ? status : sh->status;
	sh->raised = false; /* an error in there ends the shell */
}

void signal_self(struct shell *sh, int sig, int before)
{
	struct str *action = trap_of(sh, signal_name(sig));

	if (action && action->p && !ignored_before(sh, sig)) {
		if (action->n && sig != SIGKILL)
			run_signal_trap(sh, *action, before);
	} else if (!is_fatal(sh, sig) || ignores(sh, sig)) {
		return;
	} else if (sh->parent) {
		sh->status = 128 + sig;
		sh->flow = FLOW_EXIT;
		sh->session->signalled = sig;
		spawn_died(sh->parent, S(""));
	} else {
		sh->session->killed = sig;
	}
}

/* The lowest signal that came for P, which is none any more; 0: none. */
static int signal_next(struct process *p)
{
	for (int sig = 1; p->signals && sig < 65; sig++) {
		if (!(p->signals >> (sig - 1) & 1))
			continue;
		p->signals &= ~((uint64_t)1 << (sig - 1));
		return sig;
	}
	return 0;
}

bool trap_catches(struct shell *sh, int sig)
{
	const struct str *action = trap_of(sh, signal_name(sig));

	return sig != SIGKILL && action && action->n && !ignored_before(sh, sig);
}

bool trap_waits(struct shell *sh, int sig)
{
	return sh->parent && trap_catches(env_top(sh), sig);
}

int signals_take(struct shell *sh, int status)
{
	int sig;

	while ((sig = signal_next(sh->process)) != 0) {
		signal_self(sh, sig, status);
		if (sh->session->killed) {
			sh->flow = FLOW_EXIT;
			return 128 + sig;
		}
		if (sh->flow != FLOW_ON) /* as the trap wants it */
			return sh->status;
	}
	return status;
}

int signals_end(struct shell *sh, struct process *p, int status)
{
	int sig;

	while ((sig = signal_next(p)) != 0)
		if (is_fatal(sh, sig) || sig == SIGQUIT) {
			sh->session->signalled = sig;
			return 128 + sig;
		}
	return status;
}
