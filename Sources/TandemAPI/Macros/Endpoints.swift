// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Makes a struct's functions endpoints below a path.
///
/// A parameter that the path names comes from the path, one without a label is the body, any other comes from the
/// query, or from what its type says: `Query`, `Header`, `Cookie`, `UploadedFile`, `Request`, or a `Dependency`. What the
/// function's comment says of parameters and of the result stands in the documentation.
/// ```swift
/// /// Support tickets.
/// @API("/tickets") struct Tickets {
///     /// Fetch one ticket.
///     @GET("{id}") func get(id: Int) async throws -> Ticket { … }
///     /// Open a ticket.
///     @POST func create(_ ticket: TicketReport, caller: Caller) async throws -> Created<Ticket> { … }
/// }
/// ```
/// Calls of one endpoint go through `middleware` of its attribute, those of all through the type's `middleware`.
@attached(extension, conformances: API, names: named(path), named(summary), named(endpoints))
public macro API(_ path: String = "") = #externalMacro(module: "TandemMacros", type: "APIMacro")

/// Answers GET, below the path of the API.
@attached(peer, names: prefixed(endpoint_))
public macro GET(_ path: String = "", middleware: [any Middleware] = []) =
    #externalMacro(module: "TandemMacros", type: "EndpointMacro")

/// Answers POST, below the path of the API.
@attached(peer, names: prefixed(endpoint_))
public macro POST(_ path: String = "", middleware: [any Middleware] = []) =
    #externalMacro(module: "TandemMacros", type: "EndpointMacro")

/// Answers PUT, below the path of the API.
@attached(peer, names: prefixed(endpoint_))
public macro PUT(_ path: String = "", middleware: [any Middleware] = []) =
    #externalMacro(module: "TandemMacros", type: "EndpointMacro")

/// Answers PATCH, below the path of the API.
@attached(peer, names: prefixed(endpoint_))
public macro PATCH(_ path: String = "", middleware: [any Middleware] = []) =
    #externalMacro(module: "TandemMacros", type: "EndpointMacro")

/// Answers DELETE, below the path of the API.
@attached(peer, names: prefixed(endpoint_))
public macro DELETE(_ path: String = "", middleware: [any Middleware] = []) =
    #externalMacro(module: "TandemMacros", type: "EndpointMacro")

/// Answers any method, below the path of the API: `@Route(.options, "{id}")`.
@attached(peer, names: prefixed(endpoint_))
public macro Route(_ method: Method, _ path: String = "", middleware: [any Middleware] = []) =
    #externalMacro(module: "TandemMacros", type: "EndpointMacro")
