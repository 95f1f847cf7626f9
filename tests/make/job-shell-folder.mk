# A shell in a folder that is not there.
SHELL=bin/bash
s0: ; ''
