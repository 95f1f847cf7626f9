/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel forbids a process that evaluates: by Landlock (landlock(7)) to open anything but
 * the folders that may be read and what the C library needs, to connect, to send signals elsewhere;
 * by seccomp (seccomp(2)) to start a process, to have a socket, to change names, modes, owners and
 * times, and whatever is about other processes or the machine. Threads may be started, memory
 * taken, descriptors that are open already written to. It can't be undone, and holds for threads
 * started later.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/confine_internal.h"

/* --- Landlock --- */

/* The header may be older than the kernel: what came with which version of the interface. */
enum landlock_since {
	WITH_REFER = 2,
	WITH_TRUNCATE = 3,
	WITH_NETWORK = 4,
	WITH_IOCTL = 5,
	WITH_SCOPES = 6
};

#define ACCESS_REFER	((uint64_t)1 << 13)
#define ACCESS_TRUNCATE	((uint64_t)1 << 14)
#define ACCESS_IOCTL	((uint64_t)1 << 15)
#define READ_FILE	LANDLOCK_ACCESS_FS_READ_FILE
#define READ_TREE	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

struct ruleset {
	uint64_t fs, network, scopes;
};

/* What is needed besides the tree; what is not there is left out. */
static const struct {
	const char *path;
	uint64_t access;
} needed[] = {
    {"/usr/lib", READ_TREE},
    {"/usr/lib64", READ_TREE},
    {"/lib", READ_TREE},
    {"/lib64", READ_TREE},
    {"/usr/share", READ_TREE},
    {"/etc/ld.so.cache", READ_FILE},
    {"/etc/localtime", READ_FILE},
    {"/proc/self/maps", READ_FILE},
    {"/sys/devices/system/cpu", READ_TREE},
    {"/dev/zero", READ_FILE},
    {"/dev/urandom", READ_FILE},
    {"/dev/null", READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE},
};

static struct ruleset ruleset_of(int version)
{
	struct ruleset r = {.fs = ACCESS_REFER - 1};

	r.fs |= version >= WITH_REFER ? ACCESS_REFER : 0;
	r.fs |= version >= WITH_TRUNCATE ? ACCESS_TRUNCATE : 0;
	r.fs |= version >= WITH_IOCTL ? ACCESS_IOCTL : 0;
	r.network = version >= WITH_NETWORK ? 3 : 0; /* bind, connect */
	r.scopes = version >= WITH_SCOPES ? 3 : 0;  /* abstract sockets, signals */
	return r;
}

