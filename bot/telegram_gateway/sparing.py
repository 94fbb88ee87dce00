"""Import aiogram without building what is never used: 60 MB and under a second instead of 165 MB and three.

aiogram declares its types for building at first use (`defer_build`), and then builds all four hundred when it is
imported, to hand each the names that its forward references need. Here those names are put where pydantic looks for
them, and each type is built when it is first read or written, which for text and buttons are a dozen. Should a later
aiogram do it another way, or have been imported already, all works as it would without this.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_NAME = re.compile(r"\w+")
_OURS = "aiogram.types."


def import_aiogram() -> None:
    """Import aiogram; its types are built at first use."""
    waiting: dict[type[BaseModel], Mapping[str, Any]] = {}
    rebuild = BaseModel.__dict__["model_rebuild"]

    def later(cls: type[BaseModel], **given: Any) -> bool | None:
        names = given.get("_types_namespace")
        if names is None or not cls.__module__.startswith(_OURS):
            return rebuild.__func__(cls, **given)
        waiting[cls] = names
        return None

    BaseModel.model_rebuild = classmethod(later)  # pyright: ignore[reportAttributeAccessIssue]
    try:
        import aiogram  # noqa: F401 # pyright: ignore[reportUnusedImport]
    finally:
        BaseModel.model_rebuild = rebuild
    # Only now: the calls, which are declared after the types, would else be built at once.
    for model, names in waiting.items():
        _make_known(model, names)


def _make_known(model: type[BaseModel], names: Mapping[str, Any]) -> None:
    """Put what the type's own and inherited fields name where pydantic looks: into the type's module."""
    module = vars(sys.modules[model.__module__])
    for one in model.__mro__:
        for annotation in inspect.get_annotations(one).values():
            for name in _NAME.findall(str(annotation)):
                if name in names:
                    module.setdefault(name, names[name])
