// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

extension Operation {
    /// Adds what the body is; files that were added to it stay.
    public mutating func add(_ body: Body) {
        let files = self.body?.files ?? []
        self.body = body
        for file in files { self.add(file) }
    }

    /// Adds a file to the body, which is then a form of several parts.
    public mutating func add(_ file: File) {
        var body = self.body ?? Body(contentTypes: [], schema: JSONSchema(), isRequired: false)
        body.contentTypes = [BodyEncoding.multipart.name]
        body.isRequired = body.isRequired || file.isRequired
        body.files.append(file)
        self.body = body
    }

    /// Adds parameters, a body or a file, and says what they are for; several at once speak for themselves.
    public mutating func document(_ text: String, _ add: (inout Operation) -> Void) {
        let before = self
        add(&self)
        let (first, files) = (before.parameters.count, before.body?.files.count ?? 0)
        if self.parameters.count == first + 1, self.parameters[first].description == nil {
            self.parameters[first].description = text
        } else if self.body?.files.count == files + 1 {
            self.body?.files[files].description = text
        } else if self.body?.schema != before.body?.schema {
            self.body?.description = text
        }
    }
}

extension Operation.Body {
    /// What all of it looks like in a media type: the files are properties beside those of the value.
    func schema(as contentType: String) -> JSONSchema {
        let isForm = contentType != BodyEncoding.json.name
        let schema = isForm ? self.formSchema ?? self.schema : self.schema
        if self.files.isEmpty { return schema }
        var properties = JSONObject()
        for file in self.files { properties[file.name] = .object(file.schema.keywords) }
        var files: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = self.files.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty { files["required"] = .array(required) }
        if schema == JSONSchema() { return JSONSchema(files) }
        return JSONSchema(["allOf": [.object(schema.keywords), .object(files)]])
    }
}

extension Operation.File {
    fileprivate var schema: JSONSchema {
        let file = JSONSchema(type: "string", format: "binary")
        var schema = self.isMany ? JSONSchema(["type": "array", "items": .object(file.keywords)]) : file
        // A form that has none of a name's fields says nothing of the name.
        if self.isMany, self.isRequired { schema["minItems"] = 1 }
        if let description { schema["description"] = .string(description) }
        return schema
    }
}
