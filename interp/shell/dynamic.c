/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Variables that the shell makes up when nobody has set them: PPID, RANDOM, bash's call stack. Not
 * those it keeps in step with something (PWD, OPTARG): they are set like others. Source: bash(1)
 * and dash(1), "Shell Variables".
 */
#include <pwd.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/builtin.h"

static const char version[] = "5.2.15(1)-release";

static struct str number(struct shell *sh, long long n)
{
	return str_fmt(sh->tmp, "%lld", n);
}

/* --- bash's arrays --- */

static bool in_function(const struct shell *sh)
{
	for (const struct call_frame *f = sh->calls; f; f = f->below)
		if (f->function)
			return true;
	return false;
}

/* FUNCNAME, BASH_SOURCE, BASH_LINENO: from the innermost call outwards; a script's own place comes
 * last. */
static void put_calls(struct shell *sh, char which, struct strs *out)
{
	if (which == 'F' && !in_function(sh) && !sh->names_left)
		return;
	for (const struct call_frame *f = sh->calls; f; f = f->below)
		*vec_push(sh->tmp, out) = which == 'F'	 ? f->name
					  : which == 'S' ? f->source
							 : number(sh, f->line);
	if (sh->script)
		*vec_push(sh->tmp, out) = which == 'F'	 ? S("main")
					  : which == 'S' ? sh->main_source
							 : S("0");
}

static struct str machine(struct shell *sh, const char *behind)
{
	struct utsname u;

	return uname(&u) ? S("unknown") : str_fmt(sh->tmp, "%s%s", u.machine, behind);
}

bool dynamic_items(struct shell *sh, struct str name, struct strs *out)
{
	static const struct {
		const char *name;
		char which;
	} calls[] = {{"FUNCNAME", 'F'}, {"BASH_SOURCE", 'S'}, {"BASH_LINENO", 'L'}};

	if (!is_bash(sh))
		return false;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		if (str_is(name, calls[i].name)) {
			put_calls(sh, calls[i].which, out);
			return true;
		}
	}
	if (str_is(name, "PIPESTATUS")) {
		for (size_t i = 0; i < sh->pipe_status.n; i++)
			*vec_push(sh->tmp, out) = number(sh, sh->pipe_status.p[i]);
		return true;
	}
	if (!str_is(name, "BASH_VERSINFO"))
		return false;
	for (const char *const *s = (const char *const[]){"5", "2", "15", "1", "release", NULL}; *s;
	     s++)
		*vec_push(sh->tmp, out) = str_z(*s);
	*vec_push(sh->tmp, out) = machine(sh, "-pc-linux-gnu");
	return true;
}

struct str dynamic_element(struct shell *sh, struct str name, int64_t index)
{
	struct strs items = {0};

	if (!dynamic_items(sh, name, &items))
		return (struct str){0};
	index += index < 0 ? (int64_t)items.n : 0;
	return index >= 0 && (size_t)index < items.n ? items.p[index] : (struct str){0};
}

/* --- single values --- */

/* bash's generator: of one value the same numbers follow. */
static int next_random(struct shell *sh)
{
	struct timespec now;
	int32_t high, t;

	if (!sh->random) {
		clock_gettime(CLOCK_REALTIME, &now);
		sh->random = (int32_t)(now.tv_nsec ^ now.tv_sec ^ sh->session->pid) & INT32_MAX;
	}
	high = sh->random / 127773;
	t = (int32_t)(16807LL * (sh->random - 127773LL * high) - 2836LL * high);
	sh->random = t < 0 ? t + INT32_MAX : t;
	return (sh->random >> 16 ^ (sh->random & 65535)) & 32767;
}

bool dynamic_varies(struct str name)
{
	return str_is(name, "LINENO") || str_is(name, "RANDOM") || str_is(name, "SECONDS") ||
	       str_is(name, "EPOCHSECONDS") || str_is(name, "BASHPID");
}

bool dynamic_assign(struct shell *sh, struct str name, struct str value)
{
	static const char *const unmoved[] = {"BASHPID",	"BASH_LINENO", "BASH_SOURCE",
					      "EPOCHSECONDS",	"FUNCNAME",    "GROUPS",
					      "LINENO",		"PIPESTATUS"};
	bool random = str_is(name, "RANDOM");
	int64_t n = 0;

	if (!is_bash(sh))
		return false;
	for (size_t i = 0; i < sizeof(unmoved) / sizeof(*unmoved); i++)
		if (str_is(name, unmoved[i]))
			return true;
	if (!random && !str_is(name, "SECONDS"))
		return false;
	if (!integer_eval(sh, value, &n))
		return true;
	if (random)
		sh->random = (int32_t)n ? (int32_t)n : 123459876;
	else
		sh->seconds = n - (time(NULL) - sh->session->started);
	return true;
}

