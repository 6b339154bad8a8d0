// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// The floor: what the sockets themselves cost. Bare epoll, answers made once, nothing serialised.
//
//   server PORT          THREADS event loops (default 1) on 127.0.0.1
//
// A request ends where its head and its Content-Length say so: pipelined requests are answered in order, an
// unfinished one waits for its rest. A connection owns memory only while something of it is left over.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_SIZE = 64 * 1024, WRITE_SIZE = 256 * 1024, EVENTS = 256, MAX_FILES = 65536 };

#define JSON "application/json"
#define TEXT "text/plain; charset=utf-8"
#define BYTES "application/octet-stream"

struct bytes {
    const char *start;
    size_t length;
};

// What is left over of a connection between two events.
struct connection {
    char *in;          // received, not yet answered
    size_t in_length;
    char *out;         // answered, not yet taken by the socket
    size_t out_length, out_sent;
    off_t file_at;     // where the file goes on
    bool sends_file;
};

struct loop {
    int epoll;
    char in[READ_SIZE];
    char out[WRITE_SIZE];
    size_t out_length;
};

static struct connection *connections[MAX_FILES];
static struct bytes json_answer, text_answer, user_answer, large_answer, file_head, missing_answer, bad_answer;
static int file = -1;
static off_t file_size;
static int port;

static void die(const char *what) {
    perror(what);
    exit(1);
}

// MARK: answers

