/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The numbers, names and titles of architecture, operating system, type and compression in U-Boot
 * image headers, as U-Boot 2023.01 defines them (include/image.h, doc/usage/fit). Facts only.
 */
#include "firmware/uboot.h"

#include <strings.h>
#include <time.h>

static const struct uboot_name arch[] = {
	{0, "invalid", "Invalid ARCH"},
	{1, "alpha", "Alpha"},
	{2, "arm", "ARM"},
	{3, "x86", "Intel x86"},
	{4, "ia64", "IA64"},
	{12, "m68k", "M68K"},
	{14, "microblaze", "MicroBlaze"},
	{5, "mips", "MIPS"},
	{6, "mips64", "MIPS 64 Bit"},
	{15, "nios2", "NIOS II"},
	{7, "powerpc", "PowerPC"},
	{7, "ppc", "PowerPC"},
	{8, "s390", "IBM S390"},
	{9, "sh", "SuperH"},
	{10, "sparc", "SPARC"},
	{11, "sparc64", "SPARC 64 Bit"},
	{16, "blackfin", "Blackfin"},
	{17, "avr32", "AVR32"},
	{20, "nds32", "NDS32"},
	{21, "or1k", "OpenRISC 1000"},
	{19, "sandbox", "Sandbox"},
	{22, "arm64", "AArch64"},
	{23, "arc", "ARC"},
	{24, "x86_64", "AMD x86_64"},
	{25, "xtensa", "Xtensa"},
	{26, "riscv", "RISC-V"},
	{-1, NULL, NULL},
};
const struct uboot_names uboot_arch = {"architecture", "Unknown Architecture", arch};

static const struct uboot_name os[] = {
	{0, "invalid", "Invalid OS"},
	{25, "arm-trusted-firmware", "ARM Trusted Firmware"},
	{5, "linux", "Linux"},
	{2, "netbsd", "NetBSD"},
	{22, "ose", "Enea OSE"},
	{23, "plan9", "Plan 9"},
	{18, "rtems", "RTEMS"},
	{26, "tee", "Trusted Execution Environment"},
	{17, "u-boot", "U-Boot"},
	{14, "vxworks", "VxWorks"},
	{16, "qnx", "QNX"},
	{21, "integrity", "INTEGRITY"},
	{4, "4_4bsd", "4_4BSD"},
	{11, "dell", "Dell"},
	{7, "esix", "Esix"},
	{3, "freebsd", "FreeBSD"},
	{9, "irix", "Irix"},
	{12, "ncr", "NCR"},
	{1, "openbsd", "OpenBSD"},
	{15, "psos", "pSOS"},
	{10, "sco", "SCO"},
	{8, "solaris", "Solaris"},
	{6, "svr4", "SVR4"},
	{24, "openrtos", "OpenRTOS"},
	{27, "opensbi", "RISC-V OpenSBI"},
	{28, "efi", "EFI Firmware"},
	{-1, NULL, NULL},
};
const struct uboot_names uboot_os = {"operating system", "Unknown OS", os};

