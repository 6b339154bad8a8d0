// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import CTandemHiredis
import NIOCore

/// Makes values of what Redis sends, by hiredis' reader.
///
/// Belongs to one connection, on its event loop.
///
/// What an answer may cost is bounded by the bytes it takes: nothing is reserved for what its heads promise. hiredis
/// ends at arrays seven deep.
final class ReplyReader {
    private let assembly = ReplyAssembly()
    private let reader: LibraryReader?
    private let limit: Int
    /// How many bytes of the present answer were read.
    private var pending = 0

    /// - Parameter limit: How many bytes an answer may have.
    init(limit: Int) {
        self.limit = limit
        self.reader = LibraryReader(self.assembly)
    }

    /// Takes in some bytes, and tells of each value that they complete.
    func read(_ buffer: ByteBuffer, each body: (RedisValue) -> Void) throws(RedisError) {
        guard let reader = self.reader else { throw .malformed("There is no memory to read with.") }
        self.pending += buffer.readableBytes
        try reader.feed(buffer)
        while try reader.readsReply() {
            self.pending = reader.rest
            if let value = self.assembly.takeValue() { body(value) }
        }
        if self.pending > self.limit { throw .malformed("An answer is longer than \(self.limit) bytes.") }
    }
}

/// hiredis' own object, freed with this one.
private final class LibraryReader {
    private let reader: LibraryPointer
    /// What the callbacks write to; they hold it without counting.
    private let assembly: ReplyAssembly

    private typealias LibraryPointer = UnsafeMutablePointer<redisReader>

    init?(_ assembly: ReplyAssembly) {
        var functions = redisReplyObjectFunctions()
        functions.createString = { task, text, count in
            ReplyAssembly.told(by: task) { $0.addText(UnsafeRawBufferPointer(start: text, count: Int(count)), task) }
        }
        functions.createArray = { task, count in ReplyAssembly.told(by: task) { $0.beginArray(Int(count)) } }
        functions.createInteger = { task, number in ReplyAssembly.told(by: task) { $0.add(.integer(Int(number))) } }
        functions.createNil = { task in ReplyAssembly.told(by: task) { $0.add(.null) } }
        functions.freeObject = { _ in }
        guard
            let reader = tandem_reader_create(functions, Unmanaged.passUnretained(assembly).toOpaque())
        else { return nil }
        self.reader = reader
        self.assembly = assembly
    }

    deinit { tandem_reader_free(self.reader) }

    /// How many bytes were not yet read.
    var rest: Int { self.reader.pointee.len - self.reader.pointee.pos }

    func feed(_ buffer: ByteBuffer) throws(RedisError) {
        let status = buffer.withUnsafeReadableBytes { tandem_reader_feed(self.reader, $0.baseAddress, $0.count) }
        if status != REDIS_OK { throw self.failure }
    }

    /// Whether a whole reply was read.
    func readsReply() throws(RedisError) -> Bool {
        switch tandem_reader_read(self.reader) {
        case 1: true
        case 0: false
        default: throw self.failure
        }
    }

    private var failure: RedisError { .malformed(String(cString: tandem_reader_error(self.reader))) }
}

extension ReplyAssembly {
    /// Finds the assembly that a callback of hiredis is about.
    ///
    /// - Returns: What stands for the object made, which is the assembly itself: hiredis wants to see that there is one.
    fileprivate static func told(
        by task: UnsafePointer<redisReadTask>?,
        _ body: (ReplyAssembly) -> Void
    ) -> UnsafeMutableRawPointer? {
        guard let pointer = task?.pointee.privdata else { return nil }
        body(Unmanaged<ReplyAssembly>.fromOpaque(pointer).takeUnretainedValue())
        return pointer
    }

    fileprivate func addText(_ bytes: UnsafeRawBufferPointer, _ task: UnsafePointer<redisReadTask>?) {
        switch task?.pointee.type {
        case REDIS_REPLY_STATUS: self.add(.status(String(decoding: bytes, as: UTF8.self)))
        case REDIS_REPLY_ERROR: self.add(.error(String(decoding: bytes, as: UTF8.self)))
        default: self.add(.bytes(Array(bytes)))
        }
    }
}
#endif