static struct str hostname(struct shell *sh)
{
	char name[256] = "";

	gethostname(name, sizeof(name) - 1);
	return str_dup(sh->tmp, str_z(name));
}

static long parent_pid(struct shell *sh)
{
	struct process *p = env_top(sh)->process->parent;

	if (p)
		return process_pid(sh, p);
	return sh->session->run->parent ? sh->session->run->parent : getppid();
}

/* Those that the real shell has at another time or on another machine otherwise. */
static struct str of_machine(struct shell *sh, struct str name)
{
	if (str_is(name, "PPID"))
		return number(sh, parent_pid(sh));
	if (!is_bash(sh))
		return (struct str){0};
	if (str_is(name, "RANDOM"))
		return number(sh, next_random(sh));
	if (str_is(name, "UID"))
		return number(sh, getuid());
	if (str_is(name, "EUID"))
		return number(sh, geteuid());
	if (str_is(name, "HOSTNAME"))
		return hostname(sh);
	if (str_is(name, "BASHPID")) /* within an expression: elsewhere the real shell has it */
		return number(sh, process_pid(sh, sh->process));
	if (str_is(name, "EPOCHSECONDS"))
		return number(sh, time(NULL));
	if (str_is(name, "SECONDS"))
		return number(sh, time(NULL) - sh->session->started + sh->seconds);
	if (str_is(name, "HOSTTYPE"))
		return machine(sh, "");
	if (str_is(name, "MACHTYPE"))
		return machine(sh, "-pc-linux-gnu");
	return (struct str){0};
}

struct str login_shell(struct shell *sh)
{
	char room[4096];
	struct passwd entry, *found = NULL;

	getpwuid_r(getuid(), &entry, room, sizeof(room), &found);
	return found && *found->pw_shell ? str_dup(sh->tmp, str_z(found->pw_shell)) : S("/bin/sh");
}

/* Where bash takes itself to be: where its PATH had the name it was started by, else the user's own
 * shell. */
static struct str own_path(struct shell *sh)
{
	struct str path, program;
	int error;

	sh = env_top(sh);
	program = sh->program;
	if (!program.n)
		return S("/bin/bash");
	if (str_chr(program, '/') >= 0)
		return path_join(sh->tmp, sh->cwd, program);
	path = env_get(sh->base, S("PATH"));
	if (!path.p)
		path = S("/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin");
	path = lookup_path(sh, program, path, &error);
	return path.p ? path : login_shell(sh);
}

/* What tells bash about itself. */
static struct str of_bash(struct shell *sh, struct str name)
{
	if (str_is(name, "LINENO"))
		return number(sh, sh->line);
	if (str_is(name, "BASH_VERSION"))
		return str_z(version);
	if (str_is(name, "BASH"))
		return own_path(sh);
	if (str_is(name, "BASH_EXECUTION_STRING"))
		return env_top(sh)->execution;
	if (str_is(name, "OSTYPE"))
		return S("linux-gnu");
	if (str_is(name, "BASHOPTS")) /* whoever changes them has the real shell */
		return S("checkwinsize:cmdhist:complete_fullquote:extquote:force_fignore:"
			 "globasciiranges:globskipdots:"
			 "hostcomplete:interactive_comments:patsub_replacement:progcomp:promptvars:"
			 "sourcepath");
	if (str_is(name, "SHELLOPTS"))
		return options_on(sh);
	return (struct str){0};
}

struct str dynamic_value(struct shell *sh, struct str name)
{
	struct str value = of_machine(sh, name);
	struct strs items = {0};

	if (value.p) {
		tell_use(sh, SHELL_USES_VALUE, NULL, 0);
		return value;
	}
	if (str_is(name, "OPTIND"))
		return S("1");
	if (str_is(name, "PS4"))
		return S("+ ");
	if (str_is(name, "IFS"))
		return S(" \t\n");
	if (!is_bash(sh) && str_is(name, "PS1"))
		return geteuid() ? S("$ ") : S("# ");
	if (!is_bash(sh) && str_is(name, "PS2"))
		return S("> ");
	if (!is_bash(sh))
		return (struct str){0};
	if (dynamic_items(sh, name, &items))
		return items.n ? items.p[0] : (struct str){0};
	return of_bash(sh, name);
}
