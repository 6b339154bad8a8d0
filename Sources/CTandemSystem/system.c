// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CTandemSystem.h"

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

int tandem_open_beneath(int directory, const char *path, int flags, bool follows_symlinks) {
#if defined(__linux__) && defined(SYS_openat2)
    // From linux/openat2.h, which older distributions lack.
    const uint64_t no_magic_links = 0x02, no_symlinks = 0x04, beneath = 0x08;
    struct {
        uint64_t flags, mode, resolve;
    } how = {
        .flags = (uint64_t)(uint32_t)flags,
        .resolve = beneath | no_magic_links | (follows_symlinks ? 0 : no_symlinks),
    };
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof(how));
#else
    (void)directory, (void)path, (void)flags, (void)follows_symlinks;
    errno = ENOSYS;
    return -1;
#endif
}
