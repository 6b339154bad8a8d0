// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs

/// Packs with a library found at run time.
struct LibraryEncoder: ~Copyable {
    private let library: CodecLibrary
    private let encoder: UnsafeMutableRawPointer

    /// A window of 256 KiB: more gains little on what is sent by the kilobyte, and costs each stream its memory.
    private static let windowBits: CInt = 18

    init(_ library: CodecLibrary) throws(HTTPError) {
        let level: CInt =
            switch library {
            case .brotli: 4
            case .zstd: 3
            }
        guard let encoder = tandem_encoder_create(library, level, Self.windowBits) else { throw .codingUnavailable }
        self.library = library
        self.encoder = encoder
    }

    deinit {
        tandem_encoder_free(self.library, self.encoder)
    }

    func step(_ memory: CodecMemory, _ ending: CodecEnding) -> CodecStep {
        tandem_encode(
            self.library,
            self.encoder,
            memory.input.baseAddress,
            memory.input.count,
            memory.output.baseAddress,
            memory.output.count,
            ending
        )
    }
}

/// Unpacks with a library found at run time.
struct LibraryDecoder: ~Copyable {
    private let library: CodecLibrary
    private let decoder: UnsafeMutableRawPointer

    /// A window of 8 MiB, which is what RFC 9659 allows Zstandard in HTTP; a frame that wants more fails.
    private static let windowBits: CInt = 23

    init(_ library: CodecLibrary) throws(HTTPError) {
        guard let decoder = tandem_decoder_create(library, Self.windowBits) else { throw .codingUnavailable }
        self.library = library
        self.decoder = decoder
    }

    deinit {
        tandem_decoder_free(self.library, self.decoder)
    }

    func step(_ memory: CodecMemory) -> CodecStep {
        tandem_decode(
            self.library,
            self.decoder,
            memory.input.baseAddress,
            memory.input.count,
            memory.output.baseAddress,
            memory.output.count
        )
    }
}
