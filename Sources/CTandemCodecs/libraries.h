// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef TANDEM_LIBRARIES_H
#define TANDEM_LIBRARIES_H

#include "CTandemCodecs.h"

// Where a function's address is to be put.
typedef struct {
    const char *name;
    void **address;
} tandem_symbol;

// Opens the first library of `names` that is there and fills in the addresses; both lists end with NULL. False where
// the library or one of the symbols is missing. The library stays open for good.
bool tandem_load(const char *const *names, const tandem_symbol *symbols);

bool tandem_brotli_available(void);
void *tandem_brotli_encoder_create(int level, int window_bits);
tandem_step tandem_brotli_encode(
    void *encoder, const void *input, size_t input_count, void *output, size_t output_count, tandem_ending ending);
void tandem_brotli_encoder_free(void *encoder);
void *tandem_brotli_decoder_create(void);
tandem_step tandem_brotli_decode(
    void *decoder, const void *input, size_t input_count, void *output, size_t output_count);
void tandem_brotli_decoder_free(void *decoder);

bool tandem_zstd_available(void);
void *tandem_zstd_encoder_create(int level, int window_bits);
tandem_step tandem_zstd_encode(
    void *encoder, const void *input, size_t input_count, void *output, size_t output_count, tandem_ending ending);
void tandem_zstd_encoder_free(void *encoder);
void *tandem_zstd_decoder_create(int window_bits);
tandem_step tandem_zstd_decode(
    void *decoder, const void *input, size_t input_count, void *output, size_t output_count);
void tandem_zstd_decoder_free(void *decoder);

#endif
