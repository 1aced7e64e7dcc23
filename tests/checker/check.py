#!/usr/bin/env python3
"""An independent answer to what `twitchactors restructure` computes, to compare the product with.

It reads a folder of sample files by the rules of docs/contract.md ("Sample files") into plain dictionaries and
writes the same viewer-days. Instead of a folder it takes a file of JSON lines, the log that `simulate-twitch --served`
writes: what a system that collected from it must have (see `served`). It shares no code with the product, is written
for being read rather than for speed (a day of 20 million sightings takes minutes and gigabytes), and needs nothing but
Python 3.9.
"""

import argparse
import datetime
import hashlib
import json
import os
import re
import string
import sys
from collections import Counter

EXAMPLES = """\
examples:
  check.py restructure day --out expected.csv
  check.py compare day --day 2022-08-01 --out-file a.jsonl
  check.py summary day
  check.py compare served.jsonl --day 2022-08-01 --out-file exported.csv --sources chatters

exit codes: 0 done (compare: equal), 1 compare found a difference, 2 bad use or bad input"""

SLOT_SECONDS = 300
SLOTS_PER_DAY = 288
DAY_SECONDS = 86_400
END_OF_YEAR_9999 = 253_402_300_800  # the first second after it
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_NESTING = 512  # objects and arrays open at the same time, the outermost one counted
DIFFERENCES_SHOWN = 5

SAMPLE_FILE = re.compile(r"([0-9]+)\.json")
LOGIN = re.compile(r"[a-z0-9_]{1,25}")
ASCII_FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # str.lower() would fold U+212A to k


class BadInput(Exception):
    """The command cannot be done; the message says why."""


class Rejected(Exception):
    """A sample file that counts for nothing; the message is the reason."""


class Members(list):
    """A JSON object as its (key, value) pairs in order, because a key may come twice. A JSON array is a plain list."""


class ViewerDays:
    """What one day's sample files say. Slots are 0..287; a set of slots is an integer with one bit per slot."""

    def __init__(self, day):
        self.day = day  # days since 1970-01-01
        self.rejected = []  # (file name, reason)
        self.file_slots = []  # the slot of every good file
        self.samples = set()  # (streamer, slot) with at least one good list
        self.lost = set()  # (streamer, slot) with a null or a bad value; a gap unless it is also a sample
        self.names_dropped = 0
        self.seen = {}  # viewer -> streamer -> set of slots

    def add(self, slot, members):
        """Adds one file: the (streamer, value) pairs of its top-level object."""
        self.file_slots.append(slot)
        for key, value in members:
            streamer = login(key)
            if streamer is None:
                self.names_dropped += 1
                continue
            lists = lists_of(value)
            (self.lost if lists is None else self.samples).add((streamer, slot))
            for names in lists or []:
                self.see(slot, streamer, names)

    def see(self, slot, streamer, names):
        """Adds one list of names."""
        for name in names:
            slots = self.seen.get(name)  # a name that was seen before and needs no folding
            if slots is None:
                viewer = login(name)
                if viewer is None:
                    self.names_dropped += 1
                    continue
                slots = self.seen.setdefault(viewer, {})
            slots[streamer] = slots.get(streamer, 0) | 1 << slot

    def pairs(self):
        """(viewer, streamer, ascending slots), sorted by viewer, then streamer. Logins are ASCII: sorted bytewise."""
        for viewer in sorted(self.seen):
            for streamer in sorted(self.seen[viewer]):
                bits = self.seen[viewer][streamer]
                yield viewer, streamer, [slot for slot in range(SLOTS_PER_DAY) if bits >> slot & 1]

    def summary(self):
        """The document of `restructure --json`, without `seconds`."""
        digest, sightings, pairs = hashlib.sha256(), 0, 0
        for viewer, streamer, slots in self.pairs():
            digest.update("".join(f"{viewer},{streamer},{slot}\n" for slot in slots).encode())
            sightings += len(slots)
            pairs += 1
        return {
            "day": date_of(self.day),
            "files": len(self.file_slots),
            "rejected": [{"file": name, "reason": reason} for name, reason in self.rejected],
            "samples": len(self.samples),
            "gaps": len(self.lost - self.samples),
            "slots_missing": SLOTS_PER_DAY - len(set(self.file_slots)),
            "names_dropped": self.names_dropped,
            "sightings": sightings,
            "viewers": len(self.seen),
            "pairs": pairs,
            "digest": digest.hexdigest(),
        }

    def csv(self):
        """The lines of the .csv format."""
        yield "viewer,streamer,samples,first_slot,last_slot\n"
        for viewer, streamer, slots in self.pairs():
            yield f"{viewer},{streamer},{len(slots)},{slots[0]},{slots[-1]}\n"

    def jsonl(self):
        """The lines of the .jsonl format: viewer -> start of the slot -> streamers."""
        by_viewer = {}
        for viewer, streamer, slots in self.pairs():
            if viewer not in by_viewer:
                yield from self._jsonl_line(by_viewer)
                by_viewer = {viewer: {}}
            for slot in slots:
                by_viewer[viewer].setdefault(slot, []).append(streamer)
        yield from self._jsonl_line(by_viewer)

    def _jsonl_line(self, by_viewer):
        for viewer, streamers_at in by_viewer.items():
            starts = {
                str(self.day * DAY_SECONDS + slot * SLOT_SECONDS): streamers_at[slot] for slot in sorted(streamers_at)
            }
            document = {"viewer": viewer, "day": date_of(self.day), "slots": starts}
            yield json.dumps(document, separators=(",", ":")) + "\n"


