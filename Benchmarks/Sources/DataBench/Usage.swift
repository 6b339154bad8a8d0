// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The program was asked for something that it does not do, or read something that it should not have.
struct Usage: Error {
    let problem: String

    init(_ problem: String) { self.problem = problem }
}
