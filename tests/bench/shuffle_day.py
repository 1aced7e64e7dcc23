#!/usr/bin/env python3
"""Copies a day of sample files with every list of chatters in another order: the same answer, no list continues.

Usage: shuffle_day.py FROM TO. The same input gives the same bytes.
"""

import json
import random
import shutil
import sys
from pathlib import Path

SEED = 20220801


def main(source, target):
    """Shuffles each list by a generator of its own, seeded by file and streamer, so no file depends on another."""
    target.mkdir(parents=True)
    for file in sorted(source.glob("[0-9]*.json")):
        samples = json.loads(file.read_bytes())
        for streamer, sample in samples.items():
            random.Random(f"{SEED}/{file.name}/{streamer}").shuffle(sample["chatters"] or [])
        text = json.dumps(samples, ensure_ascii=False, separators=(",", ":"))
        (target / file.name).write_text(text + "\n", encoding="utf-8")
    if (source / "answer.csv").is_file():
        shutil.copy(source / "answer.csv", target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
