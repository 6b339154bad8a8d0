// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

extension OpenAPIDocument {
    /// What the document says of the application.
    public struct Info: Sendable {
        /// Its name.
        public var title: String
        /// The version of its API.
        public var version: String
        /// What it is for, as Markdown.
        public var description: String?
        /// A URL of the terms under which it may be used.
        public var termsOfService: String?
        /// Whom to ask.
        public var contact: Contact?
        /// What its licence is.
        public var license: License?
        /// Where it is; none where it is where the document is.
        public var servers: [Server] = []

        /// What there is to say.
        public init(title: String = "API", version: String = "0.1.0", description: String? = nil) {
            self.title = title
            self.version = version
            self.description = description
        }
    }

    /// Whom to ask about an API.
    public struct Contact: Sendable {
        /// A name.
        public var name: String?
        /// A URL.
        public var url: String?
        /// An address for mail.
        public var email: String?

        /// A contact from what is known.
        public init(name: String? = nil, url: String? = nil, email: String? = nil) {
            self.name = name
            self.url = url
            self.email = email
        }
    }

    /// The licence of an API.
    public struct License: Sendable {
        /// Its name.
        public var name: String
        /// Its SPDX identifier, or else its URL.
        fileprivate let reference: (key: String, value: String)?

        /// A licence by its name alone.
        public init(_ name: String) {
            self.name = name
            self.reference = nil
        }

        /// A licence with its SPDX identifier: `Apache-2.0`.
        public init(_ name: String, identifier: String) {
            self.name = name
            self.reference = ("identifier", identifier)
        }

        /// A licence with a URL of its text.
        public init(_ name: String, url: String) {
            self.name = name
            self.reference = ("url", url)
        }
    }

    /// A place where an API is.
    public struct Server: Sendable {
        /// Its URL, which may be relative to the document's.
        public var url: String
        /// What it is for.
        public var description: String?

        /// A place with a URL.
        public init(_ url: String, description: String? = nil) {
            self.url = url
            self.description = description
        }
    }
}

extension OpenAPIDocument.Info {
    /// The document's `info`.
    var json: JSONObject {
        var json: JSONObject = ["title": .string(self.title), "version": .string(self.version)]
        json.set("description", self.description)
        json.set("termsOfService", self.termsOfService)
        if let contact {
            var object = JSONObject()
            object.set("name", contact.name)
            object.set("url", contact.url)
            object.set("email", contact.email)
            json["contact"] = .object(object)
        }
        if let license {
            var object: JSONObject = ["name": .string(license.name)]
            if let reference = license.reference { object[reference.key] = .string(reference.value) }
            json["license"] = .object(object)
        }
        return json
    }

    /// The document's `servers`.
    var serversJSON: [JSON] {
        self.servers.map { server in
            var object: JSONObject = ["url": .string(server.url)]
            object.set("description", server.description)
            return .object(object)
        }
    }
}

extension JSONObject {
    /// Adds a text, where there is one.
    mutating func set(_ name: String, _ text: String?) {
        if let text { self[name] = .string(text) }
    }
}
