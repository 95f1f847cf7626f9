# SPDX-License-Identifier: GPL-2.0-only
# The kernel and the root file system that images are made of: VMLINUX=file, ROOTFS=file-or-folder.
# Wrong ones are found here, before anything is written.

# What is wrong with the regular file (1), in the system's words; empty when nothing is.
file_fault = $(shell f=$(call shell_quote,$(1)); \
	if [ ! -e "$$f" ]; then echo 'No such file or directory'; \
	elif [ -d "$$f" ]; then echo 'Is a directory'; \
	elif [ ! -r "$$f" ]; then echo 'Permission denied'; \
	elif [ ! -s "$$f" ]; then echo 'The file is empty'; fi)
folder_fault = $(shell f=$(call shell_quote,$(1)); \
	if [ ! -r "$$f" ] || [ ! -x "$$f" ]; then echo "$$f: Permission denied"; \
	elif [ -z "$$(ls -A "$$f")" ]; then echo 'The folder is empty'; \
	else find "$$f" ! -type l ! -readable 2>/dev/null | sed -n '1s/$$/: Permission denied/p'; fi)

define input_error
$(error $(1)=$($(1)): $(2)
  hint: $(1)= takes $(3); without it the demo takes Debian's own)
endef

KERNEL_INPUT :=
ifneq ($(filter command environment override,$(origin VMLINUX)),)
  ifneq ($(VMLINUX)$(filter command,$(origin VMLINUX)),)
    KERNEL_INPUT := $(call absolute,$(VMLINUX))
    kernel_fault := $(if $(VMLINUX),$(call file_fault,$(KERNEL_INPUT)),names no file)
    ifneq ($(kernel_fault),)
      $(call input_error,VMLINUX,$(kernel_fault),the kernel as one file)
    endif
  endif
endif

# ROOTFS_KIND: demo, folder, tar (an archive by its name), or image: a finished file system.
ROOTFS_KIND := demo
ROOTFS_INPUT :=
ifneq ($(filter command environment override,$(origin ROOTFS)),)
  ifneq ($(ROOTFS)$(filter command,$(origin ROOTFS)),)
    ROOTFS_INPUT := $(patsubst %/,%,$(call absolute,$(ROOTFS)))
    ROOTFS_KIND := $(if $(shell [ -d $(call shell_quote,$(ROOTFS_INPUT)) ] && echo yes),folder,$(if $(filter %.tar %.tgz %.tar.gz %.tar.xz %.tar.bz2 %.tar.zst,$(lastword $(ROOTFS))),tar,image))
    rootfs_fault := $(if $(ROOTFS),$(if $(filter folder,$(ROOTFS_KIND)),$(call folder_fault,$(ROOTFS_INPUT)),$(call file_fault,$(ROOTFS_INPUT))),names nothing)
    ifneq ($(rootfs_fault),)
      $(call input_error,ROOTFS,$(rootfs_fault),a folder$(comma) a tar archive or a finished file system)
    endif
  endif
endif

# A finished image serves the file system it is; one that is none we know, any.
ROOTFS_IMAGE_TYPE :=
ifeq ($(ROOTFS_KIND),image)
  rootfs_magic := $(shell f=$(call shell_quote,$(ROOTFS_INPUT)); \
	od -An -tx1 -N4 "$$f" | tr -d ' \n'; echo; \
	od -An -tx1 -j1024 -N4 "$$f" 2>/dev/null | tr -d ' \n'; echo; \
	od -An -tx1 -j1080 -N2 "$$f" 2>/dev/null | tr -d ' \n')
  ROOTFS_IMAGE_TYPE := $(patsubst 68737173,squashfs,$(filter 68737173,$(rootfs_magic))) \
	$(patsubst 31181006,ubifs,$(filter 31181006,$(rootfs_magic))) \
	$(patsubst e2e1f5e0,erofs,$(filter e2e1f5e0,$(rootfs_magic))) \
	$(patsubst 53ef,ext4,$(filter 53ef,$(rootfs_magic)))
  ROOTFS_IMAGE_TYPE := $(firstword $(ROOTFS_IMAGE_TYPE))
endif
