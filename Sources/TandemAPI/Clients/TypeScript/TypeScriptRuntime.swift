// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// What is the same in every TypeScript client.
enum TypeScriptRuntime {
    /// The names that it declares or needs.
    static let names: Set<String> = [
        "APIError", "AbortController", "AbortSignal", "AsyncGenerator", "BodyInit", "Call", "CallOptions", "Client",
        "ClientOptions", "Connection", "DOMException", "ErrorCode", "FormData", "Headers", "InvalidValue", "JSON",
        "Provided", "ReadableStream", "RequestCredentials", "ServerSentEvent", "Stream", "TextDecoder", "TypeError",
        "Uint8Array", "URLSearchParams",
    ]

    /// What a client is made with.
    static func options(_ description: ClientDescription) -> String {
        var names = UniqueNames(taken: ["baseURL", "token", "headers", "timeout", "credentials", "fetch"])
        let credentials = description.credentials.map { credential in
            let type = if case .basic = credential.kind { "{ username: string; password: string }" } else { "string" }
            let name = names.take(Identifier(credential.name).camel)
            let comment = TypeScriptText.comment(credential.summary ?? "Says who is calling.", indent: "  ")
            return (text: "\(comment)  \(name)?: Provided<\(type)>;\n", name: name, kind: credential.kind)
        }
        let uses = credentials.map { "\(self.use(of: $0.name, $0.kind))\n" }
        return """
            /** What a client is made with. */
            export interface ClientOptions {
              /** Where the server is, such as `https://api.example.org`; without it, where the page came from. */
              baseURL?: string;
              /** A bearer token, or what gets one; it is asked for with each call. */
              token?: Provided<string>;
            \(credentials.map(\.text).joined())\
              /** Header fields of every call. */
              headers?: Record<string, string>;
              /** Milliseconds that a call may take, or a stream until it begins; no limit by default. */
              timeout?: number;
              /** Whether cookies go to other origins: `"include"` has them do so. */
              credentials?: RequestCredentials;
              /** What is called in the place of `fetch`. */
              fetch?: typeof fetch;
            }

            /** A value, or what gets one. */
            export type Provided<T> = T | (() => T | Promise<T>);

            /** What one call is made with. */
            export interface CallOptions {
              /** Ends the call, or its stream, once it is aborted. */
              signal?: AbortSignal;
              /** Milliseconds that the call may take, or its stream until it begins. */
              timeout?: number;
              /** More header fields. */
              headers?: Record<string, string>;
            }

            /** Says who is calling. */
            async function authorize(call: Call, headers: Headers, options: ClientOptions): Promise<void> {
              const token = await provided(options.token);
              if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
            \(uses.joined())}

            """
    }

    private static func use(of name: String, _ kind: ClientCredential.Kind) -> String {
        let assignment =
            switch kind {
            case .basic:
                """
                {
                    const text = new TextEncoder().encode(`${\(name).username}:${\(name).password}`);
                    headers.set("authorization", `Basic ${btoa(String.fromCharCode(...text))}`);
                  }
                """
            case .key(let key, .query): "call.query = { ...call.query, \(TypeScriptText.key(key)): \(name) };"
            case .key(let key, .cookie): "call.cookies = { ...call.cookies, \(TypeScriptText.key(key)): \(name) };"
            case .key(let key, _): "headers.set(\(TypeScriptText.literal(.string(key))), \(name));"
            }
        return """
              const \(name) = await provided(options.\(name));
              if (\(name) !== undefined) \(assignment)
            """
    }

    /// Errors, and the codes that are documented.
    static func errors(_ codes: [String]) -> String {
        let known = codes.map { "  | \(TypeScriptText.literal(.string($0)))\n" }.joined()
        return """
            /** The codes that the documentation names; there may be others. */
            export type ErrorCode =
            \(known)  | (string & {});
            \(self.errorTypes)
            """
    }
}
