// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a template; clients are answered with 500 and learn nothing of it.
public enum TemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is none of a name; `by` is the template that has it as a partial.
    case missing(_ name: String, by: String?, available: [String])
    /// One is no template, from a line on.
    case malformed(_ name: String, line: Int, reason: String)
    /// A folder or a file cannot be read, or is not UTF-8.
    case unreadable(path: String)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .missing(let name, let other, let available):
            let place = other.map { ", which '\($0)' has as a partial" } ?? ""
            let list = available.isEmpty ? "none" : available.joined(separator: ", ")
            return "There is no template '\(name)'\(place). There are: \(list)."
        case .malformed(let name, let line, let reason):
            return "The template '\(name)' is malformed at line \(line): \(reason)."
        case .unreadable(let path):
            return "\(path) cannot be read. Give the path of a folder of templates in UTF-8 that this process may read."
        }
    }
}
