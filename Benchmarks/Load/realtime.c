// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Load for servers of WebSocket (RFC 6455) and of Socket.IO (protocol 5 on Engine.IO 4, over WebSocket alone).
//
//   realtime PORT websocket|socketio
//
// It is told what to do by lines on its input, and answers each with a line of JSON:
//
//   open COUNT PATH            makes so many connections more, 64 handshakes at a time
//   join SIZE                  puts the connections into rooms of so many, and waits until all are in
//   echo SECONDS RATE BYTES    sends messages that come back to their sender
//   send SECONDS RATE BYTES    sends messages to rooms, each from the room's first member, who hears it too
//   rest SECONDS               sends nothing, but answers pings
//   close                      closes every connection as the protocol says, and waits until the server has
//
// RATE is messages a second in all; at 0 it is full pace: each connection's next message, or the next to a room, when
// the last one has been delivered. Every message has a number and the time when it was due, so that what is lost, comes
// twice, comes late or is altered is seen. `cpu_s` is what this program itself used for the line.
//
// Connections come from an address of 127.0.0.0/8 that is this process's own: ports don't run out.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { NOW = MSG_DONTWAIT | MSG_NOSIGNAL };
enum { READ_SIZE = 4 << 20, MOST_BYTES = 1 << 20, MOST_CONNECTIONS = 65536, EVENTS = 512, HANDSHAKES = 64 };
// A mark, the number, a blank, the time, a blank.
enum { NUMBER_DIGITS = 12, TIME_DIGITS = 19, LEAST_BYTES = 1 + NUMBER_DIGITS + 1 + TIME_DIGITS + 1 };

static const uint64_t SECOND = 1000000000;
// How long a server may be silent while something is due.
static const uint64_t PATIENCE = 60 * SECOND;

enum state { SWITCHING, GREETED, ENTERING, READY, CLOSING };
enum opcode { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

struct connection {
    int socket;
    enum state state;
    uint64_t expected;     // the number of the message that is to come next
    char *in;              // received, not yet a whole frame
    size_t in_length;
    char *out;             // not yet taken by the socket
    size_t out_length, out_sent;
};

static struct connection connections[MOST_CONNECTIONS];
static size_t count, ready, in_rooms, room_size;
// Rooms are never used twice: who has left the old ones is the server's business.
static size_t rooms_made;
static int epoll, port;
static bool speaks_socketio;
static char path[256];

static char input[READ_SIZE];
static char scratch[MOST_BYTES + 256], frame[MOST_BYTES + 256];

// What the line that is being worked on has come to.
static struct {
    bool is_echo, is_paced;
    size_t bytes;
    uint64_t end, last;                   // when sending ends; when something was last delivered
    uint64_t *numbers;                    // of the messages sent, for each connection or each room
    uint64_t sent, due, delivered, lost, repeated;
    uint64_t pings, joined;
} work;

// MARK: time and text

static _Noreturn void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "realtime: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    exit(1);
}

