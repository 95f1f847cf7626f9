/* SPDX-License-Identifier: GPL-2.0-only */
#include "decoder.h"

FUZZ_DECODER(codec_unzstd)
