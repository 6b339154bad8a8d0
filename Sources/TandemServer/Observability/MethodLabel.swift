// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The methods that are told apart; a client cannot invent values of a label.
enum MethodLabel: String, CaseIterable, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case head = "HEAD"
    case options = "OPTIONS"
    case trace = "TRACE"
    case connect = "CONNECT"
    case other = "OTHER"

    init(_ method: Method) {
        self = MethodLabel(rawValue: method.rawValue) ?? .other
    }
}