static struct bytes answer(const char *status, const char *type, const char *body, size_t length) {
    char *start = malloc(length + 256);
    int head = sprintf(start, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", status, type, length);
    memcpy(start + head, body, length);
    return (struct bytes){start, (size_t)head + length};
}

static struct bytes text(const char *status, const char *type, const char *body) {
    return answer(status, type, body, strlen(body));
}

static struct bytes contents(const char *path) {
    int input = open(path, O_RDONLY);
    struct stat status;
    if (input < 0 || fstat(input, &status) != 0) die(path);
    char *start = malloc((size_t)status.st_size);
    if (read(input, start, (size_t)status.st_size) != status.st_size) die(path);
    close(input);
    return (struct bytes){start, (size_t)status.st_size};
}

static void make_answers(void) {
    json_answer = text("200 OK", JSON, "{\"message\":\"Hello, World!\"}");
    text_answer = text("200 OK", TEXT, "Hello, World!");
    user_answer = text("200 OK", JSON, "{\"id\":42,\"name\":\"User 42\"}");
    missing_answer = text("404 Not Found", TEXT, "");
    bad_answer = text("400 Bad Request", TEXT, "");
    if (getenv("BENCH_RECORDS")) {
        struct bytes records = contents(getenv("BENCH_RECORDS"));
        large_answer = answer("200 OK", JSON, records.start, records.length);
    }
    if (getenv("BENCH_FILE")) {
        struct stat status;
        file = open(getenv("BENCH_FILE"), O_RDONLY);
        if (file < 0 || fstat(file, &status) != 0) die(getenv("BENCH_FILE"));
        file_size = status.st_size;
        char *head = malloc(256);
        int length = sprintf(head, "HTTP/1.1 200 OK\r\nContent-Type: " BYTES "\r\nContent-Length: %jd\r\n\r\n",
                             (intmax_t)file_size);
        file_head = (struct bytes){head, (size_t)length};
    }
}

// MARK: requests

static size_t content_length(const char *head, size_t length) {
    static const char name[] = "content-length:";
    const char *end = head + length, *line = head;
    while ((line = memchr(line, '\n', (size_t)(end - line)))) {
        line += 1;
        if ((size_t)(end - line) > sizeof name && strncasecmp(line, name, sizeof name - 1) == 0)
            return strtoul(line + sizeof name - 1, NULL, 10);
    }
    return 0;
}

static bool starts(const char *request, size_t length, const char *with) {
    size_t count = strlen(with);
    return length >= count && memcmp(request, with, count) == 0;
}

static struct connection *leftovers(int socket) {
    if (!connections[socket]) connections[socket] = calloc(1, sizeof(struct connection));
    return connections[socket];
}

static void forget(int socket) {
    struct connection *it = connections[socket];
    if (!it) return;
    free(it->in);
    free(it->out);
    free(it);
    connections[socket] = NULL;
}

// MARK: writing

enum outcome { DONE, BLOCKED, BROKEN };

static enum outcome send_all(int socket, const char *start, size_t length, int flags, size_t *sent) {
    *sent = 0;
    while (*sent < length) {
        ssize_t count = send(socket, start + *sent, length - *sent, flags | MSG_NOSIGNAL);
        if (count < 0) return errno == EAGAIN ? BLOCKED : BROKEN;
        *sent += (size_t)count;
    }
    return DONE;
}

// Sends what the loop gathered; what the socket does not take becomes the connection's.
static enum outcome flush(struct loop *loop, int socket, int flags) {
    size_t sent;
    enum outcome outcome = send_all(socket, loop->out, loop->out_length, flags, &sent);
    if (outcome == BLOCKED) {
        struct connection *it = leftovers(socket);
        it->out_length = loop->out_length - sent;
        it->out_sent = 0;
        it->out = malloc(it->out_length);
        memcpy(it->out, loop->out + sent, it->out_length);
    }
    loop->out_length = 0;
    return outcome;
}

static enum outcome send_file(int socket, off_t *at) {
    while (*at < file_size) {
        ssize_t count = sendfile(socket, file, at, (size_t)(file_size - *at));
        if (count < 0) return errno == EAGAIN ? BLOCKED : BROKEN;
    }
    return DONE;
}

static enum outcome write_answer(struct loop *loop, int socket, const char *start, size_t length) {
    while (length > 0) {
        size_t room = WRITE_SIZE - loop->out_length, count = length < room ? length : room;
        memcpy(loop->out + loop->out_length, start, count);
        loop->out_length += count;
        start += count;
        length -= count;
        if (loop->out_length < WRITE_SIZE) continue;
        enum outcome outcome = flush(loop, socket, 0);
        if (outcome == BROKEN) return BROKEN;
        if (outcome == BLOCKED && length > 0) {
            struct connection *it = leftovers(socket);
            it->out = realloc(it->out, it->out_length + length);
            memcpy(it->out + it->out_length, start, length);
            it->out_length += length;
        }
        if (outcome == BLOCKED) return BLOCKED;
    }
    return DONE;
}

static enum outcome write_bytes(struct loop *loop, int socket, struct bytes bytes) {
    return write_answer(loop, socket, bytes.start, bytes.length);
}

static enum outcome write_file(struct loop *loop, int socket) {
    enum outcome outcome = write_bytes(loop, socket, file_head);
    if (outcome == DONE) outcome = flush(loop, socket, MSG_MORE);
    off_t at = 0;
    if (outcome == DONE) outcome = send_file(socket, &at);
    if (outcome == BLOCKED) {
        struct connection *it = leftovers(socket);
        it->sends_file = true;
        it->file_at = at;
    }
    return outcome;
}

static enum outcome respond(struct loop *loop, int socket, const char *head, size_t length, struct bytes body) {
    if (starts(head, length, "GET /json ")) return write_bytes(loop, socket, json_answer);
    if (starts(head, length, "GET /text ")) return write_bytes(loop, socket, text_answer);
    if (starts(head, length, "GET /users/42 ")) return write_bytes(loop, socket, user_answer);
    if (starts(head, length, "GET /large ") && large_answer.start) return write_bytes(loop, socket, large_answer);
    if (starts(head, length, "GET /file ") && file >= 0) return write_file(loop, socket);
    if (!starts(head, length, "POST /echo ")) return write_bytes(loop, socket, missing_answer);
    char own[128];
    int count = sprintf(own, "HTTP/1.1 200 OK\r\nContent-Type: " JSON "\r\nContent-Length: %zu\r\n\r\n", body.length);
    enum outcome outcome = write_answer(loop, socket, own, (size_t)count);
    return outcome == DONE ? write_answer(loop, socket, body.start, body.length) : outcome;
}

// MARK: reading

// Answers every whole request in the bytes, one after the other; the rest becomes the connection's.
static enum outcome serve(struct loop *loop, int socket, const char *start, size_t length) {
    enum outcome outcome = DONE;
    while (length > 0 && outcome == DONE) {
        const char *head_end = memmem(start, length, "\r\n\r\n", 4);
        if (!head_end) break;
        size_t head = (size_t)(head_end - start) + 4;
        size_t body = start[0] == 'G' ? 0 : content_length(start, head);
        if (body > READ_SIZE - head) {
            if (write_bytes(loop, socket, bad_answer) == DONE) flush(loop, socket, 0);
            return BROKEN;
        }
        if (length < head + body) break;
        outcome = respond(loop, socket, start, head, (struct bytes){start + head, body});
        start += head + body;
        length -= head + body;
    }
    if (outcome == DONE && loop->out_length > 0) outcome = flush(loop, socket, 0);
    loop->out_length = 0;
    if (outcome == BROKEN || length == READ_SIZE) return BROKEN;
    if (length > 0) {
        struct connection *it = leftovers(socket);
        it->in = malloc(length);
        it->in_length = length;
        memcpy(it->in, start, length);
    }
    return outcome;
}

static void watch(struct loop *loop, int socket, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = socket};
    if (epoll_ctl(loop->epoll, operation, socket, &event) != 0) die("epoll_ctl");
}

