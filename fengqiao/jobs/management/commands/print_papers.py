"""`./run print-papers --to FOLDER`: every paper of mediation from one invented dispute, as Word and as PDF."""

from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.papers import pdf, word
from fengqiao.mediation.papers.contents import Paper
from fengqiao.mediation.papers.forms import form_of
from fengqiao.mediation.papers.sample import PAPERS

MAKERS = {"docx": word.fill, "pdf": pdf.draw}


class Command(BaseCommand):
    """Print every paper, the county's own templates included, so that they can be looked at."""

    help = "Write every paper of mediation into a folder, filled with an invented dispute."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where the papers go."""
        parser.add_argument("--to", type=Path, required=True, help="the folder they are written to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the papers, each with the time it took; all are tried before a template that fails stops it."""
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        failed = [reason for paper in PAPERS for ending in MAKERS if (reason := self._print(paper, ending, folder))]
        if failed:
            raise CommandError("\n".join(failed))

    def _print(self, paper: Paper, ending: str, folder: Path) -> str:
        form, begun = form_of(paper), perf_counter()
        try:
            made = MAKERS[ending](paper)
        except Refused as refusal:
            return str(refusal)
        took = (perf_counter() - begun) * 1000
        (folder / f"{form.kind}.{ending}").write_bytes(made)
        self.stdout.write(f"{form.kind}.{ending}  {form.label}  {len(made) // 1024} kB  {took:.0f} ms")
        return ""