def login(text):
    """The login that a text means, in lower case, or None when it is no login."""
    folded = text.translate(ASCII_FOLD)
    return folded if LOGIN.fullmatch(folded) else None


def lists_of(value):
    """The lists of names in one streamer's value, or None when the value is null or bad: a gap."""
    if type(value) is Members:
        chatters = [member for key, member in value if key == "chatters"]
        if len(chatters) != 1:
            return None
        value = chatters[0]
    lists = [member for _, member in value] if type(value) is Members else [value]
    good = all(type(names) is list and all(type(name) is str for name in names) for names in lists)
    return lists if lists and good else None


def nesting(value):
    """How many objects and arrays are open at once at the deepest place of a parsed document."""
    level, depth = [value], 0
    while level := [item for item in level if isinstance(item, list)]:
        depth += 1
        level = [v for item in level for v in ((v for _, v in item) if type(item) is Members else item)]
    return depth


def refuse_constant(name):
    """Python's parser would take NaN, Infinity and -Infinity, which are not JSON."""
    raise ValueError(f"{name} is not JSON")


def parse(path):
    """The pairs of the one JSON object that a file must be; raises Rejected with the reason if it is not that."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as e:
        raise Rejected(f"cannot be read: {e.strerror}") from e
    if len(data) > MAX_FILE_BYTES:
        raise Rejected("larger than 64 MiB")
    try:
        # Numbers mean nothing to us; not converting them keeps very long ones from failing.
        document = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=Members,
            parse_constant=refuse_constant,
            parse_int=len,
            parse_float=len,
        )
    except UnicodeDecodeError as e:
        raise Rejected(f"not UTF-8 at byte {e.start}") from e
    except RecursionError as e:  # comes at about 1,000 levels
        raise Rejected(f"nested deeper than {MAX_NESTING} levels") from e
    except ValueError as e:
        raise Rejected(f"not one whole JSON document: {e}") from e
    if type(document) is not Members:
        raise Rejected("not a JSON object")
    if nesting(document) > MAX_NESTING:
        raise Rejected(f"nested deeper than {MAX_NESTING} levels")
    return document


def sample_files(source):
    """(time stamp in seconds since 1970, file name) of every file that is named like a sample file, in that order."""
    try:
        names = os.listdir(source)
    except OSError as e:
        raise BadInput(f"{source}: {e.strerror}") from e
    found = sorted((int(match[1]), match[0]) for match in map(SAMPLE_FILE.fullmatch, names) if match)
    if not found:
        raise BadInput(f"{source}: no sample file (<unix seconds>.json) in it")
    return found


def date_of(day):
    """yyyy-MM-dd of days since 1970-01-01."""
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()


def day_of(date):
    """Days since 1970-01-01 of yyyy-MM-dd."""
    return (datetime.date.fromisoformat(date) - datetime.date(1970, 1, 1)).days


def served_lines(path):
    """The lines of a log of what a simulated Twitch has served; an unfinished last line counts for nothing."""
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith("\n"):
                    return
                try:
                    yield json.loads(line)
                except ValueError as e:
                    raise BadInput(f"{path}: line {number} is no JSON") from e
    except OSError as e:
        raise BadInput(f"{path}: {e.strerror}") from e


def whole_lists(pages):
    """Of the pages (from, total, names) of one streamer and slot: those of listings that were served as a whole.

    All pages of a slot are parts of the same list, so they count when together they cover it; pages that were asked
    for twice do no harm.
    """
    reached = 0
    for start, _, names in sorted(pages, key=lambda page: page[0]):
        if start > reached:
            return []
        reached = max(reached, start + len(names))
    return [names for _, _, names in pages] if reached >= pages[0][1] else []


def served(path, date=None, sources=("chatters",)):
    """The viewer-days of a log of what was served; date: as for `read`, but the day of most lines.

    `chatters` counts for a slot when its list was served as a whole: a list that broke off is a gap. `names`, `joins`
    and `messages` count line by line; `parts` and `streams` say nothing of who was there.
    """
    lines = [line for line in served_lines(path) if line["source"] in sources]
    if not lines:
        raise BadInput(f"{path}: nothing from {', '.join(sources)} in it")
    if date is None:
        days = Counter(line["day"] for line in lines)
        date = min(days, key=lambda d: (-days[d], d))
    result = ViewerDays(day_of(date))
    pages = {}
    for line in (line for line in lines if line["day"] == date):
        key = line["streamer"], line["slot"]
        if line["source"] == "chatters":
            pages.setdefault(key, []).append((line["from"], line["total"], line["names"]))
        else:
            result.samples.add(key)
            result.see(line["slot"], line["streamer"], line["names"])
    for (streamer, slot), served_pages in pages.items():
        names = whole_lists(served_pages)
        (result.samples if names else result.lost).add((streamer, slot))
        for some in names:
            result.see(slot, streamer, some)
    return result


def read(source, date=None):
    """The viewer-days of one day (yyyy-MM-dd; None: the day of most files, the earliest of equals) of a folder."""
    files = sample_files(source)
    if date is None:
        days = Counter(stamp // DAY_SECONDS for stamp, _ in files if stamp < END_OF_YEAR_9999)
        if not days:
            raise BadInput(f"{source}: all time stamps are beyond the year 9999")
        day = min(days, key=lambda d: (-days[d], d))
    else:
        day = day_of(date)
    result = ViewerDays(day)
    for stamp, name in files:
        try:
            if stamp >= END_OF_YEAR_9999:
                raise Rejected("time stamp beyond the year 9999")
            if stamp // DAY_SECONDS != day:
                raise Rejected(f"belongs to {date_of(stamp // DAY_SECONDS)}")
            result.add(stamp // SLOT_SECONDS % SLOTS_PER_DAY, parse(os.path.join(source, name)))
        except Rejected as reason:
            result.rejected.append((name, str(reason)))
    if not result.file_slots:
        raise BadInput(f"{source}: no good file of {date_of(day)}; {name}: {result.rejected[-1][1]}")
    return result


def lines_for(result, path):
    """The expected lines of an output file, in the format that its extension names."""
    formats = {".csv": result.csv, ".jsonl": result.jsonl}
    extension = os.path.splitext(path)[1]
    if extension not in formats:
        raise BadInput(f"{path}: the extension must be .csv or .jsonl")
    return formats[extension]()


def differences(expected, actual):
    """What differs between two lists of lines (bytes with their line ends), in words; nothing if they are equal."""
    if expected == actual:
        return
    here = next((i for i, (a, b) in enumerate(zip(expected, actual)) if a != b), min(len(expected), len(actual)))
    for title, lines in (("expected", expected), ("found", actual)):
        yield f"line {here + 1}: {title} {lines[here] if here < len(lines) else 'the end of the file'}"
    for title, these, others in (("missing", expected, set(actual)), ("unexpected", actual, set(expected))):
        odd = [line for line in these if line not in others]
        yield f"lines {title}: {len(odd)}"
        yield from (f"  {line}" for line in odd[:DIFFERENCES_SHOWN])


def compare(result, path):
    """Prints how a product's output file differs from the expected one. True if it does not."""
    expected = [line.encode() for line in lines_for(result, path)]
    try:
        with open(path, "rb") as file:
            actual = file.readlines()
    except OSError as e:
        raise BadInput(f"{path}: {e.strerror}") from e
    found = list(differences(expected, actual))
    print("\n".join(found) or f"equal: {len(expected)} lines")
    return not found


