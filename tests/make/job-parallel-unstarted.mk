# args: -j2 first none
# Several jobs: a command that cannot be started is told of at once, its end only when jobs are looked at again.
first: ; ./no-such-command
