// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What one form may ask of the server before it is refused; the body as a whole is bounded by ``Limits/body``.
public struct FormLimits: Sendable, Hashable {
    /// The number of fields, files included: 1,000, beyond it 413.
    public var fields = 1_000
    /// The bytes of an urlencoded form, or of all texts of a multipart form with their names: 1 MiB, beyond it 413.
    ///
    /// They are kept in memory.
    public var fieldBytes = 1024 * 1024
    /// The number of files in a collected form: 100, beyond it 413.
    public var files = 100
    /// The bytes of one file in a collected form, beyond it 413; `nil`, the default, for ``Limits/body`` alone.
    public var fileBytes: Int?
    /// The bytes of a file in a collected form that are kept in memory before it moves to the disk: 256 KiB.
    public var fileMemory = 256 * 1024
    /// The bytes of one part's header fields: 8 KiB, beyond it 413.
    public var partHeaderBytes = 8 * 1024
    /// The number of one part's header fields: 16, beyond it 413.
    public var partHeaderCount = 16

    /// The defaults.
    public init() {}
}
