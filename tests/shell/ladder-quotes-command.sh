# A command that isn't there, as those that run it name it.
env no-such-command
env A=1 no-such-command b
find . -maxdepth 0 -exec no-such-command {} \;
echo a | xargs no-such-command