def a_date(text):
    """The argument of --day."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form yyyy-MM-dd")
    datetime.date.fromisoformat(text)
    return text


def a_list_of_sources(text):
    """The argument of --sources."""
    for source in text.split(","):
        if source not in ("chatters", "names", "joins", "messages"):
            raise argparse.ArgumentTypeError(f"'{source}' is none of chatters, names, joins, messages")
    return tuple(text.split(","))


def main(arguments=None):
    """Runs one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    source = argparse.ArgumentParser(add_help=False)
    source.add_argument("source", metavar="SOURCE", help="a folder of sample files, or a log of what was served")
    source.add_argument("--day", type=a_date, help="yyyy-MM-dd (default: the day that most files belong to)")
    source.add_argument(
        "--sources",
        type=a_list_of_sources,
        default=("chatters",),
        metavar="LIST",
        help="of a log, by commas: chatters, names, joins, messages (default chatters)",
    )
    restructure = commands.add_parser("restructure", parents=[source], help="write the viewer-days as .csv or .jsonl")
    restructure.add_argument("--out", required=True, metavar="FILE")
    comparison = commands.add_parser("compare", parents=[source], help="compare an output file of the product")
    comparison.add_argument("--out-file", required=True, metavar="FILE")
    commands.add_parser("summary", parents=[source], help="print the JSON document of `restructure --json`")
    options = parser.parse_args(arguments)
    try:
        is_log = os.path.isfile(options.source)
        result = served(options.source, options.day, options.sources) if is_log else read(options.source, options.day)
        if options.command == "compare":
            return 0 if compare(result, options.out_file) else 1
        if options.command == "summary":
            print(json.dumps(result.summary(), indent=2))
        else:
            lines = lines_for(result, options.out)
            with open(options.out, "w", encoding="ascii", newline="\n") as file:
                file.writelines(lines)
    except (BadInput, OSError) as e:
        print(f"check.py: {e}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
