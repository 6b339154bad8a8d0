// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Gives a name to each type that stands within another, for languages that have no types without one.
struct TypeNaming {
    /// Whether such a type must have a name.
    private let needsName: (TypeShape) -> Bool
    private var unique: UniqueNames
    /// The types that were named, in order, and whether only the server writes them.
    private var named: [(type: TypeDeclaration, isReceived: Bool)] = []

    private init(_ description: ClientDescription, needsName: @escaping (TypeShape) -> Bool) {
        self.needsName = needsName
        self.unique = UniqueNames(taken: Set(description.types.map(\.name)))
    }

    /// The description with a name for each such type, made of where it stands.
    static func named(
        _ description: ClientDescription,
        where needsName: @escaping (TypeShape) -> Bool
    ) -> ClientDescription {
        var naming = TypeNaming(description, needsName: needsName)
        var copy = description
        copy.types = []
        for var type in description.types {
            let isReceived = description.received.contains(type.name)
            type.shape = naming.inside(type.shape, Identifier(type.name).type, isReceived: isReceived)
            copy.types.append(type)
            naming.move(into: &copy)
        }
        copy.operations = description.operations.map { naming.named($0, in: "") }
        copy.groups = description.groups.map { group in
            var group = group
            group.operations = group.operations.map { naming.named($0, in: Identifier(group.name).type) }
            return group
        }
        naming.move(into: &copy)
        return copy
    }

    private mutating func move(into description: inout ClientDescription) {
        for (type, isReceived) in self.named {
            description.types.append(type)
            if isReceived { description.received.insert(type.name) }
        }
        self.named = []
    }

    private mutating func named(_ operation: ClientOperation, in group: String) -> ClientOperation {
        var operation = operation
        let name = group + Identifier(operation.name).type
        for index in operation.parameters.indices {
            let property = operation.parameters[index].property
            operation.parameters[index].property.shape = self.shape(
                property.shape,
                name + Identifier(property.name).type,
                isReceived: false
            )
        }
        switch operation.body?.form {
        case .json(let shape)?: operation.body?.form = .json(self.shape(shape, name + "Body", isReceived: false))
        case .multipart(let object)?:
            if case .object(let object) = self.inside(.object(object), name, isReceived: false) {
                operation.body?.form = .multipart(object)
            }
        case .text?, .bytes?, nil: break
        }
        switch operation.result {
        case .json(let shape): operation.result = .json(self.shape(shape, name + "Result", isReceived: true))
        case .events(let shape?): operation.result = .events(self.shape(shape, name + "Event", isReceived: true))
        case .lines(let shape): operation.result = .lines(self.shape(shape, name + "Line", isReceived: true))
        case .nothing, .text, .bytes, .events(nil): break
        }
        return operation
    }

    /// A type where one is used: under a name where it needs one.
    private mutating func shape(_ shape: TypeShape, _ name: String, isReceived: Bool) -> TypeShape {
        guard self.needsName(shape) else { return self.inside(shape, name, isReceived: isReceived) }
        let unique = self.unique.take(name)
        let place = self.named.count
        let inner = self.inside(shape, unique, isReceived: isReceived)
        var description: String?
        if case .object(let object) = shape { description = object.description }
        self.named.insert(
            (TypeDeclaration(name: unique, description: description, shape: inner), isReceived),
            at: place
        )
        return .named(unique)
    }

    /// The same type, with names for those within it.
    private mutating func inside(_ shape: TypeShape, _ name: String, isReceived: Bool) -> TypeShape {
        switch shape {
        case .array(let shape): return .array(self.shape(shape, name + "Item", isReceived: isReceived))
        case .dictionary(let shape): return .dictionary(self.shape(shape, name + "Value", isReceived: isReceived))
        case .nullable(let shape): return .nullable(self.shape(shape, name, isReceived: isReceived))
        case .union(let shapes, let tag):
            return .union(
                shapes.enumerated().map { index, shape in
                    let word = shape.tagValue(tag) ?? "\(index + 1)"
                    return self.shape(shape, name + Identifier(word).type, isReceived: isReceived)
                },
                tag: tag
            )
        case .object(var object):
            for index in object.properties.indices {
                let property = object.properties[index]
                object.properties[index].shape = self.shape(
                    property.shape,
                    name + Identifier(property.name).type,
                    isReceived: isReceived
                )
            }
            return .object(object)
        default: return shape
        }
    }
}

extension TypeShape {
    /// What the property that tells the choices of a union apart is in this one.
    func tagValue(_ tag: String?) -> String? {
        guard case .object(let object) = self, let tag else { return nil }
        guard case .constants(let values)? = object.properties.first(where: { $0.name == tag })?.shape else {
            return nil
        }
        return values.count == 1 ? values.first?.string : nil
    }
}
