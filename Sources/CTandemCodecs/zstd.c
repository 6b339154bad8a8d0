// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#include <pthread.h>

#include "libraries.h"

// What is used of zstd.h: its interface has been stable since 1.4.0, and a library before it lacks the symbols.
typedef struct {
    void *bytes;
    size_t count;
    size_t position;
} out_buffer;
typedef struct {
    const void *bytes;
    size_t count;
    size_t position;
} in_buffer;

static unsigned (*is_error)(size_t code);
static void *(*encoder_create)(void);
static size_t (*encoder_set)(void *encoder, int parameter, int value);
static size_t (*encoder_step)(void *encoder, out_buffer *output, in_buffer *input, int directive);
static size_t (*encoder_free)(void *encoder);
static void *(*decoder_create)(void);
static size_t (*decoder_set)(void *decoder, int parameter, int value);
static size_t (*decoder_step)(void *decoder, out_buffer *output, in_buffer *input);
static size_t (*decoder_free)(void *decoder);

enum { parameter_level = 100, parameter_window_bits = 101, parameter_window_bits_limit = 100 };
enum { directive_continue = 0, directive_flush = 1, directive_end = 2 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded = false;

static void load(void) {
    const char *const names[] = {"libzstd.so.1", "libzstd.1.dylib", NULL};
    const tandem_symbol symbols[] = {
        {"ZSTD_isError", (void **)&is_error},
        {"ZSTD_createCCtx", (void **)&encoder_create},
        {"ZSTD_CCtx_setParameter", (void **)&encoder_set},
        {"ZSTD_compressStream2", (void **)&encoder_step},
        {"ZSTD_freeCCtx", (void **)&encoder_free},
        {"ZSTD_createDCtx", (void **)&decoder_create},
        {"ZSTD_DCtx_setParameter", (void **)&decoder_set},
        {"ZSTD_decompressStream", (void **)&decoder_step},
        {"ZSTD_freeDCtx", (void **)&decoder_free},
        {NULL, NULL},
    };
    loaded = tandem_load(names, symbols);
}

bool tandem_zstd_available(void) {
    pthread_once(&once, load);
    return loaded;
}

void *tandem_zstd_encoder_create(int level, int window_bits) {
    void *encoder = encoder_create();
    if (!encoder) return NULL;
    if (is_error(encoder_set(encoder, parameter_level, level))
        || is_error(encoder_set(encoder, parameter_window_bits, window_bits))) {
        encoder_free(encoder);
        return NULL;
    }
    return encoder;
}

tandem_step tandem_zstd_encode(
    void *encoder, const void *input, size_t input_count, void *output, size_t output_count, tandem_ending ending
) {
    in_buffer in = {input, input_count, 0};
    out_buffer out = {output, output_count, 0};
    int directive = ending == tandem_ending_finish  ? directive_end
                    : ending == tandem_ending_flush ? directive_flush
                                                    : directive_continue;
    size_t left = encoder_step(encoder, &out, &in, directive);
    tandem_step step = {in.position, out.position, tandem_outcome_drained};
    if (is_error(left)) step.outcome = tandem_outcome_failed;
    else if (in.position < in.count) step.outcome = tandem_outcome_full;
    else if (ending != tandem_ending_none && left > 0) step.outcome = tandem_outcome_full;
    else if (ending == tandem_ending_finish) step.outcome = tandem_outcome_ended;
    return step;
}

void tandem_zstd_encoder_free(void *encoder) { encoder_free(encoder); }

void *tandem_zstd_decoder_create(int window_bits) {
    void *decoder = decoder_create();
    if (!decoder) return NULL;
    if (is_error(decoder_set(decoder, parameter_window_bits_limit, window_bits))) {
        decoder_free(decoder);
        return NULL;
    }
    return decoder;
}

tandem_step tandem_zstd_decode(
    void *decoder, const void *input, size_t input_count, void *output, size_t output_count
) {
    in_buffer in = {input, input_count, 0};
    out_buffer out = {output, output_count, 0};
    size_t left = decoder_step(decoder, &out, &in);
    tandem_step step = {in.position, out.position, tandem_outcome_drained};
    if (is_error(left)) step.outcome = tandem_outcome_failed;
    else if (left == 0) step.outcome = tandem_outcome_ended;
    else if (out.position == out.count) step.outcome = tandem_outcome_full;
    return step;
}

void tandem_zstd_decoder_free(void *decoder) { decoder_free(decoder); }
