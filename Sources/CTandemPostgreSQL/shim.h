// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef C_TANDEM_POSTGRESQL_H
#define C_TANDEM_POSTGRESQL_H

#include <libpq-fe.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// A value of a statement: where it stands among the bytes of all of them, its format and its type.
typedef struct {
    /// Less than 0 for NULL.
    int32_t offset;
    int32_t length;
    /// 0 for text that ends with a zero, 1 for binary.
    int32_t format;
    /// 0 where the server is to find out.
    Oid type;
} tandem_pq_value;

/// Sends a statement with its values: a prepared one by its name, or else one by its text.
static inline int tandem_pq_send(PGconn *connection, const char *name, const char *text, const void *bytes,
                                 const tandem_pq_value *values, int count) {
    enum { FEW = 32 };
    const char *few_pointers[FEW], **pointers = few_pointers;
    int few_numbers[3 * FEW], *numbers = few_numbers;
    if (count > FEW) {
        pointers = (const char **)malloc((size_t)count * sizeof *pointers);
        numbers = (int *)malloc((size_t)count * 3 * sizeof *numbers);
    }
    int sent = 0;
    if (pointers && numbers) {
        int *lengths = numbers, *formats = numbers + count;
        Oid *types = (Oid *)(numbers + 2 * count);
        for (int i = 0; i < count; i++) {
            pointers[i] = values[i].offset < 0 ? NULL : (const char *)bytes + values[i].offset;
            lengths[i] = values[i].length;
            formats[i] = values[i].format;
            types[i] = values[i].type;
        }
        sent = text ? PQsendQueryParams(connection, text, count, types, pointers, lengths, formats, 1)
                    : PQsendQueryPrepared(connection, name, count, pointers, lengths, formats, 1);
    }
    if (pointers != few_pointers) free(pointers);
    if (numbers != few_numbers) free(numbers);
    return sent;
}

/// Some bytes of a COPY, from an offset on.
static inline int tandem_pq_copy(PGconn *connection, const void *bytes, int count) {
    return PQputCopyData(connection, (const char *)bytes, count);
}

/// A whole number of as many bytes as the value has, the highest first.
static inline int64_t tandem_pq_integer(const PGresult *result, int row, int column) {
    const unsigned char *bytes = (const unsigned char *)PQgetvalue(result, row, column);
    int length = PQgetlength(result, row, column);
    if (length < 1 || length > 8) return 0;
    int64_t value = (signed char)bytes[0];
    for (int i = 1; i < length; i++) value = (int64_t)((uint64_t)value << 8 | bytes[i]);
    return value;
}

/// A binary fraction of four or eight bytes.
static inline double tandem_pq_double(const PGresult *result, int row, int column) {
    uint64_t bits = (uint64_t)tandem_pq_integer(result, row, column);
    if (PQgetlength(result, row, column) == 4) {
        uint32_t half = (uint32_t)bits;
        float value;
        memcpy(&value, &half, sizeof value);
        return value;
    }
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/// Copies a value's bytes to where there is room for them.
static inline void tandem_pq_bytes(const PGresult *result, int row, int column, void *bytes) {
    memcpy(bytes, PQgetvalue(result, row, column), (size_t)PQgetlength(result, row, column));
}

/// How many rows a statement changed, by its tag.
static inline long tandem_pq_changed(PGresult *result) {
    const char *tag = PQcmdStatus(result);
    bool changes = !strncmp(tag, "INSERT", 6) || !strncmp(tag, "UPDATE", 6) || !strncmp(tag, "DELETE", 6) ||
                   !strncmp(tag, "MERGE", 5) || !strncmp(tag, "COPY", 4);
    return changes ? atol(PQcmdTuples(result)) : 0;
}

/// Starts a thread that nobody waits for.
static inline int tandem_pq_thread(void *(*body)(void *), void *argument) {
    pthread_t thread;
    int result = pthread_create(&thread, NULL, body, argument);
    if (result == 0) pthread_detach(thread);
    return result;
}

// Characters, which Swift does not import.
enum {
    TANDEM_PG_SQLSTATE = PG_DIAG_SQLSTATE,
    TANDEM_PG_MESSAGE = PG_DIAG_MESSAGE_PRIMARY,
    TANDEM_PG_DETAIL = PG_DIAG_MESSAGE_DETAIL,
    TANDEM_PG_TABLE = PG_DIAG_TABLE_NAME,
    TANDEM_PG_COLUMN = PG_DIAG_COLUMN_NAME,
    TANDEM_PG_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME,
    TANDEM_PG_FUNCTION = PG_DIAG_SOURCE_FUNCTION,
};

#endif
