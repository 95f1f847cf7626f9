# SPDX-License-Identifier: GPL-2.0-only
# Characters that make's syntax cannot write, and functions on words.

empty :=
space := $(empty) $(empty)
tab := $(empty)	$(empty)
comma := ,
squote := '
dquote := "
backslash := \$(empty)
define newline


endef

# A setting of .config without its quotes.
qstrip = $(strip $(subst ",,$(1)))

letters_upper := A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
letters_lower := a b c d e f g h i j k l m n o p q r s t u v w x y z
letters_digit := 0 1 2 3 4 5 6 7 8 9

# (text, letters, their replacements)
swap_letters = $(if $(2),$(call swap_letters,$(subst $(firstword $(2)),$(firstword $(3)),$(1)),$(wordlist 2,99,$(2)),$(wordlist 2,99,$(3))),$(1))
tolower = $(call swap_letters,$(1),$(letters_upper),$(letters_lower))
toupper = $(call swap_letters,$(1),$(letters_lower),$(letters_upper))
# As part of a file name.
sanitize = $(call tolower,$(subst _,-,$(subst $(space),-,$(strip $(1)))))

# One word of the shell's, whatever is in it.
shell_quote = '$(subst $(squote),'\'',$(1))'
# The inside of a JSON string that itself stands inside '...' of the shell.
json_quote = $(subst $(squote),'\'',$(subst $(dquote),\$(dquote),$(subst $(backslash),\\,$(1))))

# A path relative to the top folder (or START_DIR) unless it is absolute; blanks in it survive.
absolute = $(if $(filter /%,$(firstword $(1))),$(1),$(or $(START_DIR),$(TOPDIR))/$(1))
