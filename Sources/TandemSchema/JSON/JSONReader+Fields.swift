// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Reads an object into the memory of a struct; where something is missing or wrong, the slot stays empty.
    @inlinable
    public mutating func read<Whole>(
        _ fields: JSONFields<Whole>,
        into slot: inout JSONSlot<Whole>
    ) throws(JSONError) {
        slot.isFull = try self.read(fields.table, into: FieldTable.Memory(slot.memory))
    }

    @usableFromInline
    mutating func read(_ table: FieldTable, into memory: FieldTable.Memory) throws(JSONError) -> Bool {
        guard try self.beginObject() else { return false }
        var state = FieldState()
        do throws(JSONError) {
            try self.read(table, into: memory, &state)
        } catch {
            state.erase(table, memory)
            throw error
        }
        if state.full == table.all { return true }
        self.replaceMissing(table, in: memory, &state)
        if state.full == table.all { return true }
        state.erase(table, memory)
        return false
    }

    @inline(__always)
    private mutating func read(
        _ table: FieldTable,
        into memory: FieldTable.Memory,
        _ state: inout FieldState
    ) throws(JSONError) {
        // Lent by spans, keys and fields need not be copied.
        let keys = table.keys.span
        let fields = table.fields.span
        var place = ObjectPlace()
        while let index = try self.nextField(keys, &place) {
            if index < 0 {
                if table.refusesUnknown { try self.refuseUnknown(place) } else { try self.skipValue() }
                continue
            }
            let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: index)
            let memory = memory + fields[index].offset
            // Of two with the same key the last counts.
            if state.full & bit != 0 {
                state.full &= ~bit
                fields[index].erase(memory)
            }
            let before = self.found.count
            let isFull = try fields[index].read(&self, memory)
            if self.found.count != before { self.prefix(since: before, with: keys[index].name.description) }
            if isFull {
                state.full |= bit
                if let check = fields[index].check { check(&self, memory) }
            } else {
                state.wrong |= bit
            }
        }
    }

    private mutating func replaceMissing(
        _ table: FieldTable,
        in memory: FieldTable.Memory,
        _ state: inout FieldState
    ) {
        let fields = table.fields.span
        let missing = table.all & ~state.full & ~state.wrong
        for index in fields.indices where missing >> UInt64(index) & 1 != 0 {
            if table.replacements[index](&self, memory + fields[index].offset) { state.full |= 1 << UInt64(index) }
        }
    }
}

/// Which properties of a struct that is being read have their values, a bit for each.
private struct FieldState {
    var full: UInt64 = 0
    /// Those whose values were wrong.
    var wrong: UInt64 = 0

    /// Takes back what was read.
    func erase(_ table: FieldTable, _ memory: FieldTable.Memory) {
        for (index, field) in table.fields.enumerated() where self.full >> UInt64(index) & 1 != 0 {
            field.erase(memory + field.offset)
        }
    }
}
