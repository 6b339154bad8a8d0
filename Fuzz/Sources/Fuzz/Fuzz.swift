// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CLibFuzzer
import Glibc
import TandemFuzzing

/// `Fuzz SUBJECT [what libFuzzer takes]`: feeds a parser with inputs that coverage guides.
@main
struct Fuzz {
    static func main() {
        guard let run = CommandLine.arguments.dropFirst().first.flatMap({ self.subjects[$0] }) else {
            print("usage: Fuzz \(self.subjects.keys.sorted().joined(separator: "|")) [options of libFuzzer] [folders]")
            exit(2)
        }
        // libFuzzer sees the arguments without the subject.
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        arguments?[0] = CommandLine.unsafeArgv[0]
        exit(LLVMFuzzerRunDriver(&count, &arguments, run))
    }

    private typealias Run = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

    private static let subjects: [String: Run] = [
        "head": { Fuzz.read($0, $1, as: .head) },
        "chunks": { Fuzz.read($0, $1, as: .chunks) },
        "multipart": { Fuzz.read($0, $1, as: .multipart) },
        "frames": { Fuzz.read($0, $1, as: .frames) },
    ]

    private static func read(_ data: UnsafePointer<UInt8>?, _ size: Int, as subject: Fuzzing.Subject) -> CInt {
        Fuzzing.read(UnsafeRawBufferPointer(start: data, count: size), as: subject)
        return 0
    }
}
