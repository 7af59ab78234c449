"""A group of commands whose modules are imported when one of them is run."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from bri_map.cli.failures import Net


class LazyGroup(Net):
    """A group that knows its commands by name and first sentence, and imports the one that is run.

    Args:
        modules: Name of each command to its place, `module:attribute`.
        sentences: Name of each command to the first sentence of its help.
        arguments: All else that `click.Group` takes.
    """

    def __init__(
        self, *args: Any, modules: Mapping[str, str], sentences: Mapping[str, str], **arguments: Any
    ) -> None:
        super().__init__(*args, **arguments)
        self._modules = dict(modules)
        self._sentences = dict(sentences)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of the commands, sorted."""
        return sorted(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is none of the name."""
        place = self._modules.get(cmd_name)
        if place is None:
            return None
        module, attribute = place.split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with what they do, without importing one."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        known = {name: click.Command(name, help=self._sentences[name]) for name in names}
        with formatter.section("Commands"):
            formatter.write_dl([(name, known[name].get_short_help_str(limit)) for name in names])
