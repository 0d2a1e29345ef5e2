"""How fast it starts, as ratios against peers in the same run.

    python benchmarks/startup.py            needs: pip install -e '.[bench]'

Each program runs in fresh processes, in turns, and the medians are compared. Goals: load and a first answer at most 1.25 times a
program that imports pydantic and defines one model; `hz-dragons --version` at most 0.2 times `frictionless --version`.
A peer that is not installed is left out and named.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
ONE_MODEL = "import pydantic\nclass M(pydantic.BaseModel):\n    a: int\n    b: str\nM(a=1, b='x')"
FIRST_ANSWER = "import hz_dragons\nprint(hz_dragons.load().fact('deepseek', 'founded_on').value)"
PROGRAMS = {
    "bare Python": "pass",
    "import hz_dragons": "import hz_dragons",
    "pydantic, one model": ONE_MODEL,
    "hz_dragons: load and a first answer": FIRST_ANSWER,
    "import frictionless": "import frictionless",
    "import pandas": "import pandas",
    "import followthemoney": "import followthemoney",
}


def wall(command: list[str]) -> float:
    """Run a command; give the milliseconds it took."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed: compiled
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return 1000 * (time.perf_counter() - start)


def medians(commands: dict[str, list[str]]) -> dict[str, float]:
    """Run all commands in turns, so that a slow moment of the machine falls on all alike."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for round_number in range(ROUNDS + 1):
        for name, command in commands.items():
            taken = wall(command)
            if round_number:  # the first round warms the disk
                times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def script(name: str) -> str:
    """Find a console script of this environment."""
    return str(Path(sys.executable).parent / name)


def main() -> None:
    """Measure and print the ratios."""
    commands = {}
    for name, program in PROGRAMS.items():
        module = program.split()[1] if program.startswith("import ") else "sys"
        if importlib.util.find_spec(module) is None:
            print(f"left out: {module} is not installed")
        else:
            commands[name] = [sys.executable, "-c", program]
    for name in ("hz-dragons", "frictionless"):
        if shutil.which(script(name)):
            commands[f"{name} --version"] = [script(name), "--version"]
    found = medians(commands)
    for name, taken in found.items():
        print(f"{taken:8.1f} ms  {name}")
    print(f"ratio {found['hz_dragons: load and a first answer'] / found['pydantic, one model']:.2f}  first answer / one model (goal: 1.25)")
    if "frictionless --version" in found:
        print(f"ratio {found['hz-dragons --version'] / found['frictionless --version']:.2f}  --version / frictionless --version (goal: 0.2)")


if __name__ == "__main__":
    main()
