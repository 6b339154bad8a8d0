// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A line of an application's source, for messages.
public struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
    /// The module and the file: `App/Tickets.swift`.
    public let fileID: String
    /// The line; the first is 1.
    public let line: Int

    /// A place; by default that of the call.
    public init(fileID: String = #fileID, line: Int = #line) {
        self.fileID = fileID
        self.line = line
    }

    /// The file and the line: `App/Tickets.swift:12`.
    public var description: String { "\(self.fileID):\(self.line)" }
}