static const struct uboot_name type[] = {
	{13, "aisimage", "Davinci AIS image"},
	{7, "filesystem", "Filesystem Image"},
	{5, "firmware", "Firmware"},
	{8, "flat_dt", "Flat Device Tree"},
	{17, "gpimage", "TI Keystone SPL Image"},
	{2, "kernel", "Kernel Image"},
	{14, "kernel_noload", "Kernel Image (no loading done)"},
	{9, "kwbimage", "Kirkwood Boot Image"},
	{10, "imximage", "Freescale i.MX Boot Image"},
	{38, "imx8image", "NXP i.MX8 Boot Image"},
	{37, "imx8mimage", "NXP i.MX8M Boot Image"},
	{0, "invalid", "Invalid Image"},
	{4, "multi", "Multi-File Image"},
	{12, "omapimage", "TI OMAP SPL With GP CH"},
	{15, "pblimage", "Freescale PBL Boot Image"},
	{3, "ramdisk", "RAMDisk Image"},
	{6, "script", "Script"},
	{19, "socfpgaimage", "Altera SoCFPGA CV/AV preloader"},
	{35, "socfpgaimage_v1", "Altera SoCFPGA A10 preloader"},
	{1, "standalone", "Standalone Program"},
	{11, "ublimage", "Davinci UBL image"},
	{16, "mxsimage", "Freescale MXS Boot Image"},
	{18, "atmelimage", "ATMEL ROM-Boot Image"},
	{20, "x86_setup", "x86 setup.bin"},
	{21, "lpc32xximage", "LPC32XX Boot Image"},
	{23, "rkimage", "Rockchip Boot Image"},
	{24, "rksd", "Rockchip SD Boot Image"},
	{25, "rkspi", "Rockchip SPI Boot Image"},
	{30, "vybridimage", "Vybrid Boot Image"},
	{26, "zynqimage", "Xilinx Zynq Boot Image"},
	{27, "zynqmpimage", "Xilinx ZynqMP Boot Image"},
	{28, "zynqmpbif", "Xilinx ZynqMP Boot Image (bif)"},
	{29, "fpga", "FPGA Image"},
	{31, "tee", "Trusted Execution Environment Image"},
	{32, "firmware_ivt", "Firmware with HABv4 IVT"},
	{33, "pmmc", "TI Power Management Micro-Controller Firmware"},
	{34, "stm32image", "STMicroelectronics STM32 Image"},
	{36, "mtk_image", "MediaTek BootROM loadable Image"},
	{39, "copro", "Coprocessor Image"},
	{40, "sunxi_egon", "Allwinner eGON Boot Image"},
	{41, "sunxi_toc0", "Allwinner TOC0 Boot Image"},
	{-1, NULL, NULL},
};
const struct uboot_names uboot_type = {"image type", "Unknown Image", type};

static const struct uboot_name comp[] = {
	{0, "none", "uncompressed"},
	{2, "bzip2", "bzip2 compressed"},
	{1, "gzip", "gzip compressed"},
	{3, "lzma", "lzma compressed"},
	{4, "lzo", "lzo compressed"},
	{5, "lz4", "lz4 compressed"},
	{6, "zstd", "zstd compressed"},
	{-1, NULL, NULL},
};
const struct uboot_names uboot_comp = {"compression", "Unknown Compression", comp};

int uboot_find(const struct uboot_names *names, struct str name)
{
	for (const struct uboot_name *e = names->p; e->name; e++) {
		struct str have = str_z(e->name);

		if (have.n == name.n && strncasecmp(have.p, name.p, name.n) == 0)
			return e->id;
	}
	return -1;
}

static const struct uboot_name *find_id(const struct uboot_names *names, int id)
{
	for (const struct uboot_name *e = names->p; e->name; e++) {
		if (e->id == id)
			return e;
	}
	return NULL;
}

const char *uboot_title(const struct uboot_names *names, int id)
{
	const struct uboot_name *e = find_id(names, id);

	return e ? e->title : names->unknown;
}

const char *uboot_short(const struct uboot_names *names, int id)
{
	const struct uboot_name *e = find_id(names, id);

	return e ? e->name : "unknown";
}

void uboot_put_size(struct buf *out, uint64_t size)
{
	buf_fmt(out, "%u Bytes = %.2f KiB = %.2f MiB\n", (unsigned)size, (double)size / 1024,
		(double)size / 1024 / 1024);
}

void uboot_put_time(struct buf *out, uint32_t seconds)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t t = seconds;
	struct tm tm;

	if (!gmtime_r(&t, &tm))
		return;
	buf_fmt(out, "%.3s %.3s %2d %02d:%02d:%02d %d\n", days + 3 * tm.tm_wday,
		months + 3 * tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
		tm.tm_year + 1900);
}
