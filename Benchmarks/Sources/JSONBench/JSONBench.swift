// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads and writes a document with one of two codecs, and says how fast.
@main
struct JSONBench {
    static func main() throws {
        let job = try Job(CommandLine.arguments.dropFirst())
        switch job.codec {
        case "tandem": try self.run(job, TandemCodec())
        case "foundation": try self.run(job, FoundationCodec())
        default: throw Usage("there is no codec '\(job.codec)'")
        }
    }

    /// Picks the document's type here, so that the compiler knows it where it reads and writes, as in an application.
    private static func run(_ job: Job, _ codec: some Codec) throws {
        switch job.document {
        case "twitter": try self.run(job, codec, Search.self)
        case "citm_catalog": try self.run(job, codec, Catalog.self)
        case "github": try self.run(job, codec, [GitHubEvent].self)
        case "canada": try self.run(job, codec, FeatureCollection.self)
        default: throw Usage("there are no types for '\(job.document)'")
        }
    }

    private static func run<Value: Document>(_ job: Job, _ codec: some Codec, _ type: Value.Type) throws {
        let text = codec.text(try job.contents())
        let value = try codec.decode(type, from: text)
        switch job.work {
        case "roundtrip":
            print(String(decoding: try codec.encode(value), as: UTF8.self))
        case "decode":
            var last = value
            let measurement = try Measurement(of: job) { last = try codec.decode(type, from: text) }
            guard last == value else { throw Usage("the last value differs from the first") }
            print(measurement.json)
        case "encode":
            var last = try codec.encode(value)
            let measurement = try Measurement(of: job) { last = try codec.encode(value) }
            guard try codec.decode(type, from: last) == value else { throw Usage("the last text is another value's") }
            print(measurement.json)
        default: throw Usage("there is no work '\(job.work)'")
        }
    }
}
