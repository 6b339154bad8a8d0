// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What client and server agreed on for packing messages (RFC 7692, section 7.1).
package struct MessageDeflateAgreement: Sendable, Hashable {
    /// Both sides' windows and contexts as agreed, and how the server packs.
    package private(set) var settings: MessageDeflateSettings
    /// What the client has to be told.
    private var answersServerWindow: Bool
    private var answersClientWindow = false

    private static let name = "permessage-deflate"

    /// The first offer that can be accepted (RFC 7692, section 5); `nil` where none can, and messages are sent as they
    /// are.
    package init?(accepting offers: [WebSocketExtension], _ settings: MessageDeflateSettings) {
        for offer in offers where offer.name == Self.name {
            guard let agreement = Self(offer, settings) else { continue }
            self = agreement
            return
        }
        return nil
    }

    private init?(_ offer: WebSocketExtension, _ settings: MessageDeflateSettings) {
        self.settings = settings.clamped
        self.answersServerWindow = self.settings.serverWindowBits < 15
        var seen: Set<String> = []
        for parameter in offer.parameters {
            guard seen.insert(parameter.name).inserted, self.accept(parameter) else { return nil }
        }
        // Only a client that names the parameter understands it in the answer.
        if self.settings.clientWindowBits < 15, !self.answersClientWindow { return nil }
    }

    /// Holds to what a parameter asks for; `false` where its name or its value is not one of RFC 7692.
    private mutating func accept(_ parameter: WebSocketExtension.Parameter) -> Bool {
        switch (parameter.name, parameter.value) {
        case ("server_no_context_takeover", nil):
            self.settings.serverContextTakeover = false
        case ("client_no_context_takeover", nil):
            self.settings.clientContextTakeover = false
        case ("server_max_window_bits", let value?):
            guard let bits = Self.windowBits(value) else { return false }
            self.settings.serverWindowBits = min(self.settings.serverWindowBits, bits)
            self.answersServerWindow = true
        case ("client_max_window_bits", let value):
            guard let bits = value.map(Self.windowBits) ?? 15 else { return false }
            self.settings.clientWindowBits = min(self.settings.clientWindowBits, bits)
            self.answersClientWindow = self.settings.clientWindowBits < 15
        default:
            return false
        }
        return true
    }

    /// 8 to 15 in decimal without zeros in front.
    private static func windowBits(_ text: String) -> Int? {
        (8...15).first { String($0) == text }
    }

    /// What to answer in `sec-websocket-extensions`.
    package var field: String {
        var field = Self.name
        if !self.settings.serverContextTakeover { field += "; server_no_context_takeover" }
        if !self.settings.clientContextTakeover { field += "; client_no_context_takeover" }
        if self.answersServerWindow { field += "; server_max_window_bits=\(self.settings.serverWindowBits)" }
        if self.answersClientWindow { field += "; client_max_window_bits=\(self.settings.clientWindowBits)" }
        return field
    }
}

extension MessageDeflateSettings {
    /// With numbers in the ranges that the format and zlib have.
    fileprivate var clamped: Self {
        var settings = self
        settings.serverWindowBits = min(max(self.serverWindowBits, 8), 15)
        settings.clientWindowBits = min(max(self.clientWindowBits, 8), 15)
        settings.level = min(max(self.level, 1), 9)
        settings.memoryLevel = min(max(self.memoryLevel, 1), 9)
        return settings
    }
}
