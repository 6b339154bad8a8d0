// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Mustache
/// Finds the partials that a template names, since Mustache takes one that there is not for an empty one.
enum PartialNames {
    /// The names in `{{> name}}` and `{{< name}}`, as long as the template keeps to these braces.
    static func of(_ template: String) -> [String] {
        var names: [String] = []
        var rest = template[...]
        while let opening = rest.firstRange(of: "{{") {
            rest = rest[opening.upperBound...]
            guard let closing = rest.firstRange(of: "}}") else { break }
            let tag = rest[..<closing.lowerBound]
            rest = rest[closing.upperBound...]
            switch tag.first {
            case "=": return names
            case ">", "<":
                let name = tag.dropFirst().split(whereSeparator: \.isWhitespace).joined(separator: " ")
                // The name of `{{> *kind}}` is a value's.
                if name.first != "*" { names.append(name) }
            default: break
            }
        }
        return names
    }
}
#endif
