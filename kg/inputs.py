"""The inputs of a command: which files stand behind its paths, and their way through the pipeline, told to people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg.pipeline import Outcome, Settings


def sources(paths: Sequence[str]) -> tuple[list[tuple[Path, str]], list[str]]:
    """The files behind the paths, and one line for each path that leads to none."""
    from kg.reading import find_sources

    good, problems = [], []
    for path in paths:
        if path != "-" and not Path(path).exists():
            problems.append(f"{path}: no such file or folder")
        elif Path(path).is_dir() and not find_sources([path]):
            problems.append(f"{path}: no article in this folder (.txt, .md, .html, .jsonl, .gz are read)")
        else:
            good.append(path)
    return find_sources(good), problems


def run_pipeline(files: Sequence[tuple[Path, str]], settings: Settings, jobs: int) -> list[Outcome]:
    """Run the pipeline with a progress bar on a terminal; name every warning and every unreadable file."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from kg.pipeline import process_all

    console = Console(stderr=True)
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(files))
        outcomes = list(
            process_all(files, settings, jobs=jobs, advance=lambda s: progress.update(task, advance=1, description=s))
        )
    for outcome in outcomes:
        for line in (*outcome.warnings, *([outcome.error] if outcome.error else [])):
            click.echo(f"kg: {line}", err=True)
    return outcomes
