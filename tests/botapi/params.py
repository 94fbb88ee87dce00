"""Read method parameters from JSON, form and multipart bodies, as the Bot API does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qsl

import orjson
from python_multipart.multipart import FormParser, parse_options_header

from tests.botapi.errors import bad_request

Params = dict[str, Any]
_INTEGER = re.compile(r"-?\d{1,19}")


def read(content_type: str, body: bytes, query: str = "") -> Params:
    """The parameters of a call; those of the query string give way to those of the body."""
    params: Params = dict(parse_qsl(query, keep_blank_values=True))
    if not body.strip():
        return params
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        params.update(_json_object(body))
    elif kind == "application/x-www-form-urlencoded":
        params.update(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=200))
    elif kind == "multipart/form-data":
        params.update(_multipart(content_type, body))
    return params


def _json_object(body: bytes) -> Params:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(document, dict):
        raise bad_request("can't parse JSON object")
    return cast("Params", document)


def _multipart(content_type: str, body: bytes) -> Params:
    fields: Params = {}

    def on_field(field: Any) -> None:
        fields[field.field_name.decode("utf-8")] = (field.value or b"").decode("utf-8")

    def on_file(file: Any) -> None:
        fields[file.field_name.decode("utf-8")] = b"file"

    _, options = parse_options_header(content_type)
    parser = FormParser("multipart/form-data", on_field, on_file, boundary=options.get(b"boundary", b""))
    parser.write(body)
    parser.finalize()
    return fields


def text(params: Params, name: str) -> str:
    """A text parameter, "" when it is absent; refuses what is not Unicode."""
    value = params.get(name)
    if value is None:
        return ""
    result = value if isinstance(value, str) else str(value)
    try:
        result.encode("utf-8")
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    return result


def integer(params: Params, name: str, default: int = 0) -> int:
    """A whole number, given as a number or as digits; anything else counts as the default."""
    value = params.get(name)
    if isinstance(value, bool):
        return default
    if isinstance(value, int):
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
        return int(value)
    return default


def boolean(params: Params, name: str) -> bool:
    """True for true, True, yes and 1, as the server reads it."""
    value = params.get(name)
    return value is True or value == 1 or (isinstance(value, str) and value.lower() in {"true", "yes", "1"})


def nested(params: Params, name: str) -> Any:
    """An object or list, given as JSON or as JSON in a text; None when absent."""
    value = params.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise bad_request(f"can't parse {name} JSON object") from error
    return value


def items(params: Params, name: str) -> list[Any]:
    """A list parameter; [] when absent."""
    value = nested(params, name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request(f"can't parse {name} JSON array")
    return cast("list[Any]", value)


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    """The value if it is an object; a refusal that names it if not."""
    if not isinstance(value, dict):
        raise bad_request(f"{what} must be an Object")
    return cast("Mapping[str, Any]", value)
