// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension PythonRuntime {
    static let conversion = #"""
        def _parsed(text: Union[str, bytes]) -> Any:
            return json.loads(text, parse_float=Decimal)


        def _json_unless_none(value: Any) -> Optional[str]:
            return None if value is None else _json(value)


        def _json(value: Any) -> str:
            """A value as JSON."""
            if dataclasses.is_dataclass(value):
                names = getattr(value, "json_names", {})
                pairs = [
                    f"{json.dumps(names.get(each.name, each.name))}:{_json(getattr(value, each.name))}"
                    for each in dataclasses.fields(value)
                    # None leaves out what may be left out.
                    if not (each.default is None and getattr(value, each.name) is None)
                ]
                return "{" + ",".join(pairs) + "}"
            if isinstance(value, dict):
                return "{" + ",".join(f"{json.dumps(name)}:{_json(each)}" for name, each in value.items()) + "}"
            if isinstance(value, (list, tuple, set, frozenset)):
                return "[" + ",".join(_json(each) for each in value) + "]"
            if isinstance(value, Decimal):
                if not value.is_finite():
                    raise ValueError(f"JSON has no number {value}")
                return str(value)
            if isinstance(value, datetime):
                value = value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
            elif isinstance(value, UUID):
                value = str(value)
            elif isinstance(value, bytes):
                value = base64.b64encode(value).decode()
            return json.dumps(None if isinstance(value, _Null) else value, ensure_ascii=False, allow_nan=False)


        def _decode(type_: Any, value: Any) -> Any:
            """A value of a type, made of what JSON has."""
            if isinstance(type_, ForwardRef):
                type_ = globals()[type_.__forward_arg__]
            origin, parts = typing.get_origin(type_), typing.get_args(type_)
            if origin is Union:
                return _decode(_choice(parts, value), value)
            if type_ is Any or value is None or origin is Literal:
                return value
            if origin is list:
                return [_decode(parts[0], each) for each in value]
            if origin is dict:
                return {name: _decode(parts[1], each) for name, each in value.items()}
            if dataclasses.is_dataclass(type_):
                names, hints = getattr(type_, "json_names", {}), _hints(type_)
                keys = [(each.name, names.get(each.name, each.name)) for each in dataclasses.fields(type_)]
                arguments = {name: _decode(hints[name], value[key]) for name, key in keys if key in value}
                make: Any = type_
                return make(**arguments)
            if type_ is datetime:
                return _moment(value)
            if type_ is bytes:
                return base64.b64decode(value)
            return type_(value) if type_ in (UUID, Decimal, float) else value


        _known_hints: Dict[Any, Dict[str, Any]] = {}


        def _hints(type_: Any) -> Dict[str, Any]:
            if type_ not in _known_hints:
                _known_hints[type_] = typing.get_type_hints(type_)
            return _known_hints[type_]


        def _choice(types: Tuple[Any, ...], value: Any) -> Any:
            """The one of several types that a value is of; Any where none is."""
            for each in types:
                type_ = globals()[each.__forward_arg__] if isinstance(each, ForwardRef) else each
                if dataclasses.is_dataclass(type_):
                    if not isinstance(value, dict):
                        continue
                    names, hints = getattr(type_, "json_names", {}), _hints(type_)
                    tags = [name for name, hint in hints.items() if typing.get_origin(hint) is Literal]
                    if all(value.get(names.get(tag, tag)) in typing.get_args(hints[tag]) for tag in tags):
                        return type_
                    continue
                origin = typing.get_origin(type_) or type_
                if origin is Literal and value in typing.get_args(type_):
                    return type_
                kinds = {datetime: str, UUID: str, bytes: str, Decimal: (int, Decimal), float: (int, Decimal)}
                kind = kinds.get(origin, origin)
                if isinstance(kind, (type, tuple)) and isinstance(value, kind):
                    return type_
            return Any


        def _moment(text: str) -> datetime:
            """A moment of RFC 3339, as far as Python keeps it: to the microsecond."""
            head, dot, tail = text.upper().replace("Z", "+00:00").partition(".")
            if dot:
                digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
                head += f".{digits[:6].ljust(6, '0')}{tail[len(digits):]}"
            return datetime.fromisoformat(head)

        """#
}
