"""The command line: one verb per public function. It parses, calls, prints and exits; nothing below it does.

Exit codes: 0 fine, 1 findings, 2 wrong use. Commands are imported when they run, so that `--version` starts at once.
"""

from __future__ import annotations

import importlib
import sys

import click

from hz_dragons import __version__

__all__ = ["main"]

# Verb → module, in the order of the help.
COMMANDS = {
    "show": "read",
    "claims": "read",
    "find": "read",
    "search": "disputes",
    "conflicts": "disputes",
    "timeline": "disputes",
    "schema": "read",
    "validate": "check",
    "fmt": "check",
    "verify": "check",
    "coverage": "check",
    "cite": "check",
    "diff": "contribute",
    "new": "contribute",
    "add": "contribute",
    "explain": "check",
}


class _Verbs(click.Group):
    """Commands that are imported when they are needed, and errors that end in one line instead of a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"hz_dragons.cli.{COMMANDS[cmd_name]}"), f"{cmd_name}_command")
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            near = f" Did you mean {close[0]!r}?" if close else " See hz-dragons --help."
            raise click.UsageError(f"no command {args[0]!r}.{near}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        from hz_dragons.errors import DragonsError, SeedError

        try:
            return super().invoke(ctx)
        except DragonsError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(1 if isinstance(error, SeedError) else 2)
        except BrokenPipeError:
            sys.stderr.close()  # the reader has gone: nothing more to say, and no message about it either
            ctx.exit(0)


@click.group(cls=_Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hz-dragons")
@click.option("--package", "place", type=click.Path(), help="Package to read: a directory or zip. [default: the installed one]")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of the answer.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True, help="Form of the answer.")
@click.pass_context
def main(ctx: click.Context, place: str | None, lang: str, form: str) -> None:
    """Who says what about whom, and where it says so.

    Without a command: the six at a glance.
    """
    if ctx.invoked_subcommand is None:
        from hz_dragons.cli.read import glance

        glance(place, lang, form)
