"""The days that are measured, and what measuring them needs: made once, below target/."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent.parent
PRODUCT = ROOT / "twitchactors"
TARGET = ROOT / "target" / "bench"
VENV = ROOT / "target" / "bench-venv"
PYTHON = VENV / "bin" / "python"

DATE = "2022-08-02"  # not the first day that the demo plays, which runs beside some measurements
SIMULATED = {
    "big": ["--viewers", "900000", "--streamers", "100", "--day", DATE],
    "wide": ["--viewers", "3000000", "--streamers", "1000", "--day", DATE],
}
SHUFFLED = {"shuffled": "big"}  # the day on the left is the one on the right with every list in another order
DAYS = [*SIMULATED, *SHUFFLED]


def progress(text):
    """A line on stderr; results go to stdout."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def make_venv():
    """The virtualenv of the peers, made again when requirements.txt changed."""
    requirements = BENCH / "requirements.txt"
    stamp = VENV / "requirements.sha256"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    progress("installing the peers into target/bench-venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True, stdout=sys.stderr)
    subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", "-r", str(requirements)], check=True, stdout=sys.stderr)
    stamp.write_text(wanted)


def make_day(name):
    """The folder of a day, made if it is not there."""
    if name not in SHUFFLED:
        return make_folder(name, [str(PRODUCT), "simulate-day", *SIMULATED[name], "--out"])
    source = make_day(SHUFFLED[name])
    return make_folder(name, [sys.executable, str(BENCH / "shuffle_day.py"), str(source)])


def make_folder(name, command):
    """The folder that a command makes, whose last word it is, made if it is not there; it has its name only once it is whole."""
    day = TARGET / name
    if day.is_dir():
        return day
    partial = TARGET / f"{name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    progress(f"making the {name} day in target/bench")
    subprocess.run([*command, str(partial)], check=True, stdout=sys.stderr)
    partial.rename(day)
    return day
