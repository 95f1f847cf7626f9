# shells: dash
trap '' HUP; trap 'echo' INT
(trap); (trap 'a' TERM; trap); (echo x; trap)
