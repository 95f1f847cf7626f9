board= kernel=/nonexistent rootfs=/nonexistent outfile=o dtb=
t() { if [ ! -n "$board" -o ! -r "$kernel" -a ! -r "$rootfs" -o ! "$outfile" -o -n "$dtb" -a ! -r "$dtb" ]; then echo bad; else echo good; fi; }
t; board=x; t; rootfs=/dev/null; t; kernel=/dev/null; t; outfile=; t; outfile=o; dtb=/nonexistent; t; dtb=/dev/null; t
