// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef C_TANDEM_HIREDIS_H
#define C_TANDEM_HIREDIS_H

#include <hiredis/hiredis.h>
#include <hiredis/read.h>

#endif
