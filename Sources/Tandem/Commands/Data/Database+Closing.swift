// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemData

extension Database {
    /// Closes it once something is done with it, whichever way that ends.
    func closed<Result>(after body: () async throws -> Result) async throws -> Result {
        do {
            let result = try await body()
            await self.close()
            return result
        } catch {
            await self.close()
            throw error
        }
    }
}
