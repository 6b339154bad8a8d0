// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What can be wrong with a form.
extension HTTPError {
    static func malformedForm(_ detail: String) -> HTTPError {
        HTTPError(.badRequest, detail, code: "malformed-form")
    }

    static var notAForm: HTTPError {
        HTTPError(
            .unsupportedMediaType,
            "Send a form, as multipart/form-data or as application/x-www-form-urlencoded.",
            code: "not-a-form",
            headers: ["accept": "multipart/form-data, application/x-www-form-urlencoded"]
        )
    }

    package static var notMultipart: HTTPError {
        HTTPError(
            .unsupportedMediaType,
            "Send a form as multipart/form-data.",
            code: "not-a-form",
            headers: ["accept": "multipart/form-data"]
        )
    }

    static func tooManyFormFields(limit: Int) -> HTTPError {
        HTTPError(.contentTooLarge, "The form has more than \(limit) fields.", code: "too-many-form-fields")
    }

    static func formFieldsTooLarge(limit: Int) -> HTTPError {
        HTTPError(
            .contentTooLarge,
            "The fields of the form are longer than \(limit) bytes together.",
            code: "form-fields-too-large"
        )
    }

    static func tooManyFiles(limit: Int) -> HTTPError {
        HTTPError(.contentTooLarge, "The form has more than \(limit) files.", code: "too-many-files")
    }

    static func fileTooLarge(limit: Int) -> HTTPError {
        HTTPError(.contentTooLarge, "A file is longer than the limit of \(limit) bytes.", code: "file-too-large")
    }

    static func partHeadersTooLarge(limit: Int) -> HTTPError {
        HTTPError(
            .contentTooLarge,
            "The header fields of a part are longer than \(limit) bytes.",
            code: "part-headers-too-large"
        )
    }

    static func tooManyPartHeaders(limit: Int) -> HTTPError {
        HTTPError(
            .contentTooLarge,
            "A part has more than \(limit) header fields.",
            code: "too-many-part-headers"
        )
    }
}
