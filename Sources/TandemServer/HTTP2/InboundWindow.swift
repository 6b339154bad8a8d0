// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
/// What a client may send on a stream or a connection (RFC 9113, section 5.2): it grows only as bodies are consumed.
struct InboundWindow {
    private var target: Int
    /// What the client may still send.
    private var size: Int
    /// What has arrived and is not consumed.
    private var held = 0

    /// What the protocol begins with.
    static let initialSize = 65_535

    /// A window that is to have `target` bytes.
    init(target: Int, size: Int) {
        self.target = target
        self.size = size
    }

    /// Follows a change of the initial size, which all streams that are open take part in (RFC 9113, section 6.9.2).
    mutating func grow(_ delta: Int) {
        self.target += delta
        self.size += delta
    }

    mutating func arrived(_ count: Int) {
        self.held += count
    }

    mutating func consumed(_ count: Int) {
        self.held -= count
    }

    /// Takes over what the protocol's state says; padding counts there too.
    mutating func become(_ size: Int) {
        self.size = size
    }

    /// How much the client is to be allowed more, once it is worth a frame.
    mutating func takeIncrement() -> Int? {
        let missing = self.target - self.size - self.held
        guard missing > 0, missing >= self.target / 2 else { return nil }
        self.size += missing
        return missing
    }
}
#endif
