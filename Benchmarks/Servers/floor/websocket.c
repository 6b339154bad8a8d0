// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// The floor of WebSockets: what frames on bare sockets cost. One epoll loop, nothing checked that the load generator
// does not do: it always sends the same key, whole frames of text, masked, and closes before the server does.
//
//   websocket PORT          /echo and /rooms on 127.0.0.1, as parts/realtime/servers.py says
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_SIZE = 1 << 20, EVENTS = 256, MAX_FILES = 65536, ROOMS = 65536, ROOM_NAME = 32 };

static const char SWITCH[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

struct room {
    char name[ROOM_NAME];
    int *members, count;
};

struct connection {
    bool is_open, echoes;
    struct room *room;
    char *in, *out;        // received, not yet a whole frame; not yet taken by the socket
    size_t in_length, out_length;
};

static struct connection connections[MAX_FILES];
static struct room rooms[ROOMS];
static int epoll;
static char input[READ_SIZE], output[READ_SIZE];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int socket, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = socket};
    if (epoll_ctl(epoll, operation, socket, &event) != 0) die("epoll_ctl");
}

static void send_bytes(int socket, const char *start, size_t length) {
    struct connection *it = &connections[socket];
    if (!it->out) {
        ssize_t sent = send(socket, start, length, MSG_NOSIGNAL);
        if (sent == (ssize_t)length || (sent < 0 && errno != EAGAIN)) return;
        if (sent > 0) start += sent, length -= (size_t)sent;
        watch(socket, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    }
    it->out = realloc(it->out, it->out_length + length);
    memcpy(it->out + it->out_length, start, length);
    it->out_length += length;
}

static void writable(int socket) {
    struct connection *it = &connections[socket];
    ssize_t sent = send(socket, it->out, it->out_length, MSG_NOSIGNAL);
    if (sent <= 0) return;
    it->out_length -= (size_t)sent;
    memmove(it->out, it->out + sent, it->out_length);
    if (it->out_length > 0) return;
    free(it->out);
    it->out = NULL;
    watch(socket, EPOLL_CTL_MOD, EPOLLIN);
}

// Writes a frame of text into the output; gives its length.
static size_t frame(const char *text, size_t length) {
    size_t head = 2;
    output[0] = (char)0x81;
    if (length < 126) {
        output[1] = (char)length;
    } else {
        bool is_long = length > 65535;
        output[1] = is_long ? 127 : 126;
        for (int shift = is_long ? 56 : 8; shift >= 0; shift -= 8) output[head++] = (char)((uint64_t)length >> shift);
    }
    memcpy(output + head, text, length);
    return head + length;
}

// The room of that name, or a place for it.
static struct room *room_of(const char *name, size_t length) {
    uint32_t hash = 2166136261u;
    for (size_t index = 0; index < length; index++) hash = (hash ^ (unsigned char)name[index]) * 16777619u;
    for (struct room *room = &rooms[hash % ROOMS];; room = room == &rooms[ROOMS - 1] ? rooms : room + 1) {
        if (room->name[0] && (strncmp(room->name, name, length) != 0 || room->name[length])) continue;
        if (!room->name[0]) memcpy(room->name, name, length);
        return room;
    }
}

static void in_rooms(int socket, const char *text, size_t length) {
    char reply[ROOM_NAME + 16];
    const char *name = text + 5, *end = memchr(name, ' ', length - 5);
    size_t name_length = end ? (size_t)(end - name) : length - 5;
    if (name_length >= ROOM_NAME) return;
    struct room *room = room_of(name, name_length);
    if (end) {
        size_t size = frame(end + 1, (size_t)(text + length - end) - 1);
        for (int index = 0; index < room->count; index++) send_bytes(room->members[index], output, size);
        return;
    }
    room->members = realloc(room->members, (size_t)(room->count + 1) * sizeof *room->members);
    room->members[room->count++] = socket;
    connections[socket].room = room;
    int size = snprintf(reply, sizeof reply, "joined %s", room->name);
    send_bytes(socket, output, frame(reply, (size_t)size));
}

static void leave(int socket) {
    struct connection *it = &connections[socket];
    for (int index = 0; it->room && index < it->room->count; index++)
        if (it->room->members[index] == socket) it->room->members[index] = it->room->members[--it->room->count];
    free(it->in);
    free(it->out);
    *it = (struct connection){0};
    close(socket);
}

static void unmask(char *payload, size_t length, uint32_t mask) {
    uint64_t both = (uint64_t)mask << 32 | mask, word;
    size_t index = 0;
    for (; index + 8 <= length; index += 8) {
        memcpy(&word, payload + index, 8);
        word ^= both;
        memcpy(payload + index, &word, 8);
    }
    for (; index < length; index++) payload[index] ^= ((const char *)&both)[index % 8];
}

// Takes whole frames; gives how many bytes that was, or -1 where the client closes.
static ssize_t take(int socket, char *start, size_t length) {
    struct connection *it = &connections[socket];
    size_t used = 0;
    if (!it->is_open) {
        char *end = memmem(start, length, "\r\n\r\n", 4);
        if (!end) return 0;
        it->is_open = true;
        it->echoes = memcmp(start, "GET /echo ", 10) == 0;
        send_bytes(socket, SWITCH, sizeof SWITCH - 1);
        used = (size_t)(end - start) + 4;
    }
    while (length - used >= 6) {
        const unsigned char *head = (const unsigned char *)start + used;
        size_t size = head[1] & 127, before = 6;
        if (size >= 126) {
            before = size == 126 ? 8 : 14;
            if (length - used < before) break;
            size = 0;
            for (size_t index = 2; index < before - 4; index++) size = size << 8 | head[index];
        }
        if (length - used < before + size) break;
        if (size > READ_SIZE - 16) return -1;
        char *payload = start + used + before;
        uint32_t mask;
        memcpy(&mask, payload - 4, 4);
        unmask(payload, size, mask);
        if ((head[0] & 15) == 8) {
            send_bytes(socket, "\x88\x02\x03\xe8", 4);
            return -1;
        }
        if (it->echoes) send_bytes(socket, output, frame(payload, size));
        else in_rooms(socket, payload, size);
        used += before + size;
    }
    return (ssize_t)used;
}

static void readable(int socket) {
    struct connection *it = &connections[socket];
    size_t length = it->in_length;
    if (length > 0) memcpy(input, it->in, length);
    ssize_t received = recv(socket, input + length, READ_SIZE - length, 0);
    if (received < 0 && errno == EAGAIN) return;
    if (received <= 0) return leave(socket);
    length += (size_t)received;
    ssize_t used = take(socket, input, length);
    if (used < 0) return leave(socket);
    it->in_length = length - (size_t)used;
    if (it->in_length > 0) {
        it->in = realloc(it->in, it->in_length);
        memcpy(it->in, input + used, it->in_length);
    } else {
        free(it->in);
        it->in = NULL;
    }
}

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    int port = count > 1 ? atoi(arguments[1]) : 8080;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) die("bind");
    if (listen(listener, 4096) != 0) die("listen");
    epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(listener, EPOLL_CTL_ADD, EPOLLIN);
    for (struct epoll_event events[EVENTS];;) {
        int found = epoll_wait(epoll, events, EVENTS, -1);
        for (int index = 0; index < found; index++) {
            int client = events[index].data.fd;
            if (client != listener) {
                if (connections[client].out && events[index].events & EPOLLOUT) writable(client);
                if (events[index].events & ~(uint32_t)EPOLLOUT) readable(client);
                continue;
            }
            while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
                setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                if (client < MAX_FILES) watch(client, EPOLL_CTL_ADD, EPOLLIN);
                else close(client);
            }
        }
    }
}
