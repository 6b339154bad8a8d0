// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#include "CTandemEpoll.h"

#if defined(__linux__)
static _Thread_local void *current_loop;

void *tandem_current_loop(void) { return current_loop; }
void tandem_set_current_loop(void *loop) { current_loop = loop; }
#endif
