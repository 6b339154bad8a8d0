// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHTTP2
import TandemHTTP

/// How a connection begins.
extension HTTP2Connection {
    /// Puts HTTP/2 behind a handler that leaves the connection to it, or on a bare channel.
    static func install(
        behind handler: (any ChannelHandler)? = nil,
        in pipeline: ChannelPipeline.SynchronousOperations,
        loop: LoopState,
        info: ConnectionInfo,
        isWelcome: Bool
    ) throws {
        let writer = FrameWriter(loop: loop)
        let connection = HTTP2Connection(loop: loop, info: info, writer: writer, isWelcome: isWelcome)
        let framing = NIOHTTP2Handler(
            mode: .server,
            frameDelegate: connection,
            connectionConfiguration: .init(loop.context.limits),
            streamConfiguration: .init(loop.context.limits)
        )
        // One by one: each writes frames as soon as it is there.
        try pipeline.addHandler(writer, position: handler.map { .after($0) } ?? .last)
        try pipeline.addHandler(framing, position: .after(writer))
        try pipeline.addHandler(connection, position: .after(framing))
    }
}

extension NIOHTTP2Handler.ConnectionConfiguration {
    /// PING, SETTINGS and PRIORITY frames within `Limits.resetWindow`: those that a client can send for nothing.
    private static let controlFrames = 500

    init(_ limits: Limits) {
        self.init()
        self.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: limits.concurrentStreams.asSetting),
            HTTP2Setting(parameter: .initialWindowSize, value: HTTP2Connection.streamWindow),
            HTTP2Setting(parameter: .maxHeaderListSize, value: limits.headerListSize.asSetting),
            // WebSockets (RFC 8441, section 3).
            HTTP2Setting(parameter: .enableConnectProtocol, value: 1),
        ]
        // Both are checked here, in the pass that makes a request of the fields.
        self.headerBlockValidation = .disabled
        self.contentLengthValidation = .disabled
        self.maximumRecentlyResetStreams = max(limits.concurrentStreams, 1)
        self.maximumConnectionGlitches = max(limits.resets, 0)
        self.controlFrameRateLimit.maximumCount = Self.controlFrames
        self.controlFrameRateLimit.windowLength = TimeAmount(limits.resetWindow)
    }
}

extension NIOHTTP2Handler.StreamConfiguration {
    init(_ limits: Limits) {
        self.init()
        self.streamResetFrameRateLimit.maximumCount = max(limits.resets, 0)
        self.streamResetFrameRateLimit.windowLength = TimeAmount(limits.resetWindow)
        self.streamErrorRateLimit.maximumCount = max(limits.resets, 0)
        self.streamErrorRateLimit.windowLength = TimeAmount(limits.resetWindow)
    }
}

extension Limits {
    /// What a field section may take before the connection is closed.
    ///
    /// A section that only goes beyond the limits of a request is read, so that it can be answered 414 or 431; one of
    /// twice their size is not.
    fileprivate var headerListSize: Int {
        let perField = 32  // as RFC 9113, section 6.5.2, counts
        let fields = self.headerCount.multipliedReportingOverflow(by: perField)
        let sum = self.requestLine.addingReportingOverflow(self.headerBytes)
        let total = sum.partialValue.addingReportingOverflow(fields.partialValue)
        let twice = total.partialValue.multipliedReportingOverflow(by: 2)
        return fields.overflow || sum.overflow || total.overflow || twice.overflow ? Int.max : twice.partialValue
    }
}

extension Int {
    /// The nearest value that a setting can have (RFC 9113, section 6.5.1).
    fileprivate var asSetting: Int { Swift.min(Swift.max(self, 0), Int(Int32.max)) }
}
#endif
