// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Brotli (RFC 7932) and Zstandard (RFC 8878) through the system's libraries, which are looked for at run time: a
// missing one costs its coding and nothing else. Both look alike from outside.

#ifndef C_TANDEM_CODECS_H
#define C_TANDEM_CODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#define TANDEM_CLOSED __attribute__((enum_extensibility(closed)))
#define TANDEM_NAME(name) __attribute__((swift_name(name)))
#else
#define TANDEM_CLOSED
#define TANDEM_NAME(name)
#endif

// A library.
typedef enum TANDEM_CLOSED {
    tandem_library_brotli,
    tandem_library_zstd,
} tandem_library TANDEM_NAME("CodecLibrary");

// What an encoder does once it has taken all of its input.
typedef enum TANDEM_CLOSED {
    // Keeps what it likes for later.
    tandem_ending_none,
    // Gives all that a decoder needs to see the input.
    tandem_ending_flush,
    // Ends the stream.
    tandem_ending_finish,
} tandem_ending TANDEM_NAME("CodecEnding");

// How a step ended.
typedef enum TANDEM_CLOSED {
    // All input was taken, and an encoder has done what its ending asks.
    tandem_outcome_drained,
    // The output is full; there may be more.
    tandem_outcome_full,
    // The stream is over; input may be left.
    tandem_outcome_ended,
    // The input is malformed, or memory is short.
    tandem_outcome_failed,
} tandem_outcome TANDEM_NAME("CodecOutcome");

// What a step did.
typedef struct {
    size_t consumed;
    size_t produced;
    tandem_outcome outcome;
} tandem_step TANDEM_NAME("CodecStep");

// Whether the library is on this machine with all that is needed of it. Any thread may ask.
bool tandem_available(tandem_library library);

// A new encoder, or NULL where the library or memory is missing. The window has 2^window_bits bytes.
void *tandem_encoder_create(tandem_library library, int level, int window_bits);

// Encodes; one thread at a time for each encoder.
tandem_step tandem_encode(
    tandem_library library, void *encoder, const void *input, size_t input_count, void *output, size_t output_count,
    tandem_ending ending);

void tandem_encoder_free(tandem_library library, void *encoder);

// A new decoder, or NULL where the library or memory is missing. Streams that want a larger window than
// 2^window_bits bytes fail (Zstandard; Brotli's never have more than 2^24).
void *tandem_decoder_create(tandem_library library, int window_bits);

// Decodes; one thread at a time for each decoder.
tandem_step tandem_decode(
    tandem_library library, void *decoder, const void *input, size_t input_count, void *output, size_t output_count);

void tandem_decoder_free(tandem_library library, void *decoder);

#endif
