// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// Chooses, by its type, how a parameter is had from a call; generated code calls this.
public enum Parameters {
    /// A parameter that the path names.
    public static func path<Value: Scalar>(_ name: String, _ type: Value.Type) -> PathParameter<Value> {
        PathParameter(name)
    }

    /// A parameter of the query.
    public static func named<Value: ParameterValue>(
        _ name: String,
        _ type: Value.Type,
        default fallback: Value? = nil
    ) -> QueryParameter<Value> {
        QueryParameter(name, default: fallback)
    }

    /// A header field.
    public static func named<Value: ParameterValue>(
        _ name: String,
        _ type: Header<Value>.Type,
        default fallback: Header<Value>? = nil
    ) -> HeaderParameter<Value> {
        HeaderParameter(name, default: fallback)
    }

    /// A cookie.
    public static func named<Value: ParameterValue>(
        _ name: String,
        _ type: Cookie<Value>.Type,
        default fallback: Cookie<Value>? = nil
    ) -> CookieParameter<Value> {
        CookieParameter(name, default: fallback)
    }

    /// Parameters of the query as one value.
    public static func named<Value: Schema>(
        _ name: String,
        _ type: Query<Value>.Type,
        default fallback: Query<Value>? = nil
    ) -> QueryValueParameter<Value> {
        QueryValueParameter(name, default: fallback)
    }

    /// A file of the form in the body.
    public static func named(_ name: String, _ type: UploadedFile.Type) -> UploadParameter<UploadedFile> {
        UploadParameter(name)
    }

    /// A file of the form in the body, where there is one; it has no default but `nil`.
    public static func named(
        _ name: String,
        _ type: UploadedFile?.Type,
        default fallback: Never? = nil
    ) -> UploadParameter<UploadedFile?> {
        UploadParameter(name)
    }

    /// Files of the form in the body.
    public static func named(
        _ name: String,
        _ type: [UploadedFile].Type,
        default fallback: [UploadedFile]? = nil
    ) -> UploadParameter<[UploadedFile]> {
        UploadParameter(name, default: fallback)
    }

    /// A dependency.
    public static func named<Value: Dependency>(_ name: String, _ type: Value.Type) -> DependencyParameter<Value> {
        DependencyParameter()
    }

    /// The request.
    public static func named(_ name: String, _ type: Request.Type) -> RequestParameter { RequestParameter() }

    /// The call.
    public static func named(_ name: String, _ type: Call.Type) -> CallParameter { CallParameter() }

    /// The body as a value.
    public static func body<Value: Schema>(_ type: Value.Type) -> BodyParameter<Value> { BodyParameter() }

    /// The body as a value of a `Codable` type, more slowly.
    @_disfavoredOverload
    public static func body<Value: Codable & Sendable>(_ type: Value.Type) -> CodedParameter<Value> { CodedParameter() }

    /// The body as bytes.
    public static func body(_ type: Bytes.Type) -> BytesParameter { BytesParameter() }

    /// The body as it comes.
    public static func body(_ type: RequestBody.Type) -> StreamParameter { StreamParameter() }
}

// MARK: - What cannot be had from a call

extension Parameters {
    /// A type that no text of a path holds.
    @_disfavoredOverload
    @available(
        *,
        unavailable,
        message: "a parameter of the path is a Scalar: text, a number, a UUID, a word of an enum"
    )
    public static func path<Value>(_ name: String, _ type: Value.Type) -> PathParameter<String> { PathParameter(name) }

    /// A type that is none of those.
    @_disfavoredOverload
    @available(
        *,
        unavailable,
        message:
            "a labelled parameter is a value of the query, a Query, a Header, a Cookie, an UploadedFile, a Dependency, the Request or the Call; write '_' for its label to take it from the body"
    )
    public static func named<Value>(
        _ name: String,
        _ type: Value.Type,
        default fallback: Value? = nil
    ) -> QueryParameter<String> {
        QueryParameter(name)
    }

    /// A type that no body holds.
    @_disfavoredOverload
    @available(*, unavailable, message: "a body is a @Schema type, a Codable one, Bytes or RequestBody")
    public static func body<Value>(_ type: Value.Type) -> BytesParameter { BytesParameter() }
}
