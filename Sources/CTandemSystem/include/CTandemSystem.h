// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef C_TANDEM_SYSTEM_H
#define C_TANDEM_SYSTEM_H

#include <stdbool.h>

/// Opens a file below a directory for reading, without ever leaving the directory (openat2 with RESOLVE_BENEATH).
///
/// Returns a descriptor, or -1 with errno set; errno is ENOSYS where the system has no such call.
int tandem_open_beneath(int directory, const char *path, int flags, bool follows_symlinks);

#endif
