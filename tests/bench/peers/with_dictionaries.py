"""Plain Python: one dictionary per streamer from viewer to the set of slots, sorted and written as CSV.

Usage: with_dictionaries.py DAY OUT

The set is an integer with one bit per slot and a viewer's name is kept once, however many streamers they see.
"""

import json
import sys
from pathlib import Path


def main(day, out):
    """Reads the day, folds it, writes it."""
    names, slots_of = {}, {}
    for file in sorted(Path(day).glob("[0-9]*.json")):
        bit = 1 << int(file.stem) // 300 % 288
        for streamer, sample in json.loads(file.read_bytes()).items():
            viewers = slots_of.setdefault(streamer, {})
            for viewer in sample["chatters"] or []:
                viewers[names.setdefault(viewer, viewer)] = viewers.get(viewer, 0) | bit
    rows = sorted(
        (viewer, streamer, slots) for streamer, viewers in slots_of.items() for viewer, slots in viewers.items()
    )
    with open(out, "w", encoding="ascii", newline="\n") as file:
        file.write("viewer,streamer,samples,first_slot,last_slot\n")
        for viewer, streamer, slots in rows:
            first, last = (slots & -slots).bit_length() - 1, slots.bit_length() - 1
            file.write(f"{viewer},{streamer},{bin(slots).count('1')},{first},{last}\n")


main(*sys.argv[1:])
