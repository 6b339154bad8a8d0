// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// SQLite by its C API, with a statement that is kept: what point reads and inserts cost without anything above it.
//
//     sqlite find FILE ROWS WARMUP SECONDS
//     sqlite insert FILE PACKAGES
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 10 };

static sqlite3 *database;

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, database ? sqlite3_errmsg(database) : "");
    exit(1);
}

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// As Tandem opens a database by default.
static void open_database(const char *path) {
    const char *pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                          "PRAGMA cache_size = -16384";
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &database, flags, NULL) != SQLITE_OK) fail(path);
    if (sqlite3_exec(database, pragmas, NULL, NULL, NULL) != SQLITE_OK) fail(pragmas);
}

static sqlite3_stmt *prepared(const char *text) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) fail(text);
    return statement;
}

// Reads a row by its key, all columns, and gives a number that each of them has a share in.
static int64_t find(sqlite3_stmt *statement, int64_t id) {
    sqlite3_bind_int64(statement, 1, id);
    if (sqlite3_step(statement) != SQLITE_ROW) fail("no such row");
    int64_t sum = sqlite3_column_int64(statement, 0) + sqlite3_column_int64(statement, 3)
        + sqlite3_column_int64(statement, 5) + sqlite3_column_int64(statement, 7)
        + (int64_t)(sqlite3_column_double(statement, 8) * 4);
    if (sqlite3_column_type(statement, 6) != SQLITE_NULL) sum += sqlite3_column_int64(statement, 6);
    static const int texts[] = {1, 2, 4, 9};
    for (size_t index = 0; index < sizeof texts / sizeof *texts; index++) {
        const unsigned char *text = sqlite3_column_text(statement, texts[index]);
        sum += text ? sqlite3_column_bytes(statement, texts[index]) : 0;
    }
    if (sqlite3_step(statement) != SQLITE_DONE) fail("more than one row");
    sqlite3_reset(statement);
    return sum;
}

static int64_t find_for(sqlite3_stmt *statement, int64_t rows, double time, int64_t *sum) {
    static uint64_t state = 0;
    double end = seconds(CLOCK_MONOTONIC) + time;
    int64_t turns = 0;
    do {
        for (int turn = 0; turn < 32; turn++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            *sum += find(statement, (int64_t)((state >> 33) % (uint64_t)rows) + 1);
        }
        turns += 32;
    } while (seconds(CLOCK_MONOTONIC) < end);
    return turns;
}

static void report(int64_t turns, double start, double cpu, int64_t checksum) {
    printf("{\"turns\": %lld, \"seconds\": %.9f, \"cpu_seconds\": %.9f, \"checksum\": %lld}\n", (long long)turns,
           seconds(CLOCK_MONOTONIC) - start, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, (long long)checksum);
}

static void run_find(int64_t rows, double warmup, double time) {
    sqlite3_stmt *statement = prepared("SELECT id, name, version, section_id, priority, size, installed, essential,"
                                       " score, summary FROM packages WHERE id = ?");
    int64_t checksum = 0, sum = 0;
    for (int64_t id = 1; id <= 1000; id++) checksum += find(statement, id);
    find_for(statement, rows, warmup, &sum);
    double start = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    int64_t turns = find_for(statement, rows, time, &sum);
    report(sum ? turns : 0, start, cpu, checksum);
}

typedef struct {
    char *words[COLUMNS];
    int64_t numbers[COLUMNS];
    double score;
} Package;

static Package *packages;
static size_t count;

static void read_packages(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    char *line = NULL;
    size_t capacity = 0, room = 0;
    while (getline(&line, &capacity, file) > 0) {
        if (count == room) packages = realloc(packages, (room = room ? 2 * room : 1024) * sizeof *packages);
        Package *package = &packages[count++];
        char *rest = strdup(line);
        rest[strcspn(rest, "\n")] = 0;
        for (int column = 0; column < COLUMNS; column++) {
            package->words[column] = strsep(&rest, "\t");
            if (!package->words[column]) fail("not a package");
            package->numbers[column] = atoll(package->words[column]);
        }
        package->score = atof(package->words[8]);
    }
    fclose(file);
}

static void run_insert(const char *path) {
    read_packages(path);
    sqlite3_stmt *statement = prepared("INSERT INTO packages (id, name, version, section_id, priority, size, installed,"
                                       " essential, score, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    double start = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK) fail("BEGIN");
    for (size_t index = 0; index < count; index++) {
        Package *package = &packages[index];
        static const int texts[] = {1, 2, 4, 9}, numbers[] = {0, 3, 5, 7};
        for (int each = 0; each < 4; each++) {
            sqlite3_bind_text(statement, texts[each] + 1, package->words[texts[each]], -1, SQLITE_STATIC);
            sqlite3_bind_int64(statement, numbers[each] + 1, package->numbers[numbers[each]]);
        }
        if (package->words[6][0] == '\\') sqlite3_bind_null(statement, 7);
        else sqlite3_bind_int64(statement, 7, package->numbers[6]);
        sqlite3_bind_double(statement, 9, package->score);
        if (sqlite3_step(statement) != SQLITE_DONE) fail("INSERT");
        sqlite3_reset(statement);
    }
    if (sqlite3_exec(database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) fail("COMMIT");
    report((int64_t)count, start, cpu, 0);
}

int main(int argc, char **argv) {
    if (argc < 4) fail("sqlite find|insert FILE …");
    open_database(argv[2]);
    if (strcmp(argv[1], "find") == 0 && argc == 6) run_find(atoll(argv[3]), atof(argv[4]), atof(argv[5]));
    else if (strcmp(argv[1], "insert") == 0) run_insert(argv[3]);
    else fail("sqlite find|insert FILE …");
    sqlite3_close(database);
}