static uint64_t clock_of(clockid_t id) {
    struct timespec time;
    clock_gettime(id, &time);
    return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

static uint64_t now(void) { return clock_of(CLOCK_MONOTONIC); }

static void write_digits(char *to, uint64_t value, int digits) {
    while (digits-- > 0) {
        to[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

static uint64_t read_digits(const char *from, int digits) {
    uint64_t value = 0;
    for (int index = 0; index < digits; index++) value = value * 10 + (uint64_t)(from[index] - '0');
    return value;
}

static uint32_t random_mask(void) {
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    // Some servers skip a mask of zeros.
    return (uint32_t)state | 1;
}

// MARK: latency, in buckets of 1/64 of their value

enum { STEPS = 64, BUCKETS = 64 * STEPS };
static uint64_t latencies[BUCKETS], worst;

static void note_latency(uint64_t nanoseconds) {
    int shift = nanoseconds < STEPS ? 0 : 63 - __builtin_clzll(nanoseconds) - 6;
    latencies[(size_t)shift * STEPS + (nanoseconds >> shift)] += 1;
    if (nanoseconds > worst) worst = nanoseconds;
}

static double percentile_ms(double share) {
    uint64_t seen = 0, wanted = (uint64_t)(share * (double)work.delivered);
    for (size_t index = 0; index < BUCKETS; index++) {
        seen += latencies[index];
        if (seen <= wanted) continue;
        // A bucket above the first counts steps from 64 to 127.
        size_t shift = index < 2 * STEPS ? 0 : index / STEPS - 1;
        return (double)((index - shift * STEPS) << shift) / 1e6;
    }
    return (double)worst / 1e6;
}

// MARK: sending

static void watch(struct connection *it, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.u64 = (uint64_t)(it - connections)};
    if (epoll_ctl(epoll, operation, it->socket, &event) != 0) die("epoll_ctl: %s", strerror(errno));
}

static void flush(struct connection *it) {
    while (it->out_sent < it->out_length) {
        ssize_t done = send(it->socket, it->out + it->out_sent, it->out_length - it->out_sent, NOW);
        if (done < 0 && errno == EAGAIN) return;
        if (done < 0) die("connection %zd: %s", it - connections, strerror(errno));
        it->out_sent += (size_t)done;
    }
    free(it->out);
    it->out = NULL;
    it->out_length = it->out_sent = 0;
    watch(it, EPOLL_CTL_MOD, EPOLLIN);
}

static void send_bytes(struct connection *it, const char *start, size_t length) {
    if (!it->out) {
        ssize_t done = send(it->socket, start, length, NOW);
        if (done < 0 && errno != EAGAIN) {
            // A server may have closed before it heard that we do.
            if (it->state == CLOSING) return;
            die("connection %zd: %s", it - connections, strerror(errno));
        }
        if (done == (ssize_t)length) return;
        if (done > 0) start += done, length -= (size_t)done;
        watch(it, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    }
    it->out = realloc(it->out, it->out_length + length);
    if (!it->out) die("no memory");
    memcpy(it->out + it->out_length, start, length);
    it->out_length += length;
}

static void send_frame(struct connection *it, enum opcode opcode, const char *text, size_t length) {
    size_t head = 2;
    frame[0] = (char)(0x80 | opcode);
    if (length < 126) {
        frame[1] = (char)(0x80 | length);
    } else if (length < 65536) {
        frame[1] = (char)(0x80 | 126);
        frame[head++] = (char)(length >> 8);
        frame[head++] = (char)length;
    } else {
        frame[1] = (char)(0x80 | 127);
        for (int shift = 56; shift >= 0; shift -= 8) frame[head++] = (char)((uint64_t)length >> shift);
    }
    uint32_t mask = random_mask();
    memcpy(frame + head, &mask, 4);
    head += 4;
    uint64_t both = (uint64_t)mask << 32 | mask, word;
    size_t index = 0;
    for (; index + 8 <= length; index += 8) {
        memcpy(&word, text + index, 8);
        word ^= both;
        memcpy(frame + head + index, &word, 8);
    }
    for (; index < length; index++) frame[head + index] = (char)(text[index] ^ ((const char *)&both)[index % 8]);
    send_bytes(it, frame, head + length);
}

// Fills the scratch with a message behind `lead`; the letters behind its numbers tell whether it comes back unaltered.
static void send_message(struct connection *it, uint64_t number, uint64_t due_at, const char *lead, const char *end) {
    size_t length = strlen(lead);
    memcpy(scratch, lead, length);
    char *message = scratch + length;
    message[0] = '#';
    write_digits(message + 1, number, NUMBER_DIGITS);
    message[1 + NUMBER_DIGITS] = ' ';
    write_digits(message + 2 + NUMBER_DIGITS, due_at, TIME_DIGITS);
    message[LEAST_BYTES - 1] = ' ';
    memset(message + LEAST_BYTES, 'a' + (int)(number % 26), work.bytes - LEAST_BYTES);
    memcpy(message + work.bytes, end, strlen(end));
    work.sent += 1;
    send_frame(it, TEXT, scratch, length + work.bytes + strlen(end));
}

static void send_echo(struct connection *it, uint64_t due_at) {
    uint64_t number = work.numbers[it - connections]++;
    work.due += 1;
    send_message(it, number, due_at, speaks_socketio ? "42[\"echo\",\"" : "", speaks_socketio ? "\"]" : "");
}

static void send_to_room(size_t room, uint64_t due_at) {
    char lead[64];
    snprintf(lead, sizeof lead, speaks_socketio ? "42[\"send\",\"r%zu-%zu\",\"" : "send r%zu-%zu ", rooms_made, room);
    work.due += room_size;
    send_message(&connections[room * room_size], work.numbers[room]++, due_at, lead, speaks_socketio ? "\"]" : "");
}

// MARK: receiving

static bool starts(const char *text, size_t length, const char *with) {
    size_t wanted = strlen(with);
    return length >= wanted && memcmp(text, with, wanted) == 0;
}

static void delivered(struct connection *it, const char *message, uint64_t at) {
    uint64_t number = read_digits(message + 1, NUMBER_DIGITS);
    uint64_t due_at = read_digits(message + 2 + NUMBER_DIGITS, TIME_DIGITS);
    char letter = (char)('a' + number % 26);
    for (const char *each = message + LEAST_BYTES; each < message + work.bytes; each++)
        if (*each != letter) die("message %ju came altered", (uintmax_t)number);
    if (number < it->expected) {
        work.repeated += 1;
        return;
    }
    work.lost += number - it->expected;
    it->expected = number + 1;
    work.delivered += 1;
    work.last = at;
    note_latency(at > due_at ? at - due_at : 0);
    if (work.is_paced || at >= work.end) return;
    if (work.is_echo) send_echo(it, at);
    else if (work.delivered + work.lost == work.due) send_to_room(work.sent % (in_rooms / room_size), at);
}

static void become_ready(struct connection *it) {
    it->state = READY;
    ready += 1;
}

static void take_text(struct connection *it, const char *text, size_t length, uint64_t at) {
    if (speaks_socketio) {
        if (it->state == GREETED && starts(text, length, "0{")) {
            it->state = ENTERING;
            return send_frame(it, TEXT, "40", 2);
        }
        if (it->state == ENTERING && starts(text, length, "40")) return become_ready(it);
        if (length == 1 && text[0] == '2') {
            work.pings += 1;
            return send_frame(it, TEXT, "3", 1);
        }
    }
    if (starts(text, length, speaks_socketio ? "42[\"joined\"" : "joined ")) {
        work.joined += 1;
        return;
    }
    const char *message = memchr(text, '#', length);
    if (!message || !work.numbers)
        die("connection %zd heard `%.*s`", it - connections, (int)(length < 200 ? length : 200), text);
    size_t left = (size_t)(text + length - message), wanted = work.bytes + (speaks_socketio ? 2 : 0);
    if (left != wanted) die("a message that ends in %zu bytes came as %zu", wanted, left);
    delivered(it, message, at);
}

static void take_frame(struct connection *it, unsigned char first, char *payload, size_t length, uint64_t at) {
    if (it->state == CLOSING) return;
    switch (first) {
    case 0x80 | TEXT: return take_text(it, payload, length, at);
    case 0x80 | PONG: return;
    case 0x80 | PING:
        work.pings += 1;
        return send_frame(it, PONG, payload, length);
    case 0x80 | CLOSE: {
        int code = length < 2 ? 1005 : (unsigned char)payload[0] << 8 | (unsigned char)payload[1];
        int reason = length < 2 ? 0 : (int)length - 2;
        die("the server closed connection %zd: %d %.*s", it - connections, code, reason, payload + 2);
    }
    default: die("a frame that begins with %#x", first);
    }
}

// Takes the whole frames, or the answer to the handshake; gives how many bytes that was.
static size_t take(struct connection *it, char *start, size_t length, uint64_t at) {
    size_t used = 0;
    if (it->state == SWITCHING) {
        char *end = memmem(start, length, "\r\n\r\n", 4);
        if (!end) return 0;
        if (!starts(start, length, "HTTP/1.1 101")) die("no switch to WebSocket: %.*s", (int)(end - start), start);
        used = (size_t)(end - start) + 4;
        if (speaks_socketio) it->state = GREETED;
        else become_ready(it);
    }
    while (length - used >= 2) {
        const unsigned char *head = (const unsigned char *)start + used;
        size_t left = length - used, size = head[1], before = 2;
        if (size > 127) die("a masked frame from the server");
        if (size >= 126) {
            before = size == 126 ? 4 : 10;
            if (left < before) break;
            size = 0;
            for (size_t index = 2; index < before; index++) size = size << 8 | head[index];
            if (size > MOST_BYTES + 64) die("a frame of %zu bytes", size);
        }
        if (left < before + size) break;
        take_frame(it, head[0], start + used + before, size, at);
        used += before + size;
    }
    return used;
}

static void has_ended(struct connection *it, const char *why) {
    if (it->state != CLOSING) die("the server ended connection %zd: %s", it - connections, why);
    close(it->socket);
    free(it->in);
    free(it->out);
    *it = (struct connection){.socket = -1};
    ready -= 1;
}

static void readable(struct connection *it) {
    size_t length = it->in_length;
    if (it->in) memcpy(input, it->in, length);
    ssize_t received = recv(it->socket, input + length, READ_SIZE - length, NOW);
    if (received < 0 && errno == EAGAIN) return;
    if (received < 0) return has_ended(it, strerror(errno));
    if (received == 0) return has_ended(it, "no more is sent");
    length += (size_t)received;
    size_t used = take(it, input, length, now());
    it->in_length = length - used;
    if (it->in_length == 0) {
        free(it->in);
        it->in = NULL;
        return;
    }
    it->in = realloc(it->in, it->in_length);
    if (!it->in) die("no memory");
    memcpy(it->in, input + used, it->in_length);
}

// Waits for what happens next, at most until the time.
static void step(uint64_t until) {
    struct epoll_event events[EVENTS];
    uint64_t at = now(), wait = until > at ? until - at : 0;
    struct timespec most = {.tv_sec = (time_t)(wait / SECOND), .tv_nsec = (long)(wait % SECOND)};
    int found = epoll_pwait2(epoll, events, EVENTS, &most, NULL);
    for (int index = 0; index < found; index++) {
        struct connection *it = &connections[events[index].data.u64];
        if (it->out && events[index].events & EPOLLOUT) flush(it);
        if (events[index].events & ~(uint32_t)EPOLLOUT) readable(it);
    }
}

// MARK: the lines

static void connect_one(void) {
    struct connection *it = &connections[count++];
    *it = (struct connection){.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (it->socket < 0) die("socket: %s", strerror(errno));
    uint32_t own = 0x7f000002 + (uint32_t)getpid() % 0xfffff0;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(own)};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int on = 1;
    setsockopt(it->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(it->socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(it->socket, (struct sockaddr *)&from, sizeof from) != 0) die("bind: %s", strerror(errno));
    // The system takes a connection to itself at once, or when the server's queue has room.
    if (connect(it->socket, (struct sockaddr *)&to, sizeof to) != 0) die("connect: %s", strerror(errno));
    watch(it, EPOLL_CTL_ADD, EPOLLIN);
    int length = snprintf(scratch, sizeof scratch,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                          path, port);
    send_bytes(it, scratch, (size_t)length);
}

static void open_connections(size_t more) {
    size_t wanted = count + more;
    if (wanted > MOST_CONNECTIONS) die("at most %d connections", MOST_CONNECTIONS);
    uint64_t patience = now() + PATIENCE;
    for (size_t before = ready; ready < wanted; before = ready) {
        while (count < wanted && count - ready < HANDSHAKES) connect_one();
        step(patience);
        if (ready > before) patience = now() + PATIENCE;
        else if (now() > patience) die("%zu of %zu connections were made", ready, wanted);
    }
}

static void join(size_t size) {
    if (size == 0 || size > count) die("rooms of %zu, of %zu connections", size, count);
    room_size = size;
    in_rooms = count / size * size;
    rooms_made += 1;
    const char *format = speaks_socketio ? "42[\"join\",\"r%zu-%zu\"]" : "join r%zu-%zu";
    for (size_t index = 0; index < in_rooms; index++) {
        int length = snprintf(scratch, sizeof scratch, format, rooms_made, index / size);
        send_frame(&connections[index], TEXT, scratch, (size_t)length);
    }
    uint64_t patience = now() + PATIENCE;
    for (uint64_t before = 0; work.joined < in_rooms; before = work.joined) {
        step(patience);
        if (work.joined > before) patience = now() + PATIENCE;
        else if (now() > patience) die("%ju of %zu connections joined", (uintmax_t)work.joined, in_rooms);
    }
}

static uint64_t due_next(uint64_t begin, double rate) {
    return begin + (uint64_t)((double)work.sent / rate * (double)SECOND);
}

static void send_messages(bool is_echo, double seconds, double rate, size_t bytes) {
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) die("messages have %d to %d bytes", LEAST_BYTES, MOST_BYTES);
    if (count == 0 || (!is_echo && room_size == 0)) die("nobody is there to send to");
    size_t senders = is_echo ? count : in_rooms / room_size;
    work.numbers = calloc(senders, sizeof *work.numbers);
    if (!work.numbers) die("no memory");
    for (size_t index = 0; index < count; index++) connections[index].expected = 0;
    work.is_echo = is_echo;
    work.is_paced = rate > 0;
    work.bytes = bytes;
    uint64_t begin = now();
    work.last = begin;
    work.end = begin + (uint64_t)(seconds * (double)SECOND);
    if (!work.is_paced && is_echo)
        for (size_t index = 0; index < count; index++) send_echo(&connections[index], now());
    if (!work.is_paced && !is_echo) send_to_room(0, begin);
    for (;;) {
        uint64_t at = now(), next = work.is_paced ? due_next(begin, rate) : work.end;
        for (; next <= at && next < work.end; next = due_next(begin, rate)) {
            if (is_echo) send_echo(&connections[work.sent % senders], next);
            else send_to_room(work.sent % senders, next);
        }
        bool is_over = at >= work.end;
        if (is_over && work.delivered + work.lost >= work.due) break;
        if (at > work.last + PATIENCE && is_over) break;
        step(is_over ? work.last + PATIENCE : next < work.end ? next : work.end);
    }
    size_t hearers = is_echo ? count : in_rooms;
    for (size_t index = 0; index < hearers; index++)
        work.lost += work.numbers[is_echo ? index : index / room_size] - connections[index].expected;
    work.last -= begin;
    free(work.numbers);
}

static void rest(double seconds) {
    for (uint64_t end = now() + (uint64_t)(seconds * (double)SECOND); now() < end;) step(end);
}

static void close_all(void) {
    for (size_t index = 0; index < count; index++) {
        connections[index].state = CLOSING;
        send_frame(&connections[index], CLOSE, "\x03\xe8", 2);
    }
    for (uint64_t patience = now() + PATIENCE; ready > 0;) {
        step(patience);
        if (now() > patience) die("%zu of %zu connections were not closed", ready, count);
    }
    count = in_rooms = room_size = 0;
}

static void obey(char *line) {
    size_t number;
    double seconds, rate;
    if (sscanf(line, "open %zu %255s", &number, path) == 2) {
        open_connections(number);
    } else if (sscanf(line, "join %zu", &number) == 1) {
        join(number);
    } else if (sscanf(line, "echo %lf %lf %zu", &seconds, &rate, &number) == 3) {
        send_messages(true, seconds, rate, number);
    } else if (sscanf(line, "send %lf %lf %zu", &seconds, &rate, &number) == 3) {
        send_messages(false, seconds, rate, number);
    } else if (sscanf(line, "rest %lf", &seconds) == 1) {
        rest(seconds);
    } else if (strncmp(line, "close", 5) == 0) {
        close_all();
    } else {
        die("what is `%s`?", line);
    }
}

int main(int arguments, char **argument) {
    signal(SIGPIPE, SIG_IGN);
    if (arguments < 3) die("usage: realtime PORT websocket|socketio");
    port = atoi(argument[1]);
    speaks_socketio = strcmp(argument[2], "socketio") == 0;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    char line[512];
    while (fgets(line, sizeof line, stdin)) {
        memset(&work, 0, sizeof work);
        memset(latencies, 0, sizeof latencies);
        worst = 0;
        uint64_t begin = now(), cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
        obey(line);
        double seconds = (double)(work.sent ? work.last : now() - begin) / 1e9;
        printf("{\"connections\": %zu, \"seconds\": %.6f, \"sent\": %ju, \"delivered\": %ju, \"lost\": %ju, "
               "\"repeated\": %ju, \"pings\": %ju, \"p50_ms\": %.4f, \"p99_ms\": %.4f, \"worst_ms\": %.4f, \"cpu_s\": %.6f}\n",
               count, seconds, (uintmax_t)work.sent, (uintmax_t)work.delivered, (uintmax_t)work.lost,
               (uintmax_t)work.repeated, (uintmax_t)work.pings, percentile_ms(0.5), percentile_ms(0.99),
               (double)worst / 1e6, (double)(clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu) / 1e9);
        fflush(stdout);
    }
}
