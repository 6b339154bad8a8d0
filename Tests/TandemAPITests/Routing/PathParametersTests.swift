// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemAPI

@Suite("A handler reads what the path says")
struct PathParametersTests {
    private func parameters(_ pattern: PathPattern, _ target: String) async throws -> PathParameters {
        var builder = RouteTrieBuilder<Int>()
        try builder.update(pattern.checked().steps) { $0 = 0 }
        let path = try CanonicalPath(ofTarget: Bytes(target))
        var ranges = ParameterRanges()
        let match = path.bytes.withSpan { builder.build().firstMatch($0.extracting(0..<path.count), &ranges) }
        #expect(match == 0)
        return PathParameters(names: pattern.parameterNames, path: path.bytes, ranges: ranges)
    }

    @Test("By name, decoded")
    func names() async throws {
        let parameters = try await self.parameters("/{a}/{b}.txt/{c*}", "/x%20y/%C3%A9%2F.txt/1/2?a=z")
        #expect(parameters["a"] == "x y")
        #expect(parameters["b"] == "é/")
        #expect(parameters["c"] == "1/2")
        #expect(parameters["d"] == nil)
        #expect(parameters[""] == nil)
        #expect(parameters.names == ["a", "b", "c"])
    }

    @Test("By index, as bytes that need no string")
    func bytes() async throws {
        let parameters = try await self.parameters("/{a}/{b}", "/%34%32/a%2Fb%25")
        let number = parameters.withBytes(at: 0) { bytes in
            (0..<bytes.count).reduce(0) { $0 * 10 + Int(bytes[$1] - UInt8(ascii: "0")) }
        }
        #expect(number == 42)
        #expect(parameters.withBytes(at: 1) { $0.count } == 4)
        #expect(parameters.withBytes(at: 1) { $0[1] } == CanonicalPath.encodedSlash)
        #expect(parameters.withBytes(at: 2) { _ in () } == nil)
        #expect(parameters.text(at: 1) == "a/b%")
        #expect(parameters.text(at: 2) == nil)
    }

    @Test("A description has the names, and never the values")
    func description() async throws {
        #expect("\(try await self.parameters("/{user}/{token}", "/ada/secret"))" == "user, token")
        #expect("\(PathParameters())" == "")
        #expect(PathParameters()["a"] == nil)
    }

    @Test("They outlive the request")
    func storage() async throws {
        let parameters = try await Task { try await self.parameters("/{a}", "/value") }.value
        #expect(parameters["a"] == "value")
    }
}
