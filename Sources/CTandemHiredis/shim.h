// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef C_TANDEM_HIREDIS_H
#define C_TANDEM_HIREDIS_H

#include <hiredis/hiredis.h>
#include <hiredis/read.h>
#include <stdlib.h>

/// A reader that calls these functions, with `context` in each task's `privdata`; NULL without memory.
static inline redisReader *tandem_reader_create(redisReplyObjectFunctions functions, void *context) {
    redisReplyObjectFunctions *kept = malloc(sizeof(*kept));
    if (kept == NULL) return NULL;
    *kept = functions;
    redisReader *reader = redisReaderCreateWithFunctions(kept);
    if (reader == NULL) {
        free(kept);
        return NULL;
    }
    reader->privdata = context;
    return reader;
}

static inline void tandem_reader_free(redisReader *reader) {
    redisReplyObjectFunctions *kept = reader->fn;
    redisReaderFree(reader);
    free(kept);
}

static inline int tandem_reader_feed(redisReader *reader, const void *bytes, size_t count) {
    return redisReaderFeed(reader, (const char *)bytes, count);
}

/// 1 where a whole reply was read, 0 where bytes are missing, -1 where they are no reply.
static inline int tandem_reader_read(redisReader *reader) {
    void *reply = NULL;
    if (redisReaderGetReply(reader, &reply) != REDIS_OK) return -1;
    return reply != NULL;
}

static inline const char *tandem_reader_error(const redisReader *reader) { return reader->errstr; }

#endif
