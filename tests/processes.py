# SPDX-License-Identifier: GPL-2.0-only
"""What run-case and run-shell-case share: a program is run as from a terminal, for 20 seconds at most."""
import os
import signal
import subprocess
import sys


def stop(number, _):
    sys.exit(128 + number)


def default_signals():
    """Programs that are started have the default signals, also where this one was started with some
    ignored, as in the background: what is handled here is as by default there."""
    for number in signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM:
        signal.signal(number, stop)


def run_alone(command, folder, env, out, err):
    """COMMAND in FOLDER as a process group of its own; the status as a shell has it, 124 when it took too long."""
    with subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                          process_group=0) as process:
        try:
            status = process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGTERM)
            status = 124
    return status if status >= 0 else 128 - status
