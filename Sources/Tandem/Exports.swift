// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// An application imports Tandem alone.
@_exported public import TandemAPI
@_exported public import TandemData
@_exported public import TandemHTTP
@_exported public import TandemSchema
@_exported public import TandemServer
