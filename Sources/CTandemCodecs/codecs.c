// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#include <dlfcn.h>

#include "libraries.h"

bool tandem_load(const char *const *names, const tandem_symbol *symbols) {
    void *library = NULL;
    for (; *names && !library; names++) library = dlopen(*names, RTLD_NOW | RTLD_LOCAL);
    if (!library) return false;
    for (; symbols->name; symbols++) {
        *symbols->address = dlsym(library, symbols->name);
        if (!*symbols->address) return false;
    }
    return true;
}

bool tandem_available(tandem_library library) {
    return library == tandem_library_brotli ? tandem_brotli_available() : tandem_zstd_available();
}

void *tandem_encoder_create(tandem_library library, int level, int window_bits) {
    if (!tandem_available(library)) return NULL;
    return library == tandem_library_brotli ? tandem_brotli_encoder_create(level, window_bits)
                                            : tandem_zstd_encoder_create(level, window_bits);
}

tandem_step tandem_encode(
    tandem_library library, void *encoder, const void *input, size_t input_count, void *output, size_t output_count,
    tandem_ending ending
) {
    return library == tandem_library_brotli
        ? tandem_brotli_encode(encoder, input, input_count, output, output_count, ending)
        : tandem_zstd_encode(encoder, input, input_count, output, output_count, ending);
}

void tandem_encoder_free(tandem_library library, void *encoder) {
    if (library == tandem_library_brotli) tandem_brotli_encoder_free(encoder);
    else tandem_zstd_encoder_free(encoder);
}

void *tandem_decoder_create(tandem_library library, int window_bits) {
    if (!tandem_available(library)) return NULL;
    return library == tandem_library_brotli ? tandem_brotli_decoder_create() : tandem_zstd_decoder_create(window_bits);
}

tandem_step tandem_decode(
    tandem_library library, void *decoder, const void *input, size_t input_count, void *output, size_t output_count
) {
    return library == tandem_library_brotli
        ? tandem_brotli_decode(decoder, input, input_count, output, output_count)
        : tandem_zstd_decode(decoder, input, input_count, output, output_count);
}

void tandem_decoder_free(tandem_library library, void *decoder) {
    if (library == tandem_library_brotli) tandem_brotli_decoder_free(decoder);
    else tandem_zstd_decoder_free(decoder);
}
