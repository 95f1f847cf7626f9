/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/fds.h"

#include <errno.h>
#include <unistd.h>

bool fds_write(int fd, struct str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text = str_from(text, (size_t)n);
	}
	return true;
}
