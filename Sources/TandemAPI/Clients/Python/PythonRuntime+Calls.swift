// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension PythonRuntime {
    static let connection = #"""
        class _Connection:
            def __init__(
                self,
                base_url: str,
                token: Provided[str],
                headers: Dict[str, str],
                timeout: float,
                opener: Optional[urllib.request.OpenerDirector],
            ) -> None:
                if not base_url.startswith(("http://", "https://")):
                    raise ValueError(f"{base_url!r} is no URL of a server; it begins with http:// or https://")
                self._base_url = base_url.rstrip("/")
                self._token = token
                self._headers = headers
                self._timeout = timeout
                self._opener = opener or urllib.request.build_opener()
                self.basic: List[Provided[Tuple[str, str]]] = []
                self.keys: List[Tuple[str, str, Provided[str]]] = []

            def json(self, type_: Any, method: str, path: str, **values: Any) -> Any:
                with self._send(method, path, "application/json", **values) as answer:
                    return _decode(type_, _parsed(answer.read()))

            def text(self, method: str, path: str, **values: Any) -> str:
                with self._send(method, path, "text/*", **values) as answer:
                    content: bytes = answer.read()
                    return content.decode(answer.headers.get_content_charset("utf-8"))

            def bytes(self, method: str, path: str, **values: Any) -> bytes:
                with self._send(method, path, "*/*", **values) as answer:
                    content: bytes = answer.read()
                    return content

            def nothing(self, method: str, path: str, **values: Any) -> None:
                self._send(method, path, "*/*", **values).close()

            def lines(self, type_: Any, method: str, path: str, **values: Any) -> Iterator[Any]:
                with self._send(method, path, "application/jsonl", **values) as answer:
                    for line in answer:
                        if line.strip():
                            yield _decode(type_, _parsed(line))

            def events(self, type_: Any, method: str, path: str, **values: Any) -> Iterator[ServerSentEvent[Any]]:
                for event in self.texts(method, path, **values):
                    yield dataclasses.replace(event, data=_decode(type_, _parsed(event.data)))

            def texts(self, method: str, path: str, **values: Any) -> Iterator[ServerSentEvent[str]]:
                with self._send(method, path, "text/event-stream", **values) as answer:
                    for event in _events(answer):
                        problem = _problem(event.data) if event.event == "error" else {}
                        if "title" in problem:
                            raise APIError(int(problem.get("status", 0)), problem)
                        yield event

            def _send(
                self,
                method: str,
                path: str,
                accept: str,
                query: Optional[Dict[str, Any]] = None,
                headers: Optional[Dict[str, Any]] = None,
                cookies: Optional[Dict[str, Any]] = None,
                body: Union[str, "BinaryIO", Any] = None,
                content_type: str = "application/json",
                form: Optional[Dict[str, Any]] = None,
            ) -> Any:
                fields = {"accept": accept, **self._headers}
                query, cookies = dict(query or {}), dict(cookies or {})
                token = _provided(self._token)
                if token is not None:
                    fields["authorization"] = f"Bearer {token}"
                for each in self.basic:
                    pair = _provided(each)
                    if pair is not None:
                        text = base64.b64encode(":".join(pair).encode()).decode()
                        fields["authorization"] = f"Basic {text}"
                for place, name, each_key in self.keys:
                    {"query": query, "header": fields, "cookie": cookies}[place][name] = _provided(each_key)
                for name, text in _texts(headers or {}):
                    fields[name] = f"{fields[name]}, {text}" if name in fields else text
                pairs = [f"{name}={text}" for name, text in _texts(cookies)]
                if any(character in pair for pair in pairs for character in "; \r\n\t"):
                    raise ValueError("a cookie has a character that cookies cannot have")
                if pairs:
                    fields["cookie"] = "; ".join(pairs)
                if form is not None:
                    body, content_type = _form(form)
                if body is not None:
                    fields["content-type"] = content_type
                if isinstance(body, str):
                    body = body.encode()
                terms = urllib.parse.urlencode(_texts(query))
                url = self._base_url + path + (f"?{terms}" if terms else "")
                request = urllib.request.Request(url, data=body, method=method)
                for name, value in fields.items():
                    if value is not None:
                        request.add_header(name, value)
                try:
                    return self._opener.open(request, timeout=self._timeout)
                except urllib.error.HTTPError as error:
                    with error:
                        raise APIError(error.code, _problem(error.read())) from None

        """#

    static let parts = #"""
        def _provided(value: Any) -> Any:
            return value() if callable(value) else value


        def _problem(content: Union[str, bytes]) -> Dict[str, Any]:
            try:
                value = json.loads(content)
            except ValueError:  # Something between here and the server has answered.
                return {}
            return value if isinstance(value, dict) else {}


        def _segment(value: Any) -> str:
            """A value as one segment of a path."""
            text = _text(value)
            if text in ("", ".", ".."):  # A URL knows these as "here" and "one up".
                raise ValueError(f"{text!r} cannot be part of a path")
            return urllib.parse.quote(text, safe="")


        def _text(value: Any) -> str:
            text = _json(value)
            return str(json.loads(text)) if text.startswith('"') else text


        def _texts(values: Dict[str, Any]) -> List[Tuple[str, str]]:
            return [(name, _text(part)) for name, value in values.items() for name, part in _parts(name, value)]


        def _is_object(value: Any) -> bool:
            return dataclasses.is_dataclass(value) and not isinstance(value, Upload)


        def _parts(name: str, value: Any) -> List[Tuple[str, Any]]:
            """What a value is sent as: those of a list one by one, those of an object under name[property]."""
            if _is_object(value):
                value = json.loads(_json(value))
            if isinstance(value, dict):
                return [part for key, each in value.items() for part in _parts(f"{name}[{key}]", each)]
            if isinstance(value, (list, tuple, set, frozenset)):
                nested = [isinstance(each, (dict, list)) or _is_object(each) for each in value]
                names = [f"{name}[{index}]" if inner else name for index, inner in enumerate(nested)]
                return [part for name, each in zip(names, value) for part in _parts(name, each)]
            return [] if value is None else [(name, value)]


        def _form(values: Dict[str, Any]) -> Tuple[bytes, str]:
            """A form with its files, and its media type."""
            boundary = uuid4().hex
            content = b""
            for name, value in [part for name, value in values.items() for part in _parts(name, value)]:
                head = f'--{boundary}\r\ncontent-disposition: form-data; name="{_quoted(name)}"'
                if isinstance(value, Upload):
                    type_ = " ".join(value.content_type.splitlines())
                    head += f'; filename="{_quoted(value.filename)}"\r\ncontent-type: {type_}'
                    data = value.data if isinstance(value.data, bytes) else value.data.read()
                else:
                    data = _text(value).encode()
                content += head.encode() + b"\r\n\r\n" + data + b"\r\n"
            return content + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


        def _quoted(text: str) -> str:
            return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


        def _events(lines: Any) -> Iterator[ServerSentEvent[str]]:
            """The events of a stream."""
            kind, data = "", []
            id_: Optional[str] = None
            retry: Optional[int] = None
            for line in lines:
                text = line.decode().rstrip("\r\n")
                name, _, value = text.partition(":")
                value = value[1:] if value.startswith(" ") else value
                if name == "data":
                    data.append(value)
                elif name == "event":
                    kind = value
                elif name == "id":
                    id_ = value
                elif name == "retry" and value.isdigit():
                    retry = int(value)
                if text == "":
                    if data:
                        yield ServerSentEvent("\n".join(data), kind or "message", id_, retry)
                    kind, data = "", []

        """#
}
