"echo" a; 'ec'ho b; \echo c; e=echo; $e d; $e; x='echo x y'; $x; "" 2>/dev/null || echo empty; $nothing; echo $?; $nothing echo shifted
