// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// The TypeScript declarations of this type and of those that it refers to, as they look when a client sends them:
    /// what need not be there is optional.
    public static var typeScript: String {
        let root = DescriptionNode(.object(Self.jsonSchema.keywords))
        do {
            let shapes = TypeShapes(try root.properties("$defs"), prefix: "#/$defs/")
            var types = try shapes.declarations()
            let shape = try shapes.shape(of: root)
            if case .named = shape {
            } else {
                types.append(TypeDeclaration(name: Definitions.name(of: Self.self), shape: shape))
            }
            var unique = TypeScriptNames.unique()
            let writer = TypeScriptTypes(names: unique.types(types))
            return types.map(writer.declaration).joined(separator: "\n")
        } catch {
            // Only a description that was written by hand can be wrong.
            return "// \(error)\nexport type \(Definitions.name(of: Self.self)) = unknown;\n"
        }
    }
}
