// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
/// What libpq has made for us: a connection, a result, a key to cancel by.
struct LibpqObject: Sendable {
    // libpq may be called on any thread: with a connection by one at a time, which its lock sees to; with a result and
    // with a key by several, since they are only read until their one owner frees them.
    nonisolated(unsafe) let pointer: OpaquePointer
}
#endif
