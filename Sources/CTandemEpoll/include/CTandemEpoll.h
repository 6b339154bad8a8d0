// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef C_TANDEM_EPOLL_H
#define C_TANDEM_EPOLL_H

// What Linux has and Swift's Glibc module leaves out. Elsewhere this module is empty.
#if defined(__linux__)
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

static inline int tandem_accept(int listener, struct sockaddr *address, socklen_t *length) {
    // Declared here, since the macro that has the system's headers declare it changes their other types too.
    extern int accept4(int, struct sockaddr *, socklen_t *, int);
    return accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

static inline int tandem_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static inline int tandem_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }
static inline int tandem_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

static inline int tandem_epoll_control(int epoll, int operation, int descriptor, unsigned events, unsigned long tag) {
    struct epoll_event event = {.events = events, .data = {.u64 = tag}};
    return epoll_ctl(epoll, operation, descriptor, &event);
}

static inline void tandem_name_thread(const char *name) {
    extern int pthread_setname_np(unsigned long, const char *);
    extern unsigned long pthread_self(void);
    pthread_setname_np(pthread_self(), name);
}

static inline void tandem_no_delay(int descriptor) {
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// What the thread that runs has been given, or NULL.
void *tandem_current_loop(void);
void tandem_set_current_loop(void *loop);

enum {
    TANDEM_READABLE = EPOLLIN,
    TANDEM_WRITABLE = EPOLLOUT,
    TANDEM_HANGUP = EPOLLHUP | EPOLLERR,
    TANDEM_ADD = EPOLL_CTL_ADD,
    TANDEM_CHANGE = EPOLL_CTL_MOD,
    TANDEM_REMOVE = EPOLL_CTL_DEL,
};
#endif

#endif
