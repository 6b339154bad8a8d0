// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// The form of a review as somebody filled it in, right or wrong.
@Schema struct FilledReviewForm {
    @Length(...1_000) var author: String = ""
    @Length(...20) var rating: String = ""
    @Length(...1_000) var title: String = ""
    @Length(...50_000) var text: String = ""

    /// The review that it makes.
    ///
    /// - Throws: `ValidationError` with all that is wrong with it.
    func draft() throws -> ReviewDraft {
        var object = JSONObject()
        object["author"] = .string(self.author)
        object["rating"] = Int(self.rating).map { .number("\($0)") }
        object["title"] = .string(self.title)
        object["text"] = .string(self.text)
        return try JSON.decode(ReviewDraft.self, from: try JSON.text(JSON.object(object)))
    }
}

extension ReviewForm {
    init(_ filled: FilledReviewForm, faults: [String]) {
        self.init(
            author: filled.author,
            title: filled.title,
            text: filled.text,
            rating: Int(filled.rating) ?? 0,
            faults: faults
        )
    }
}

extension Violation {
    /// What is wrong, by the words of the form.
    var fault: String {
        let labels = ["/author": "your name", "/rating": "the rating", "/title": "the line", "/text": "the text"]
        let label = labels[self.pointer] ?? self.pointer
        switch self.rule {
        case "required": return "Choose \(label)."
        case "pattern": return "Write something for \(label)."
        default: return "It has to be \(self.expected) for \(label)."
        }
    }
}