// Puts what the connection had left at the front of the loop's buffer.
static size_t take_back(struct loop *loop, int socket) {
    struct connection *it = connections[socket];
    if (!it || !it->in) return 0;
    size_t length = it->in_length;
    memcpy(loop->in, it->in, length);
    free(it->in);
    it->in = NULL;
    it->in_length = 0;
    if (!it->out && !it->sends_file) forget(socket);
    return length;
}

static enum outcome readable(struct loop *loop, int socket) {
    size_t kept = take_back(loop, socket);
    ssize_t count = recv(socket, loop->in + kept, READ_SIZE - kept, 0);
    if (count == 0 || (count < 0 && errno != EAGAIN)) return BROKEN;
    enum outcome outcome = serve(loop, socket, loop->in, kept + (count > 0 ? (size_t)count : 0));
    if (outcome == BLOCKED) watch(loop, socket, EPOLL_CTL_MOD, EPOLLOUT);
    return outcome;
}

static enum outcome writable(struct loop *loop, int socket) {
    struct connection *it = connections[socket];
    size_t sent;
    if (it->out) {
        enum outcome outcome = send_all(socket, it->out + it->out_sent, it->out_length - it->out_sent, 0, &sent);
        it->out_sent += sent;
        if (outcome != DONE) return outcome;
        free(it->out);
        it->out = NULL;
    }
    if (it->sends_file) {
        enum outcome outcome = send_file(socket, &it->file_at);
        if (outcome != DONE) return outcome;
        it->sends_file = false;
    }
    enum outcome outcome = serve(loop, socket, loop->in, take_back(loop, socket));
    if (outcome == DONE) watch(loop, socket, EPOLL_CTL_MOD, EPOLLIN);
    if (connections[socket] && outcome == DONE && !connections[socket]->in) forget(socket);
    return outcome;
}

// MARK: the loop

static int listen_here(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) die("bind");
    if (listen(listener, 4096) != 0) die("listen");
    return listener;
}

static void accept_all(struct loop *loop, int listener) {
    int client, on = 1;
    while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        if (client >= MAX_FILES) {
            close(client);
            continue;
        }
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(loop, client, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void *run(void *unused) {
    (void)unused;
    struct loop *loop = calloc(1, sizeof *loop);
    struct epoll_event events[EVENTS];
    int listener = listen_here();
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(loop, listener, EPOLL_CTL_ADD, EPOLLIN);
    for (;;) {
        int count = epoll_wait(loop->epoll, events, EVENTS, -1);
        for (int index = 0; index < count; index++) {
            int socket = events[index].data.fd;
            if (socket == listener) {
                accept_all(loop, listener);
                continue;
            }
            bool writes = events[index].events & EPOLLOUT;
            if ((writes ? writable(loop, socket) : readable(loop, socket)) == BROKEN) {
                forget(socket);
                close(socket);
            }
        }
    }
    return NULL;
}

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN);
    const char *chosen = count > 1 ? arguments[1] : getenv("PORT");
    const char *wanted = getenv("THREADS");
    port = chosen ? atoi(chosen) : 8080;
    make_answers();
    for (int threads = wanted ? atoi(wanted) : 1; threads > 1; threads--) {
        pthread_t thread;
        pthread_create(&thread, NULL, run, NULL);
    }
    run(NULL);
}
