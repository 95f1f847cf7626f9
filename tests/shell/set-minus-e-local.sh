set -e; f() { local x=$(false); echo masked; }; f; export y=$(false); echo masked2; echo $(false) ok
