/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git as a source of old texts (see git.h): `git rev-parse` and `git cat-file --batch`, both of
 * which only read objects. A configuration could have git start programs all the same (fsmonitor, a
 * lazy fetch by ssh), so those are switched off, and where the kernel can the process may not start
 * another one, have a socket or write.
 */
#include "cli/git.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/confine_internal.h"

enum { MOST_TEXT = 1 << 28 };

/* The git on PATH; folders that are named from here on do not count: the tree may have one. */
static struct str find_git(struct command_cx *cx)
{
	struct str path = env_get(cx->env, S("PATH")), folder;

	if (!path.p)
		path = S("/usr/local/bin:/usr/bin:/bin");
	while (str_split(&path, ':', &folder)) {
		struct str file = str_fmt(cx->mem, "%.*s/git", STR_ARG(folder));

		if (folder.n && folder.p[0] == '/' && access(file.p, X_OK) == 0)
			return file;
	}
	return (struct str){NULL, 0};
}

static char **own_env(struct command_cx *cx)
{
	/*
	 * set by git for its hooks: they would mean another folder than the one that is asked for
	 */
	static const char *const names[] = {"GIT_DIR",	  "GIT_WORK_TREE",	"GIT_INDEX_FILE",
					    "GIT_PREFIX", "GIT_ALLOW_PROTOCOL", "LC_ALL"};
	static const char *const set[] = {"GIT_NO_LAZY_FETCH=1",      "GIT_ALLOW_PROTOCOL=none",
					  "GIT_TERMINAL_PROMPT=0",    "GIT_OPTIONAL_LOCKS=0",
					  "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C"};
	struct strs env = env_without(cx->mem, cx->env, names, sizeof(names) / sizeof(*names));

	for (size_t i = 0; i < sizeof(set) / sizeof(*set); i++)
		*vec_push(cx->mem, &env) = str_z(set[i]);
	return env_block(cx->mem, (struct env){env.p, env.n});
}

/* In the child: become git with ARGV, or end. */
static _Noreturn void become(struct arena *mem, const char *git, char *const *argv,
			     char *const *env, int in, int out)
{
	struct str all = S("/");
	struct strs roots = {.p = &all, .n = 1};

	if (dup2(in, 0) < 0 || dup2(out, 1) < 0)
		_exit(126);
	confine_kernel_started(mem, &roots);
	execve(git, argv, env);
	_exit(127);
}

static bool read_all(int fd, struct buf *out)
{
	ssize_t n;

	while ((n = read(fd, buf_room(out, 65536), 65536)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || out->n > MOST_TEXT)
			return false;
		out->n += (size_t)n;
	}
	return true;
}

/* What git, in FOLDER and with ARGS, prints when it reads INPUT; false: it could not be run, or
 * failed. */
static bool run_git(struct command_cx *cx, struct str folder, const char *const *args,
		    struct str input, struct buf *out)
{
	static const char *const options[] = {"--no-pager",
					      "-c",
					      "core.fsmonitor=false",
					      "-c",
					      "core.hooksPath=/dev/null",
					      "-c",
					      "core.sshCommand=false",
					      "-c",
					      "core.alternateRefsCommand=false"};
	struct str git = find_git(cx);
	int pipes[2], in = memfd_create("names", MFD_CLOEXEC), status = -1;
	char *argv[32], **env = own_env(cx);
	size_t n = 0;
	bool good;
	pid_t pid;

	argv[n++] = (char *)"git";
	argv[n++] = (char *)"-C";
	argv[n++] = str_cz(cx->mem, folder);
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		argv[n++] = (char *)options[i];
	for (; *args; args++)
		argv[n++] = (char *)*args;
	argv[n] = NULL;
	if (!git.p || in < 0 || write(in, input.p, input.n) != (ssize_t)input.n ||
	    lseek(in, 0, SEEK_SET) != 0 || pipe2(pipes, O_CLOEXEC) != 0) {
		if (in >= 0)
			close(in);
		return false;
	}
	pid = fork();
	if (pid == 0)
		become(cx->mem, git.p, argv, env, in, pipes[1]);
	close(in);
	close(pipes[1]);
	good = pid > 0 && read_all(pipes[0], out);
	close(pipes[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int complain(struct command_cx *cx, struct str rev, struct str folder, const char *hint)
{
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL, str_z(hint),
		 "imagemk %.*s: git knows no revision '%.*s' in %.*s", STR_ARG(cx->argv[0]),
		 STR_ARG(rev), STR_ARG(folder));
	return EXIT_USAGE;
}

/* The next object of ANSWER: "ID blob SIZE", its bytes and a newline, or "NAME missing". */
static struct str next_text(struct str *answer)
{
	struct str head, id, kind, text = {NULL, 0};
	uint64_t size;

	if (!str_split(answer, '\n', &head) || !str_word(&head, &id) || !str_word(&head, &kind) ||
	    !str_is(kind, "blob") || !str_number(str_trim(head), 10, &size) || size >= answer->n)
		return text;
	text = str_sub(*answer, 0, (size_t)size);
	*answer = str_from(*answer, (size_t)size + 1);
	return text;
}

/* The id of REV's tree. */
static int find_tree(struct command_cx *cx, struct str folder, struct str rev, struct str *tree)
{
	const char *const ask[] = {"rev-parse", "--verify", "--end-of-options",
				   str_cz(cx->mem, str_cat(cx->mem, rev, S("^{tree}"))), NULL};
	struct buf id = buf_new(cx->mem);

	if (!find_git(cx).p)
		return complain(cx, rev, folder, "there is no git on PATH");
	if (!rev.n || rev.p[0] == '-' || !run_git(cx, folder, ask, S(""), &id))
		return complain(cx, rev, folder,
				"a commit, branch or tag of the repository that TREE is in");
	*tree = str_trim(buf_view(&id));
	return EXIT_GOOD;
}

int git_names(struct command_cx *cx, struct str folder, struct str rev, struct str *list)
{
	struct buf names = buf_new(cx->mem);
	struct str tree;

	if (find_tree(cx, folder, rev, &tree))
		return EXIT_USAGE;

	/* The folder may lie below the repository's top. */
	const char *const ask[] = {"ls-tree", "-r", "-z", str_cz(cx->mem, tree), ".", NULL};

	if (!run_git(cx, folder, ask, S(""), &names))
		return complain(cx, rev, folder, "git ls-tree failed");
	*list = names.n ? buf_view(&names) : S("");
	return EXIT_GOOD;
}

int git_texts(struct command_cx *cx, struct str folder, struct str rev, const struct strs *files,
	      struct strs *texts)
{
	const char *const fetch[] = {"cat-file", "--batch", NULL};
	struct buf names = buf_new(cx->mem), answer = buf_new(cx->mem);
	struct str rest, tree;

	if (find_tree(cx, folder, rev, &tree))
		return EXIT_USAGE;
	for (size_t i = 0; i < files->n; i++)
		if (str_chr(files->p[i], '\n') < 0)
			buf_fmt(&names, "%.*s:./%.*s\n", STR_ARG(tree), STR_ARG(files->p[i]));
	if (!run_git(cx, folder, fetch, buf_view(&names), &answer))
		return complain(cx, rev, folder, "git cat-file failed");
	rest = buf_view(&answer);
	for (size_t i = 0; i < files->n; i++)
		*vec_push(cx->mem, texts) =
		    str_chr(files->p[i], '\n') < 0 ? next_text(&rest) : (struct str){NULL, 0};
	return EXIT_GOOD;
}
