// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
import Logging
import NIOSSL
import Synchronization

/// What a listener's new connections are encrypted with: read from files, and read again when they change.
final class LiveTLS: Sendable {
    private struct State {
        var context: NIOSSLContext
        var stamps: [FileStamp]
    }

    private let settings: TLSSettings
    private let logger: Logger
    private let state: Mutex<State>

    /// Reads the files.
    ///
    /// - Throws: ``ServerError`` where they cannot be used.
    init(_ settings: TLSSettings, logger: Logger) throws {
        self.settings = settings
        self.logger = logger
        let stamps = settings.fileStamps
        do {
            self.state = Mutex(State(context: try settings.makeContext(), stamps: stamps))
        } catch {
            throw ServerError("Cannot use the TLS certificate: \(error). Are chain and key PEM?", cause: error)
        }
    }

    /// The context for a new connection.
    var context: NIOSSLContext { self.state.withLock { $0.context } }

    /// Reads the files again where they have changed, and on request; until the task is cancelled.
    func watch() async {
        await withDiscardingTaskGroup { tasks in
            tasks.addTask {
                for await _ in self.settings.reloadRequests { self.reload() }
            }
            if let interval = self.settings.reloadInterval {
                tasks.addTask {
                    while (try? await Task.sleep(for: interval)) != nil { self.reloadIfChanged() }
                }
            }
        }
    }

    private func reloadIfChanged() {
        let stamps = self.settings.fileStamps
        if self.state.withLock({ $0.stamps != stamps }) { self.reload() }
    }

    private func reload() {
        // Stamped before they are read: what changes meanwhile is read the next time.
        let stamps = self.settings.fileStamps
        let context: NIOSSLContext
        do {
            context = try self.settings.makeContext()
        } catch {
            self.state.withLock { $0.stamps = stamps }
            self.logger.error(
                "the new TLS certificate cannot be used, the old one stays",
                metadata: ["error": "\(error)"]
            )
            return
        }
        self.state.withLock { $0 = State(context: context, stamps: stamps) }
        self.logger.info("the TLS certificate was read again")
    }
}
#endif
