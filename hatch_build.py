"""Puts data and schemas into the wheel, and leaves them out of an editable install, where they would be a stale copy."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own config type, not ours
    """Copies what the SDK reads into `hz_dragons/_data`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to the wheel, unless it is an editable one."""
        if version != "editable":
            for name in ("datapackage.json", "schemas", "seeds"):
                build_data["force_include"][name] = f"hz_dragons/_data/{name}"
