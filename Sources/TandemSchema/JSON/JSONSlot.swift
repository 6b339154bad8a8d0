// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Memory for a value, empty at first, which a `Schema` reads the value straight into.
///
/// A large value is so made where it stays, instead of being moved from variable to variable.
public struct JSONSlot<Value>: ~Copyable {
    // Lent: whoever makes a slot owns the memory, and has the value once the slot is full.
    @usableFromInline let memory: UnsafeMutablePointer<Value>
    @usableFromInline var isFull = false

    @inlinable
    init(_ memory: UnsafeMutablePointer<Value>) {
        self.memory = memory
    }

    /// Puts the value into the slot, instead of one that is there already.
    @inlinable
    public mutating func fill(_ value: consuming Value) {
        if self.isFull {
            self.memory.pointee = value
        } else {
            self.memory.initialize(to: value)
            self.isFull = true
        }
    }

    /// The value, where the slot is full.
    @inlinable public var value: Value? { self.isFull ? self.memory.pointee : nil }

    /// Takes the value out.
    @inlinable
    mutating func take() -> Value? {
        guard self.isFull else { return nil }
        self.isFull = false
        return self.memory.move()
    }

    /// Calls `body` with a slot on the stack.
    @inlinable
    static func temporary<Result>(
        _ body: (inout JSONSlot) throws(JSONError) -> Result?
    ) throws(JSONError) -> Result? {
        try withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { (memory) throws(JSONError) -> Result? in
            guard let start = memory.baseAddress else { return nil }
            var slot = JSONSlot(start)
            defer { _ = slot.take() }
            return try body(&slot)
        }
    }
}

extension JSONSlot where Value: Schema {
    /// Reads a value by `Schema.read(json:into:)`; `nil` where that leaves the slot empty.
    @inlinable
    public static func read(_ reader: inout JSONReader) throws(JSONError) -> Value? {
        try Self.temporary { (slot) throws(JSONError) -> Value? in
            try Value.read(json: &reader, into: &slot)
            return slot.take()
        }
    }
}
