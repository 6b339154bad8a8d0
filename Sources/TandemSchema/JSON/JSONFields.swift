// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The stored properties of a struct, each read from JSON straight into its place in the struct's memory.
///
/// `@Schema` makes one of all properties, without a look at what it does not know; one that is not named is memory that
/// nobody has put a value into. By hand, write `init(json:)` with variables.
public struct JSONFields<Whole>: Sendable {
    @usableFromInline var table: FieldTable

    /// The properties that `name` adds: every one that is stored, up to 64.
    ///
    /// - Parameters:
    ///   - unknownKeys: What becomes of other keys; they cannot be kept.
    ///   - name: Adds them.
    public init(unknownKeys: UnknownKeys = .ignore, _ name: (inout Self) -> Void) {
        self.table = FieldTable(refusesUnknown: unknownKeys == .refuse)
        name(&self)
    }

    /// Adds a property.
    ///
    /// - Parameters:
    ///   - key: Its name in JSON.
    ///   - path: The property, which has no observer and no wrapper.
    ///   - absent: Makes the value that it has where its key is not there; without it, that of its type.
    ///   - check: Notes what rules its value breaks.
    @inlinable
    @inline(__always)
    public mutating func add<Value: Schema>(
        _ key: StaticString,
        _ path: KeyPath<Whole, Value>,
        absent: (@Sendable () -> Value)? = nil,
        check: (@Sendable (Value, inout JSONReader) -> Void)? = nil
    ) {
        // Inlined, so that what is made here need not capture a check that is written where this is called.
        var checkInPlace: FieldTable.Check?
        if let check {
            checkInPlace = { reader, memory in check(memory.assumingMemoryBound(to: Value.self).pointee, &reader) }
        }
        self.table.add(
            FieldTable.Field(
                offset: Self.offset(of: path),
                read: { (reader: inout JSONReader, memory: FieldTable.Memory) throws(JSONError) -> Bool in
                    var slot = JSONSlot(memory.assumingMemoryBound(to: Value.self))
                    try Value.read(json: &reader, into: &slot)
                    return slot.isFull
                },
                check: checkInPlace,
                erase: { $0.assumingMemoryBound(to: Value.self).deinitialize(count: 1) }
            ),
            key,
            replace: { (reader: inout JSONReader, memory: FieldTable.Memory) -> Bool in
                guard let value = absent?() ?? reader.missing(at: key) else { return false }
                memory.initializeMemory(as: Value.self, to: value)
                return true
            }
        )
    }

    /// Adds a property that is in no JSON; those that are come first.
    ///
    /// - Parameters:
    ///   - path: The property, which has no observer and no wrapper.
    ///   - value: Makes the value that it has.
    @inlinable
    public mutating func hide<Value: Sendable>(
        _ path: KeyPath<Whole, Value>,
        value: @escaping @Sendable () -> Value
    ) {
        self.table.add(
            FieldTable.Field(
                offset: Self.offset(of: path),
                read: { (_, _) throws(JSONError) -> Bool in false },
                check: nil,
                erase: { $0.assumingMemoryBound(to: Value.self).deinitialize(count: 1) }
            ),
            replace: { (_, memory) -> Bool in
                memory.initializeMemory(as: Value.self, to: value())
                return true
            }
        )
    }

    @inlinable
    static func offset<Value>(of path: KeyPath<Whole, Value>) -> Int {
        let offset = MemoryLayout<Whole>.offset(of: path)
        precondition(offset != nil, "a property of \(Whole.self) is not stored in it")
        return offset ?? 0
    }
}

/// What `JSONFields` is for every struct alike.
@usableFromInline
struct FieldTable: Sendable {
    @usableFromInline typealias Memory = UnsafeMutableRawPointer

    /// A property; `Memory` is where it is in the struct.
    @usableFromInline
    struct Field: Sendable {
        let offset: Int
        /// Reads the value into its memory, which is empty; whether there is one then.
        let read: @Sendable (inout JSONReader, Memory) throws(JSONError) -> Bool
        /// Notes what rules the value breaks.
        let check: Check?
        let erase: @Sendable (Memory) -> Void

        @usableFromInline
        init(
            offset: Int,
            read: @escaping @Sendable (inout JSONReader, Memory) throws(JSONError) -> Bool,
            check: Check?,
            erase: @escaping @Sendable (Memory) -> Void
        ) {
            self.offset = offset
            self.read = read
            self.check = check
            self.erase = erase
        }
    }

    @usableFromInline typealias Check = @Sendable (inout JSONReader, Memory) -> Void
    @usableFromInline typealias Replacement = @Sendable (inout JSONReader, Memory) -> Bool

    let refusesUnknown: Bool
    private(set) var keys: [JSONKey] = []
    /// Those that have keys, in their order, and then the hidden ones.
    private(set) var fields: [Field] = []
    /// Put what a property is without a key, or note that it must be there.
    private(set) var replacements: [Replacement] = []
    /// A bit for each.
    private(set) var all: UInt64 = 0

    init(refusesUnknown: Bool) {
        self.refusesUnknown = refusesUnknown
    }

    @usableFromInline
    mutating func add(
        _ field: Field,
        _ key: StaticString? = nil,
        replace: @escaping Replacement
    ) {
        precondition(self.fields.count < UInt64.bitWidth, "a struct has up to 64 properties")
        if let key {
            precondition(self.keys.count == self.fields.count, "hidden properties come last")
            self.keys.append(JSONKey(stringLiteral: key))
        }
        self.all |= 1 << UInt64(self.fields.count)
        self.fields.append(field)
        self.replacements.append(replace)
    }
}
