// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef TANDEM_SQLITE_SHIM_H
#define TANDEM_SQLITE_SHIM_H

#include <sqlite3.h>
#include <stddef.h>

// Macros with casts and functions of any number of arguments, which Swift does not see.

// Binds a text that SQLite copies.
static inline int tandem_sqlite3_bind_text(sqlite3_stmt *statement, int index, const void *text, size_t length) {
    return sqlite3_bind_text64(statement, index, text ? (const char *)text : "", length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Binds bytes that SQLite copies; none are an empty blob, not NULL.
static inline int tandem_sqlite3_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, size_t length) {
    return length ? sqlite3_bind_blob64(statement, index, bytes, length, SQLITE_TRANSIENT)
                  : sqlite3_bind_zeroblob(statement, index, 0);
}

// Prepares the first statement of a text to be kept, and tells how many bytes it has.
static inline int tandem_sqlite3_prepare(
    sqlite3 *db, const void *text, int length, sqlite3_stmt **statement, int *used
) {
    const char *tail = (const char *)text;
    int code = sqlite3_prepare_v3(db, (const char *)text, length, SQLITE_PREPARE_PERSISTENT, statement, &tail);
    *used = tail ? (int)(tail - (const char *)text) : 0;
    return code;
}

// Refuses double quotes around texts, where a misspelled column would be one, and writes into SQLite's own tables.
static inline void tandem_sqlite3_harden(sqlite3 *db) {
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

// Counts no memory: the count takes one lock of the whole process for every allocation. Too late once SQLite is used.
static inline void tandem_sqlite3_configure(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

#endif
