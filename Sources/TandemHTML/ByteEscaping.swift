// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Mustache
import Mustache
import TandemAPI

/// Escapes values byte by byte, in place of Mustache's own escaping.
///
/// That one goes by `Character`: it lets a quote with an accent behind it pass, which a browser takes for a quote and
/// an accent, and a hostile value leaves its attribute.
struct ByteEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String { HTML.escaped(text) }

    /// The line that has a template escape this way; it renders as nothing.
    static let pragma: String = {
        MustacheContentTypes.register(ByteEscaping(), named: "HTML")
        return "{{% CONTENT_TYPE:HTML}}\n"
    }()
}
#endif
