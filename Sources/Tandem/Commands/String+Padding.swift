// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension String {
    /// With as many spaces behind it as a column of a list is wide.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - self.count, 0)) }
}
