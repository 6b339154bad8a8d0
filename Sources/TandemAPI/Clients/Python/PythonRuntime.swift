// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// What is the same in every Python client.
enum PythonRuntime {
    /// The names that it declares or needs.
    static let names: Set<String> = [
        "APIError", "Any", "BinaryIO", "Callable", "ClassVar", "Client", "Decimal", "Dict", "Exception", "False",
        "ForwardRef", "Generic", "InvalidValue", "Iterator", "List", "Literal", "None", "Optional", "Provided",
        "ServerSentEvent", "True", "TypeVar", "UUID", "Union", "Upload", "ValueError",
    ]

    static let imports = """
        from __future__ import annotations

        import base64
        import dataclasses
        import json
        import typing
        import urllib.error
        import urllib.parse
        import urllib.request
        from dataclasses import dataclass, field
        from datetime import datetime, timezone
        from decimal import Decimal
        from typing import Any, BinaryIO, Callable, ClassVar, Dict, ForwardRef, Generic, Iterator, List, Literal, Optional
        from typing import Tuple, TypeVar, Union
        from uuid import UUID, uuid4

        """

    /// The class that calls are made through.
    static func client(
        _ description: ClientDescription,
        _ groups: [(member: String, type: String, summary: String?)]
    ) -> String {
        var names = UniqueNames(taken: ["base_url", "headers", "opener", "self", "timeout", "token"])
        let credentials = description.credentials.map { credential in
            (name: names.take(PythonText.member(credential.name)), credential: credential)
        }
        let arguments = credentials.map { name, credential in
            if case .basic = credential.kind { return "        \(name): Provided[Tuple[str, str]] = None,\n" }
            return "        \(name): Provided[str] = None,\n"
        }
        let remarks = credentials.map { "        \($0.name): \($0.credential.summary ?? "Says who is calling.")\n" }
        let passed = credentials.map { name, credential in
            switch credential.kind {
            case .basic: return "        connection.basic.append(\(name))\n"
            case .key(let key, let place):
                let key = PythonText.literal(.string(key))
                return "        connection.keys.append((\"\(place.rawValue)\", \(key), \(name)))\n"
            }
        }
        let members = groups.map { "        self.\($0.member) = \($0.type)(connection)\n" }
        let summary = description.summary ?? "Calls \(description.title)."
        return """
            class Client:
            \(PythonText.documentation(summary, indent: "    "))
                def __init__(
                    self,
                    base_url: str,
                    *,
                    token: Provided[str] = None,
            \(arguments.joined())\
                    headers: Optional[Dict[str, str]] = None,
                    timeout: float = 60,
                    opener: Optional[urllib.request.OpenerDirector] = None,
                ) -> None:
            \(PythonText.documentation(
                """
                base_url: Where the server is, such as https://api.example.org.
                token: A bearer token, or what gets one; it is asked for with each call.
                \(remarks.map { $0.drop { $0 == " " } }.joined())\
                headers: Header fields of every call.
                timeout: Seconds to wait for each piece of an answer.
                opener: What sends requests, with proxies and certificates of its own.
                """,
                indent: "        "
            ))\
                    connection = _Connection(base_url, token, headers or {}, timeout, opener)
            \(passed.joined())\
                    self._connection = connection
            \(members.joined())
            """
    }

    /// Errors and events.
    static func messages(_ codes: [String]) -> String {
        let known = codes.isEmpty ? "" : "\nThe documentation names: \(codes.joined(separator: ", "))."
        return """
            @dataclass
            class InvalidValue:
                \"""A value of a call that is not valid.\"""

                place: str
                \"""Where it stands: path, query, header, cookie or body.\"""
                name: str
                \"""The name of the parameter; in a body a JSON pointer to the value.\"""
                rule: str
                expected: str
                actual: Optional[str]


            class APIError(Exception):
                \"""An answer that says that something went wrong (RFC 9457).\"""

                def __init__(self, status: int, problem: Dict[str, Any]) -> None:
                    self.status = status
                    \"""The status of the answer.\"""
                    self.code = str(problem.get("code", ""))
            \(PythonText.documentation(
                "A stable name, for programs; empty where something else than the server has answered." + known,
                indent: "        "
            ))\
                    self.title = str(problem.get("title", f"Status {status}"))
                    self.detail: Optional[str] = problem.get("detail")
                    self.errors = [
                        InvalidValue(
                            str(each.get("in", "")),
                            str(each.get("pointer", each.get("name", ""))),
                            str(each.get("rule", "")),
                            str(each.get("expected", "")),
                            each.get("actual"),
                        )
                        for each in problem.get("errors") or []
                    ]
                    \"""The values that are not valid.\"""
                    self.problem = problem
                    \"""The whole answer, members of its own included.\"""
                    super().__init__(self.detail or self.title)

            """
    }

    static let values = """
        T = TypeVar("T")

        Provided = Union[T, Callable[[], T], None]


        @dataclass
        class ServerSentEvent(Generic[T]):
            \"""An event of a stream.\"""

            data: T
            event: str = "message"
            id: Optional[str] = None
            retry: Optional[int] = None
            \"""Milliseconds to wait before the stream is asked for again.\"""


        @dataclass
        class Upload:
            \"""A file of a form.\"""

            data: Union[bytes, BinaryIO]
            filename: str = "file"
            content_type: str = "application/octet-stream"


        class _Null:
            pass


        null: Any = _Null()
        \"""Stands for null where None leaves a field out, as in a change.\"""

        """
}
