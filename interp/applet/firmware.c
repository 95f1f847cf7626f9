/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs a firmware format's tool as a command: gives it the recipe's files, input and epoch, and
 * carries what it printed to the recipe's descriptors. The formats are in interp/firmware/.
 */
#include <time.h>

#include "applet/internal.h"

/* One run under way. */
struct driver {
	struct applet_cx *cx;
	struct buf out, err;
	bool peeked;
	bool acted; /* something was written, removed or run, or all of the input was read */
};

static struct driver *driver_of(struct firmware_run *run)
{
	return run->cx;
}

static void flush(struct driver *d)
{
	applet_out(d->cx, buf_view(&d->out));
	if (d->err.n)
		stream_write(d->cx->err, d->err.p, d->err.n);
	d->out.n = d->err.n = 0;
}

static int read_file(struct firmware_run *run, struct str path, struct blob **out)
{
	struct applet_cx *cx = driver_of(run)->cx;

	return files_read(cx->files, applet_path(cx, path), out);
}

static int write_file(struct firmware_run *run, struct str path, struct blob *b)
{
	struct applet_cx *cx = driver_of(run)->cx;
	struct str name = applet_path(cx, path);
	struct files_stat st;
	bool fresh = run->mode && files_peek(cx->files, name, true, &st) != 0;
	int err = files_write(cx->files, name, b);

	driver_of(run)->acted = true;
	return !err && fresh ? files_chmod(cx->files, name, run->mode & ~cx->umask) : err;
}

static int file_mtime(struct firmware_run *run, struct str path, int64_t *seconds)
{
	struct applet_cx *cx = driver_of(run)->cx;
	struct files_stat st;
	int err = files_stat(cx->files, applet_path(cx, path), &st);

	if (err == 0)
		*seconds = files_mtime(cx->files, applet_path(cx, path), &st).tv_sec;
	return err;
}

static bool local_time(struct firmware_run *run, int64_t seconds, struct tm *out)
{
	return applet_local(driver_of(run)->cx, seconds, false, out);
}

static struct blob *read_input(struct firmware_run *run)
{
	driver_of(run)->acted = true;
	if (!run->in && stream_rest(driver_of(run)->cx->in, &run->in) != 0)
		run->in = blob_empty();
	return run->in;
}

static int peek_input(struct firmware_run *run, struct blob **out)
{
	struct driver *d = driver_of(run);

	d->peeked = true;
	return stream_peek(d->cx->in, out);
}

static int put_output(struct firmware_run *run, struct blob *b)
{
	struct driver *d = driver_of(run);

	d->acted = true;
	flush(d);
	return stream_put(d->cx->out, b);
}

static int run_command(struct firmware_run *run, const struct str *argv, size_t argc)
{
	struct driver *d = driver_of(run);

	d->acted = true;
	flush(d);
	return d->cx->run(d->cx, argv, argc, NULL, (struct env){0}, (struct str){0});
}

static int remove_file(struct firmware_run *run, struct str path)
{
	struct applet_cx *cx = driver_of(run)->cx;

	driver_of(run)->acted = true;
	return files_unlink(cx->files, applet_path(cx, path));
}

static void set_epoch(struct firmware_run *run, struct env env)
{
	uint64_t seconds;

	run->epoch_text = env_get(env, S("SOURCE_DATE_EPOCH"));
	run->has_epoch = str_number(run->epoch_text, 10, &seconds);
	run->now = (int64_t)time(NULL);
	run->epoch = run->has_epoch ? (int64_t)seconds : run->now;
}

static int run_row(struct applet_cx *cx, const struct firmware *fw)
{
	struct driver d = {.cx = cx, .out = buf_new(cx->mem), .err = buf_new(cx->mem)};
	struct firmware_run run = {
	    .mem = cx->mem,
	    .argv = cx->argv,
	    .argc = cx->argc,
	    .program = cx->program,
	    .mode = fw ? fw->mode : 0,
	    .out = &d.out,
	    .err = &d.err,
	    .read = read_file,
	    .write = write_file,
	    .mtime = file_mtime,
	    .local = local_time,
	    .input = read_input,
	    .peek = peek_input,
	    .output = put_output,
	    .command = run_command,
	    .remove = remove_file,
	    .cx = &d,
	};
	int status;

	if (!fw)
		return APPLET_DECLINE;
	set_epoch(&run, cx->env);
	status = firmware_is_other(&run, fw) ? -1 : fw->write(&run);
	/* A fork's tool may know names that ours does not. */
	if (status > 0 && fw->named && !d.acted && firmware_has_own(&run))
		status = -1;
	if (status != -1 && d.peeked)
		read_input(&run);
	blob_unref(run.in);
	if (status == -1)
		return APPLET_DECLINE;
	flush(&d);
	return applet_status(cx, status);
}

static int run_firmware(struct applet_cx *cx)
{
	return run_row(cx, applet_firmware_find(path_base(cx->argv[0])));
}

static bool stands_for(struct str sha256)
{
	return firmware_of_script(sha256) != NULL;
}

/* The text says which row it is: the file's name may be another script's. */
static int run_script(struct applet_cx *cx)
{
	return run_row(cx, firmware_of_script(applet_script(cx)));
}

/* These are found through the formats' table, not by a name of their own. */
static const struct applet any_format = {
	.name = "firmware-tool",
	.run = run_firmware,
};

static const struct applet pure_format = {
	.name = "firmware-tool",
	.run = run_firmware,
	.flags = APPLET_PURE,
};

static const struct applet any_script = {
	.name = "firmware-script",
	.run = run_script,
	.stands_for = stands_for,
};

const struct applet *applet_of_scripts(void)
{
	return &any_script;
}

const struct applet *applet_of_firmware(const struct firmware *fw)
{
	return fw->pure ? &pure_format : &any_format;
}
