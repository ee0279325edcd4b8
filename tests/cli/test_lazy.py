"""Help and the bare import load nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("spacy", "thinc", "numpy", "trafilatura", "lxml", "pypdf", "py3langid", "rapidfuzz", "sqlite3")


@pytest.mark.parametrize(
    "work",
    ["import concordant", "from concordant.cli import main; sys.argv = ['concordant', '--help']\ntry: main()\nexcept SystemExit: pass"],
    ids=["import", "help"],
)
def test_nothing_heavy_is_loaded(work: str) -> None:
    code = f"import sys\nsys.path.insert(0, {str(Path(__file__).parents[2] / 'src')!r})\n{work}\n"
    code += f"print('loaded:', *[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "loaded:"
