/* A header with a guard: the second time there is nothing of it, not even markers. */
#ifndef HEAD_H
#define HEAD_H

#define PIN(bank, n)	(((bank) << 5) + (n))
#define NAME(a, b)	a##_##b
#define QUOTED(x)	#x
#define LIST(first, ...) <first> , ## __VA_ARGS__
#define EMPTY
#define SELF		SELF PIN
#define SAME(x)		x

#endif
