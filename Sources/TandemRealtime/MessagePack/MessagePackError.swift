// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no MessagePack, or none that is taken.
enum MessagePackError: Error, Equatable {
    /// They end within a value.
    case truncated
    /// More follow the value.
    case trailing
    /// A value begins with a byte, or is of an extension, that is not understood.
    case unknownType(UInt8)
    /// A string is no UTF-8, or a key is no string.
    case malformed
    /// It is nested deeper than `MessagePackReader.depth`.
    case tooDeep
}
