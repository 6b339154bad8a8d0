// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// What an endpoint is, for its documentation and for clients.
public struct Operation: Sendable {
    /// A name that no other operation has: `tickets.list`.
    public var name: String
    /// What it does, in a line.
    public var summary: String?
    /// What else there is to say, as Markdown.
    public var details: String?
    /// The group that it belongs to.
    public var tag: String?
    /// Whether it should not be used any more.
    public var isDeprecated = false
    /// What it takes beside a body.
    public var parameters: [Parameter] = []
    /// The body that it takes.
    public var body: Body?
    /// What it answers when all goes well.
    public var result: ResultDescription
    /// What it answers when something does not, beside what every endpoint may.
    public var errors: [HTTPError] = []
    /// The dependencies that the application must provide for it.
    var provided: [any Provided.Type] = []
    /// The type that a query cannot be read as, where it asks for one.
    var unreadable: (any Schema.Type)?
    /// What a call must have to be let in, any one of these; none lets all in.
    public var security: [SecurityRequirement] = []
    /// Whether documents have it: true.
    public var isDocumented = true

    /// A parameter of the path, the query, a header field or a cookie.
    public struct Parameter: Sendable {
        /// Its name in the request.
        public var name: String
        /// Where it stands.
        public var place: CallReading.Place
        /// What it is for.
        public var description: String?
        /// What its values look like.
        public var schema: JSONSchema
        /// Whether a call must have it.
        public var isRequired: Bool
        /// How it is written where that is not how parameters of its place are: `deepObject` for `range[from]=1`.
        public var style: String?
        /// A value to show.
        public var example: JSON?

        /// A parameter from its parts.
        public init(_ name: String, in place: CallReading.Place, schema: JSONSchema, isRequired: Bool) {
            self.name = name
            self.place = place
            self.schema = schema
            self.isRequired = isRequired
        }
    }

    /// A body.
    public struct Body: Sendable {
        /// The media types that it may have.
        public var contentTypes: [String]
        /// What it looks like, its files aside.
        public var schema: JSONSchema
        /// What it looks like as a form, which has no `null`; `nil` for as `schema` says.
        public var formSchema: JSONSchema?
        /// What it is for.
        public var description: String?
        /// The files that it has; with any, it is a form of several parts.
        public var files: [File] = []
        /// Whether a call must have it.
        public var isRequired: Bool

        /// A body from its parts.
        public init(contentTypes: [String], schema: JSONSchema, isRequired: Bool) {
            self.contentTypes = contentTypes
            self.schema = schema
            self.isRequired = isRequired
        }
    }

    /// A file of a body, or several under one name.
    public struct File: Sendable {
        /// The name of the form's field.
        public var name: String
        /// What it is for.
        public var description: String?
        /// Whether there may be several.
        public var isMany: Bool
        /// Whether a call must have it.
        public var isRequired: Bool

        /// A file from its parts.
        public init(_ name: String, isMany: Bool, isRequired: Bool) {
            self.name = name
            self.isMany = isMany
            self.isRequired = isRequired
        }
    }

    /// An operation with a name and a result.
    public init(_ name: String, summary: String? = nil, details: String? = nil, result: ResultDescription) {
        self.name = name
        self.summary = summary
        self.details = details
        self.result = result
    }
}
