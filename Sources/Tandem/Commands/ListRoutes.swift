// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TandemAPI

/// Lists the endpoints.
struct ListRoutes: AppCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "List the endpoints.")

    func run(_ app: App) async throws {
        // Whatever would keep the application from starting is said here too.
        _ = try app.handler()
        let rows = app.routes.endpoints
            .map { ["\($0.method)", "\($0.pattern)", $0.operationID, "\($0.source)"] }
            .sorted { ($0[1], $0[0]) < ($1[1], $1[0]) }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = row.enumerated().map { column, text in
                column < 3 ? text.padded(to: widths[column]) : text
            }
            print(cells.joined(separator: "  "))
        }
    }
}
