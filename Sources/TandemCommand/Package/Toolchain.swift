// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Subprocess

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The Swift toolchain, with Tandem's macros built beforehand.
enum Toolchain {
    /// Becomes `swift` with a command and its arguments: signals and the terminal are then its own.
    static func become(_ command: String, _ arguments: [String]) async throws -> Never {
        var words = ["swift", command]
        if let macros = await self.macros() {
            // Tandem's manifest leaves the macros out where there is such a library, and the compiler takes them from it.
            setenv("TANDEM_MACROS", macros, 1)
            words += ["-Xswiftc", "-load-plugin-library", "-Xswiftc", macros]
        }
        var pointers = (words + arguments).map { strdup($0) } + [nil]
        execvp("swift", &pointers)
        throw CommandFailure("There is no swift on the PATH: install Swift 6.2 or later.")
    }

    /// The library of the macros, where the toolchain has what makes one; swift-syntax from source takes minutes.
    private static func macros() async -> String? {
        let result = try? await Subprocess.run(
            .name("bash"),
            arguments: ["\(Checkout.path)/Scripts/macros"],
            output: .string(limit: 4096),
            error: .discarded
        )
        guard let result, result.terminationStatus.isSuccess else { return nil }
        let path = result.standardOutput.split(whereSeparator: \.isWhitespace).joined()
        return path.isEmpty ? nil : path
    }
}

/// Where Tandem's sources are that this program was built from.
enum Checkout {
    static let path = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
}

/// Something that could not be done.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
