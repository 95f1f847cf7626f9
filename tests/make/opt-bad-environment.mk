# env: GNUMAKEFLAGS=--eval= MAKEFLAGS=-O
# What is wrong with options in the environment is no reason to stop.
all:;@echo all
