// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TandemData

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Writes a migration from what the others say to what the models say.
struct MakeMigration: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Write a migration to what the models say.",
        discussion: "What the models do not tell is asked for on a terminal, or said by the options."
    )

    @Argument(help: "What it is called after its number, such as add_priority.")
    var title: String
    @Option(
        name: .customLong("rename"),
        help: .init("A table or a column that has another name now.", valueName: "tickets.title=subject")
    )
    var renames: [String] = []
    @Option(
        name: .customLong("drop"),
        help: .init("A table or a column that is gone, though a new one looks like it.", valueName: "tickets.title")
    )
    var drops: [String] = []
    @Option(
        name: .customLong("fill"),
        help: .init("What rows that are there get in a column.", valueName: "tickets.priority=normal")
    )
    var fills: [String] = []

    func validate() throws { _ = try self.answers }

    func run(_ storage: ApplicationStorage) async throws {
        var answers = try self.answers
        if isatty(STDIN_FILENO) != 0, isatty(STDOUT_FILENO) != 0 { answers.ask = { $0.askTerminal() } }
        guard let made = try storage.migrator.make(self.title, answers: answers) else {
            return print("The models say nothing that the migrations do not.")
        }
        for warning in made.warnings { print("Warning: \(warning)") }
        print("\(made.text)\nThis is in \(made.path): read it, then `migrate up`.")
    }

    private var answers: MigrationAnswers {
        get throws {
            MigrationAnswers(
                renames: try Self.pairs(self.renames, of: "rename"),
                drops: Set(self.drops),
                fills: try Self.pairs(self.fills, of: "fill")
            )
        }
    }

    /// What stands before and behind each `=`.
    private static func pairs(_ options: [String], of name: String) throws -> [String: String] {
        var pairs: [String: String] = [:]
        for option in options {
            guard let sign = option.firstIndex(of: "="), sign > option.startIndex else {
                throw ValidationError("--\(name) \(option): write the name, `=`, and behind it the answer.")
            }
            pairs[String(option[..<sign])] = String(option[option.index(after: sign)...])
        }
        return pairs
    }
}

extension MigrationQuestion {
    /// Asks at the terminal, until the answer is one.
    fileprivate func askTerminal() -> String? {
        print(self.description)
        while true {
            switch self {
            case .renamed: print("The new name, or nothing if it is gone: ", terminator: "")
            case .fill:
                print("The value, a formula of SQL in parentheses, or nothing if there is no row: ", terminator: "")
            }
            fflush(nil)
            guard let answer = readLine(), !answer.isEmpty else { return nil }
            guard case .renamed(_, let candidates) = self, !candidates.contains(answer) else { return answer }
            print("It is none of \(candidates.joined(separator: ", ")).")
        }
    }
}
