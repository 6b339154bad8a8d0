// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The grammar of `tracestate`: up to 32 members `key=value` (W3C Trace Context level 1, section 3.3).
enum TraceState {
    /// The field without its spaces and empty members, or `nil` where it is malformed.
    static func validated(_ field: String) -> String? {
        var members: [Substring] = []
        for part in field.split(separator: ",") {
            let member = part.trimmingSpaces()
            if member.isEmpty { continue }
            guard members.count < 32, Self.isMember(member.utf8) else { return nil }
            members.append(member)
        }
        return members.joined(separator: ",")
    }

    private static func isMember(_ member: Substring.UTF8View) -> Bool {
        guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return Self.isKey(member[..<equals]) && Self.isValue(member[member.index(after: equals)...])
    }

    /// `key`, or `tenant@system`.
    private static func isKey(_ key: Substring.UTF8View) -> Bool {
        guard let first = key.first else { return false }
        guard let at = key.firstIndex(of: UInt8(ascii: "@")) else {
            return isLower(first) && key.count <= 256 && key.allSatisfy(isKeyByte)
        }
        let (tenant, system) = (key[..<at], key[key.index(after: at)...])
        guard let start = system.first, isLower(start) else { return false }
        return (1...241).contains(tenant.count) && (isLower(first) || isDigit(first)) && tenant.allSatisfy(isKeyByte)
            && system.count <= 14 && system.allSatisfy(isKeyByte)
    }

    /// Visible ASCII and spaces without comma and equals sign; spaces at the end have been trimmed.
    private static func isValue(_ value: Substring.UTF8View) -> Bool {
        (1...256).contains(value.count)
            && value.allSatisfy {
                $0 >= 0x20 && $0 <= 0x7E && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=")
            }
    }

    private static func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"): true
        default: isLower(byte) || isDigit(byte)
        }
    }
}