static bool allow(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr beneath = {.allowed_access = access};
	struct stat st;
	bool good;

	beneath.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (beneath.parent_fd < 0)
		return errno == ENOENT;
	/* what is a folder's is no right here */
	if (fstat(beneath.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		beneath.allowed_access &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR;
	good = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
	close(beneath.parent_fd);
	return good;
}

/* PROGRAM: an execve is to come. */
static bool landlock(struct arena *mem, const struct strs *roots, bool program)
{
	int version =
		(int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION),
	    rules;
	struct ruleset attr = ruleset_of(version);
	size_t size = version >= WITH_SCOPES	? sizeof(attr)
		      : version >= WITH_NETWORK ? offsetof(struct ruleset, scopes)
						: sizeof(attr.fs);
	bool good = true;

	if (version < 1)
		return false;
	if (program)
		attr.fs &= ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE;
	rules = (int)syscall(SYS_landlock_create_ruleset, &attr, size, 0);
	if (rules < 0)
		return false;
	for (size_t i = 0; i < roots->n; i++)
		good &= allow(rules, str_cz(mem, roots->p[i]), READ_TREE);
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		good &= allow(rules, needed[i].path, needed[i].access);
	good = good && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return good;
}

/* --- seccomp --- */

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define NATIVE_ARCH AUDIT_ARCH_RISCV64
#else
#define NATIVE_ARCH 0
#endif

/* Each gives EPERM. */
static const int forbidden[] = {
    /* processes */
    SYS_execve,
    SYS_execveat,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    SYS_pidfd_send_signal,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_tkill,
    SYS_setpgid,
    SYS_setsid,
    SYS_kcmp,
    SYS_setns,
    SYS_unshare,
    SYS_perf_event_open,
    SYS_process_madvise,
#ifdef SYS_fork
    SYS_fork,
    SYS_vfork,
#endif
    /* the network */
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
    /* names, modes, owners, times */
    SYS_mkdirat,
    SYS_mknodat,
    SYS_unlinkat,
    SYS_symlinkat,
    SYS_linkat,
    SYS_renameat2,
    SYS_fchmodat,
    SYS_fchmod,
    SYS_fchownat,
    SYS_fchown,
    SYS_utimensat,
    SYS_truncate,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_fremovexattr,
    SYS_open_by_handle_at,
#ifdef SYS_renameat
    SYS_renameat,
#endif
#ifdef SYS_open
    SYS_mkdir,
    SYS_rmdir,
    SYS_mknod,
    SYS_unlink,
    SYS_symlink,
    SYS_link,
    SYS_rename,
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_futimesat,
    SYS_creat,
#endif
    /* the machine */
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_open_tree,
    SYS_move_mount,
    SYS_fsopen,
    SYS_fsconfig,
    SYS_fsmount,
    SYS_fspick,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_clock_adjtime,
    SYS_adjtimex,
    SYS_bpf,
    SYS_userfaultfd,
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    SYS_acct,
    SYS_quotactl,
    SYS_syslog,
    SYS_fanotify_init,
    SYS_personality,
    /* what undoes limits */
    SYS_setpriority,
    SYS_setuid,
    SYS_setgid,
    SYS_setreuid,
    SYS_setregid,
    SYS_setresuid,
    SYS_setresgid,
    SYS_setgroups,
    SYS_setfsuid,
    SYS_setfsgid,
    SYS_capset,
};

enum { X32 = 0x40000000, FILTER_MOST = 2 * sizeof(forbidden) / sizeof(*forbidden) + 64 };

struct filter {
	struct sock_filter code[FILTER_MOST];
	unsigned short n;
};

static void put(struct filter *f, unsigned short code, uint32_t k, unsigned char yes,
		unsigned char no)
{
	f->code[f->n++] = (struct sock_filter){code, yes, no, k};
}

static void answer(struct filter *f, uint32_t action)
{
	put(f, BPF_RET | BPF_K, action, 0, 0);
}

static void load(struct filter *f, size_t offset)
{
	put(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/* The lower 32 bits of call argument N. */
static size_t argument(unsigned n)
{
	return offsetof(struct seccomp_data, args) + 8 * n +
	       (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4);
}

/* Call NUMBER goes on only when argument N, and MASK, is WANT. */
static void put_only(struct filter *f, int number, unsigned n, uint32_t mask, uint32_t want)
{
	put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 5);
	load(f, argument(n));
	put(f, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
	put(f, BPF_JMP | BPF_JEQ | BPF_K, want, 1, 0);
	answer(f, SECCOMP_RET_ERRNO | EPERM);
	answer(f, SECCOMP_RET_ALLOW);
}

/*
 * OPENS_ALL: there is no Landlock, so nothing is opened for writing, be it /dev/null. PROGRAM: an
 * execve is to come, which needs no process.
 */
static void build(struct filter *f, bool opens_all, bool program)
{
	enum { WRITES = O_ACCMODE | O_CREAT | O_TRUNC };
	uint32_t self = (uint32_t)getpid();

	load(f, offsetof(struct seccomp_data, arch));
	put(f, BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0);
	answer(f, SECCOMP_RET_KILL_PROCESS);
	load(f, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
	put(f, BPF_JMP | BPF_JGE | BPF_K, X32, 0, 1);
	answer(f, SECCOMP_RET_ERRNO | EPERM);
#endif
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(*forbidden); i++) {
		if (program && forbidden[i] == SYS_execve)
			continue;
		put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)forbidden[i], 0, 1);
		answer(f, SECCOMP_RET_ERRNO | EPERM);
	}
	/* Its arguments are in memory, where a filter can't look: libc uses clone then. */
	put(f, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
	answer(f, SECCOMP_RET_ERRNO | ENOSYS);
	put(f, BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1);
	answer(f, SECCOMP_RET_ERRNO | ENOSYS);
	put_only(f, SYS_clone, 0, CLONE_THREAD, CLONE_THREAD);
	put_only(f, SYS_kill, 0, UINT32_MAX, self);
	put_only(f, SYS_tgkill, 0, UINT32_MAX, self);
	if (opens_all) {
		put_only(f, SYS_openat, 2, WRITES, O_RDONLY);
#ifdef SYS_open
		put_only(f, SYS_open, 1, WRITES, O_RDONLY);
#endif
	}
	answer(f, SECCOMP_RET_ALLOW);
}

static bool filter_calls(bool opens_all, bool program)
{
	struct filter f = {.n = 0};
	struct sock_fprog code;

	build(&f, opens_all, program);
	code = (struct sock_fprog){f.n, f.code};
	return NATIVE_ARCH && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &code) == 0;
}

static struct str give_up(struct arena *mem, const struct strs *roots, bool program)
{
	bool locked, filtered;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return S("way to give up rights");
	locked = landlock(mem, roots, program);
	filtered = filter_calls(!locked, program);
	return locked && filtered ? S("")
	       : locked		  ? S("seccomp filter")
	       : filtered	  ? S("Landlock")
				  : S("Landlock and no seccomp filter");
}

struct str confine_kernel(struct arena *mem, const struct strs *roots)
{
	return give_up(mem, roots, false);
}

struct str confine_kernel_started(struct arena *mem, const struct strs *roots)
{
	return give_up(mem, roots, true);
}
