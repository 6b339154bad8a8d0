// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Mustache
import FoundationEssentials
import Mustache
public import TandemAPI

/// The Mustache templates of a folder: pages, and the partials that they are made of.
///
/// ```swift
/// let templates = try Templates(directory: "Templates")
/// try templates.render("ticket", ["ticket": ticket, "reader": name])
/// ```
/// `tickets/list.mustache` is the template `tickets/list`, for pages as for partials, `{{> tickets/list}}`. Values are
/// escaped, but for those in three braces. A value can be anything: what a `Schema` type has in its JSON, of another
/// struct its properties, of a dictionary its keys.
///
/// The files are read once; values are all that a page can differ by.
public struct Templates: Sendable {
    private let library: MustacheLibrary
    /// The names of the templates, in order.
    public let names: [String]

    /// Reads the files of a folder that end in `.mustache`, and those of its folders.
    ///
    /// - Throws: `TemplateError` where one cannot be read, is no template, or has a partial that there is not.
    public init(directory: String) throws(TemplateError) {
        let suffix = ".mustache"
        let files: [String]
        do {
            files = try FileManager.default.subpathsOfDirectory(atPath: directory).filter { $0.hasSuffix(suffix) }
        } catch {
            throw .unreadable(path: directory)
        }
        var texts: [String: String] = [:]
        for file in files {
            let path = "\(directory)/\(file)"
            guard let data = FileManager.default.contents(atPath: path),
                let text = String(validating: data, as: UTF8.self)
            else { throw .unreadable(path: path) }
            texts[String(file.dropLast(suffix.count))] = text
        }
        try self.init(texts)
    }

    /// Templates of texts, by their names.
    ///
    /// - Throws: `TemplateError` where one is no template, or has a partial that there is not.
    public init(_ texts: [String: String]) throws(TemplateError) {
        self.names = texts.keys.sorted()
        var library = MustacheLibrary()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            for partial in PartialNames.of(text) where texts[partial] == nil {
                throw .missing(partial, by: name, available: self.names)
            }
            library.register(try Self.template(name, text), named: name)
        }
        self.library = library
    }

    private static func template(_ name: String, _ text: String) throws(TemplateError) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: ByteEscaping.pragma + text)
        } catch let error as MustacheTemplate.ParserError {
            // The pragma is a line of its own.
            throw .malformed(name, line: error.context.lineNumber - 1, reason: "\(error.error)")
        } catch {
            throw .malformed(name, line: 1, reason: "\(error)")
        }
    }

    /// A page made of a template and a value.
    ///
    /// - Throws: `TemplateError` where there is no such template.
    public func render(_ name: String, _ value: Any) throws(TemplateError) -> HTML {
        guard let text = self.library.render(TemplateValue.of(value), withTemplate: name) else {
            throw .missing(name, by: nil, available: self.names)
        }
        return HTML(unescaped: text)
    }

    /// A page made of a template and values by their names.
    ///
    /// - Throws: `TemplateError` where there is no such template.
    public func render(_ name: String, _ values: [String: Any] = [:]) throws(TemplateError) -> HTML {
        try self.render(name, values as Any)
    }
}
#endif
