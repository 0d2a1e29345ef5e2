"""Optional libraries: imported when they are needed, and named with their install command when they are missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from hz_dragons.errors import MissingExtra

__all__ = ["require"]


def require(module: str, extra: str) -> ModuleType:
    """Import an optional library.

    Args:
        module: Name of the module.
        extra: The extra of this package that brings it.

    Raises:
        MissingExtra: It is not installed; the error names the install command.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtra(module, extra) from error
