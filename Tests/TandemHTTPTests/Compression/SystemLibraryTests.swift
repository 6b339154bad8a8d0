// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemHTTP

/// What others have packed, and whether others can read what we pack.
@Suite("Content coded by other programs")
struct SystemLibraryTests {
    static let text: Bytes = "Tandem packs, tandem unpacks; tandem packs again."

    @Test("gzip and both kinds of deflate of zlib in Node are read")
    func zlib() throws {
        let gzip = try Self.bytes("H4sIAAAAAAAAAwtJzEtJzVUoSEzOLtZRKIHwSvPAfGsYH8xTSExPzMzTAwBcmofTMQAAAA==")
        let zlib = try Self.bytes("eJwLScxLSc1VKEhMzi7WUSiB8ErzwHxrGB/MU0hMT8zM0wMAvaQRug==")
        let raw = try Self.bytes("C0nMS0nNVShITM4u1lEogfBK88B8axgfzFNITE/MzNMDAA==")
        #expect(try CodecSamples.unpack([gzip], .gzip) == Self.text)
        #expect(try CodecSamples.unpack([zlib], .deflate) == Self.text)
        #expect(try CodecSamples.unpack([raw], .deflate) == Self.text)
    }

    @Test(
        "Brotli of Node is read",
        .enabled(if: ContentCoding.br.isAvailable, "libbrotlienc.so.1 and libbrotlidec.so.1 are not installed")
    )
    func brotli() throws {
        let packed = try Self.bytes("GzAA+MXOluqtm1CUKhRDMmbzDxtwYIFK9jio3gEc8IAcntpENta8jvDaHxEpDgM=")
        #expect(try CodecSamples.unpack([packed], .br) == Self.text)
    }

    @Test(
        "Zstandard of the command zstd is read, with its checksum",
        .enabled(if: ContentCoding.zstd.isAvailable, "libzstd.so.1 is not installed")
    )
    func zstandard() throws {
        let packed = try Self.bytes("KLUv/QRYLQEAyFRhbmRlbSBwYWNrcywgdHVuOyBhZ2Fpbi4EAEAAoDvzYjHMOjNedyc=")
        #expect(try CodecSamples.unpack([packed], .zstd) == Self.text)
        var twice = packed
        twice.append(packed)
        #expect(try CodecSamples.unpack([twice], .zstd).count == Self.text.count * 2)
    }

    @Test(
        "A Zstandard frame may want a window of 8 MiB, and no more",
        .enabled(if: ContentCoding.zstd.isAvailable, "libzstd.so.1 is not installed"),
        arguments: [(0x68, nil), (0x69, .badRequest), (0x70, .badRequest), (0xA8, .badRequest), (0xFF, .badRequest)]
            as [(UInt8, Status?)]
    )
    func window(descriptor: UInt8, expected: Status?) {
        // RFC 8878, section 3.1.1: magic, header, window, and one last raw block of a byte.
        let frame = Bytes([0x28, 0xB5, 0x2F, 0xFD, 0x00, descriptor, 0x09, 0x00, 0x00, 0x61])
        let status = CodecSamples.status {
            let unpacked = try CodecSamples.unpack([frame], .zstd)
            #expect(unpacked == "a")
        }
        #expect(status == expected)
    }

    @Test("The system's own programs read what we pack", arguments: Self.unpackers)
    func programs(unpacker: Unpacker) throws {
        let content = CodecSamples.json(200_000)
        var compressor = try Compressor(unpacker.coding)
        var packed = try compressor.encode(content[0..<70_000], .flush)
        packed.append(try compressor.encode(content[70_000..<content.count], .finish))
        #expect(try unpacker.run(packed) == content)
    }

    /// Those that this machine has.
    static let unpackers: [Unpacker] = [
        Unpacker(coding: .gzip, command: ["gzip", "-dc"]),
        Unpacker(coding: .zstd, command: ["zstd", "-dcq"]),
        Unpacker(coding: .br, command: ["brotli", "-dc"]),
        Unpacker(
            coding: .deflate,
            command: [
                "python3", "-c",
                "import sys, zlib; b = sys.stdin.buffer.read(); print(end=zlib.decompress(b).decode())",
            ]
        ),
    ].filter { $0.coding.isAvailable && $0.isInstalled }

    private static func bytes(_ base64: String) throws -> Bytes {
        Bytes(try #require(Data(base64Encoded: base64)))
    }
}

/// A command that unpacks its input.
struct Unpacker: CustomTestStringConvertible {
    let coding: ContentCoding
    let command: [String]

    var testDescription: String { self.command[0] }

    var isInstalled: Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(self.command[0])")
        }
    }

    func run(_ packed: Bytes) throws -> Bytes {
        let input = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString).packed")
        try Data(packed).write(to: input)
        defer { try? FileManager.default.removeItem(at: input) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = self.command
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = output
        try process.run()
        let unpacked = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return Bytes(unpacked)
    }
}
