// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemSchema

/// Python's jsonschema, which knows nothing of our decoder, as the judge of what a schema accepts.
enum Judge {
    private static let program = """
        import json, sys
        from jsonschema import Draft202012Validator
        case = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(case["schema"])
        judge = Draft202012Validator(case["schema"], format_checker=Draft202012Validator.FORMAT_CHECKER)
        print(json.dumps([judge.is_valid(value) for value in case["values"]]))
        """

    /// Whether each value is valid.
    static func verdicts(on values: [JSON], by schema: JSONSchema) throws -> [Bool] {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = FileManager.default.temporaryDirectory.appending(path: "judge-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let document: JSON = ["schema": .object(schema.keywords), "values": .array(values)]
        try Data(JSON.encode(document)).write(to: file)
        let process = Process()
        let output = Pipe()
        process.executableURL = root.appending(path: ".tools/python/bin/python")
        process.arguments = ["-c", self.program, file.path]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try data.withUnsafeBytes { try JSON.decode([Bool].self, from: $0) }
    }
}
