trap 'echo got' TERM; kill -TERM $$; echo after; trap '' INT; kill -INT $$; echo ignored; trap - TERM; trap; trap 'echo x' NOSUCH; echo $?; (trap 'echo u' USR1; kill -USR1 $$) ; echo end
