// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#include <pthread.h>

#include "libraries.h"

// What is used of brotli/encode.h and brotli/decode.h, whose interface has been stable since 1.0.
static void *(*encoder_create)(void *allocate, void *release, void *opaque);
static int (*encoder_set)(void *encoder, int parameter, uint32_t value);
static int (*encoder_step)(
    void *encoder, int operation, size_t *available_in, const uint8_t **next_in, size_t *available_out,
    uint8_t **next_out, size_t *total_out);
static int (*encoder_has_more)(void *encoder);
static int (*encoder_is_finished)(void *encoder);
static void (*encoder_destroy)(void *encoder);
static void *(*decoder_create)(void *allocate, void *release, void *opaque);
static int (*decoder_step)(
    void *decoder, size_t *available_in, const uint8_t **next_in, size_t *available_out, uint8_t **next_out,
    size_t *total_out);
static void (*decoder_destroy)(void *decoder);

enum { parameter_quality = 1, parameter_window_bits = 2 };
enum { operation_process = 0, operation_flush = 1, operation_finish = 2 };
enum { result_error = 0, result_success = 1, result_needs_input = 2, result_needs_output = 3 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded = false;

static void load(void) {
    const char *const encoders[] = {"libbrotlienc.so.1", "libbrotlienc.1.dylib", NULL};
    const char *const decoders[] = {"libbrotlidec.so.1", "libbrotlidec.1.dylib", NULL};
    const tandem_symbol encoding[] = {
        {"BrotliEncoderCreateInstance", (void **)&encoder_create},
        {"BrotliEncoderSetParameter", (void **)&encoder_set},
        {"BrotliEncoderCompressStream", (void **)&encoder_step},
        {"BrotliEncoderHasMoreOutput", (void **)&encoder_has_more},
        {"BrotliEncoderIsFinished", (void **)&encoder_is_finished},
        {"BrotliEncoderDestroyInstance", (void **)&encoder_destroy},
        {NULL, NULL},
    };
    const tandem_symbol decoding[] = {
        {"BrotliDecoderCreateInstance", (void **)&decoder_create},
        {"BrotliDecoderDecompressStream", (void **)&decoder_step},
        {"BrotliDecoderDestroyInstance", (void **)&decoder_destroy},
        {NULL, NULL},
    };
    loaded = tandem_load(encoders, encoding) && tandem_load(decoders, decoding);
}

bool tandem_brotli_available(void) {
    pthread_once(&once, load);
    return loaded;
}

void *tandem_brotli_encoder_create(int level, int window_bits) {
    void *encoder = encoder_create(NULL, NULL, NULL);
    if (!encoder) return NULL;
    if (!encoder_set(encoder, parameter_quality, (uint32_t)level)
        || !encoder_set(encoder, parameter_window_bits, (uint32_t)window_bits)) {
        encoder_destroy(encoder);
        return NULL;
    }
    return encoder;
}

tandem_step tandem_brotli_encode(
    void *encoder, const void *input, size_t input_count, void *output, size_t output_count, tandem_ending ending
) {
    size_t available_in = input_count, available_out = output_count;
    const uint8_t *next_in = input;
    uint8_t *next_out = output;
    int operation = ending == tandem_ending_finish  ? operation_finish
                    : ending == tandem_ending_flush ? operation_flush
                                                    : operation_process;
    int succeeded = encoder_step(encoder, operation, &available_in, &next_in, &available_out, &next_out, NULL);
    tandem_step step = {input_count - available_in, output_count - available_out, tandem_outcome_drained};
    if (!succeeded) step.outcome = tandem_outcome_failed;
    else if (encoder_is_finished(encoder)) step.outcome = tandem_outcome_ended;
    else if (available_in > 0 || encoder_has_more(encoder)) step.outcome = tandem_outcome_full;
    return step;
}

void tandem_brotli_encoder_free(void *encoder) { encoder_destroy(encoder); }

void *tandem_brotli_decoder_create(void) { return decoder_create(NULL, NULL, NULL); }

tandem_step tandem_brotli_decode(
    void *decoder, const void *input, size_t input_count, void *output, size_t output_count
) {
    size_t available_in = input_count, available_out = output_count;
    const uint8_t *next_in = input;
    uint8_t *next_out = output;
    int result = decoder_step(decoder, &available_in, &next_in, &available_out, &next_out, NULL);
    tandem_step step = {input_count - available_in, output_count - available_out, tandem_outcome_failed};
    if (result == result_success) step.outcome = tandem_outcome_ended;
    if (result == result_needs_input) step.outcome = tandem_outcome_drained;
    if (result == result_needs_output) step.outcome = tandem_outcome_full;
    return step;
}

void tandem_brotli_decoder_free(void *decoder) { decoder_destroy(decoder); }
