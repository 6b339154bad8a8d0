// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What one entry of a relation field asks for: one of some packages.
struct PackageRelation: Hashable, Sendable {
    /// The packages that do, the preferred one first; never empty.
    var alternatives: [Alternative]

    /// A package, and which of it: `libc6:any (>= 2.36) [amd64]`.
    struct Alternative: Hashable, Sendable {
        var name: String
        /// The architecture behind the name, or `any`.
        var qualifier: String?
        var condition: VersionCondition?
        /// The architectures that it is asked on, `!` before those that it is not.
        var architectures: [String] = []
    }

    /// Which versions will do.
    struct VersionCondition: Hashable, Sendable {
        var order: Order
        var version: String

        enum Order: String, Sendable {
            case earlier = "<<"
            case earlierOrEqual = "<="
            case equal = "="
            case laterOrEqual = ">="
            case later = ">>"
        }
    }
}

extension PackageRelation.VersionCondition {
    /// Whether a version will do; one that cannot be compared will not, unless it is the same text.
    func allows(_ version: String) -> Bool {
        guard let given = DebianVersion(version), let wanted = DebianVersion(self.version) else {
            return self.order != .earlier && self.order != .later && version == self.version
        }
        return switch self.order {
        case .earlier: given < wanted
        case .earlierOrEqual: given <= wanted
        case .equal: given == wanted
        case .laterOrEqual: given >= wanted
        case .later: given > wanted
        }
    }
}

extension PackageRelation.VersionCondition: CustomStringConvertible {
    var description: String { "\(self.order.rawValue) \(self.version)" }
}

extension PackageRelation.Alternative: CustomStringConvertible {
    var description: String {
        var text = self.name
        if let qualifier { text += ":\(qualifier)" }
        if let condition { text += " (\(condition))" }
        if !self.architectures.isEmpty { text += " [\(self.architectures.joined(separator: " "))]" }
        return text
    }
}

extension PackageRelation: CustomStringConvertible {
    var description: String { self.alternatives.map(\.description).joined(separator: " | ") }
}
