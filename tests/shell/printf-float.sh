printf '%f %.2f %e %g %G\n' 1.5 2.345 12345.678 0.0001 1e20; printf '%5.1f|%-8.3f|\n' 3.14159 2.71828; printf '%f\n' abc; printf '%g\n' 1e3 inf
