/* SPDX-License-Identifier: GPL-2.0-only */
/* A file on the disk taken apart (firmware/parts.h). */
#include "cli/image_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool image_file_open(struct arena *mem, struct image_file *f, struct str path)
{
	/* Not one that would make us wait: a pipe is no image. */
	int fd = open(str_cz(mem, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	*f = (struct image_file){0};
	if (fd >= 0 && fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		f->why = S_ISDIR(st.st_mode) ? strerror(EISDIR) : "not a regular file";
		close(fd);
		return false;
	}
	f->blob = fd < 0 ? NULL : blob_file(fd);
	if (!f->blob)
		f->why = strerror(errno);
	if (fd >= 0)
		close(fd);
	if (f->blob)
		f->walk = firmware_take_apart(mem, f->blob, path);
	return f->blob != NULL;
}

void image_file_close(struct image_file *f)
{
	if (f->walk)
		firmware_walk_end(f->walk);
	blob_unref(f->blob);
	*f = (struct image_file){0};
}
