#!/usr/bin/env python3
"""An independent answer to what stands in `windows`, `streamer_windows`, `overlaps`, `flows` and `communities`.

Reads folders of sample files, a day each, as check.py does, and computes every figure of every window from its definition in
docs/contract.md ("Windows, flows, communities") with plain sets and loops. Of communities, whose numbers are nobody's to say
beforehand, it checks that they part the streamers, that modularity and all else is what follows from the overlaps, and that they are
no worse than what two plain ways find: joining the best two again and again, and asking the neighbours. It shares no code with the
product, is written for being read rather than for speed, and needs nothing but Python 3.9.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from itertools import combinations

import audience
import check
import viewers

EXAMPLES = """\
example:
  windows.py day-1 day-2 --documents documents.jsonl
  (a document a line: {"collection": "flows", "document": {"_id": "anna|2022-08-01", ..}})

exit codes: 0 equal, 1 there is a difference, 2 bad use or bad input"""

SLOTS = 3  # of 15 minutes
LENGTHS = (7, 30)
ROUNDS = 100  # of asking the neighbours
COLLECTIONS = ("windows", "streamer_windows", "overlaps", "flows", "communities")


class Chats:
    """Who was in which chat: day -> streamer -> viewer -> slots; bots of each day; the live samples of each day."""

    def __init__(self, sources):
        bots = audience.known_bots()
        self.tracked = []
        self.samples, self.chats, self.bots = {}, {}, {}
        for source in sources:
            days = check.read(source)
            chats, crowd, anywhere = defaultdict(dict), Counter(), defaultdict(set)
            for viewer, streamer, slots in days.pairs():
                chats[streamer][viewer] = slots
                crowd.update((viewer, slot) for slot in slots)
                anywhere[viewer].update(slots)
            self.tracked.append(days.day)
            self.chats[days.day] = chats
            self.samples[days.day] = audience.live_samples(source, days.day)
            self.bots[days.day] = {
                viewer
                for viewer, slots in anywhere.items()
                if sum(audience.bot_reasons(viewer, slots, crowd, bots).values()) >= audience.BOT
            }
        self.tracked.sort()

    def streamers(self, day):
        """All of whom something was sampled."""
        return sorted(set(self.chats[day]) | set(self.samples[day]))


class Window:
    """Some days together: streamer -> viewer -> the days on which they were seen there."""

    def __init__(self, chats, days):
        self.days = days
        self.seen_on = defaultdict(lambda: defaultdict(set))
        for day in days:
            for streamer, seen in chats.chats[day].items():
                for viewer in seen:
                    self.seen_on[streamer][viewer].add(day)
        self.viewers = set().union(*self.seen_on.values()) if self.seen_on else set()
        self.people = self.viewers.difference(*(chats.bots[day] for day in days))
        self.streamers = sorted(self.seen_on)
        self.sets = {streamer: set(seen) for streamer, seen in self.seen_on.items()}
        self.people_of = {streamer: seen & self.people for streamer, seen in self.sets.items()}

    def loyalty(self, streamer, counted):
        """How faithful those who are counted are to a streamer."""
        seen_on = {viewer: days for viewer, days in self.seen_on[streamer].items() if viewer in counted}
        return viewers.loyalty(seen_on, self.days)


class Shared:
    """What communities are about: the streamers of a window, how many people each has, and how many any two share."""

    def __init__(self, window):
        self.streamers = window.streamers
        self.people = {streamer: len(window.people_of[streamer]) for streamer in window.streamers}
        self.edges = {}
        for a, b in combinations(window.streamers, 2):
            shared = len(window.people_of[a] & window.people_of[b])
            if shared:
                self.edges[a, b] = shared


def overlaps(streamers, sets, people):
    """streamer -> the document; sets: streamer -> viewers."""
    documents = {}
    for a in streamers:
        others = [b for b in streamers if b != a and sets[a] & sets[b]]
        documents[a] = {
            "viewers": len(sets[a]),
            "people": len(people[a]),
            "with": others,
            "with_viewers": [len(sets[b]) for b in others],
            "with_people": [len(people[b]) for b in others],
            "shared": [len(sets[a] & sets[b]) for b in others],
            "shared_people": [len(people[a] & people[b]) for b in others],
        }
    return documents


def side(came, span, streamer, chats, people, word):
    """Where those who came were in the slots of span(slots of theirs); None: these are not within the day."""
    could, somewhere = set(), defaultdict(set)
    for viewer, slots in came.items():
        wanted = span(slots)
        if wanted is None:
            continue
        could.add(viewer)
        for other, seen in chats.items():
            if other != streamer and any(slot in wanted for slot in seen.get(viewer, ())):
                somewhere[other].add(viewer)
    moved = set().union(*somewhere.values()) if somewhere else set()
    others = sorted(somewhere)
    return {
        "all": {"could": len(could), "nowhere": len(could - moved)},
        "people": {"could": len(could & people), "nowhere": len((could - moved) & people)},
        word: others,
        "viewers": [len(somewhere[other]) for other in others],
        "viewers_people": [len(somewhere[other] & people) for other in others],
    }


def before(slots):
    """The slots before the first one."""
    first = min(slots)
    return range(first - SLOTS, first) if first >= SLOTS else None


def after(slots):
    """The slots after the last one."""
    last = max(slots)
    return range(last + 1, last + SLOTS + 1) if last + SLOTS < check.SLOTS_PER_DAY else None


def sides(came, streamer, chats, people):
    """Before and after."""
    return {
        "before": side(came, before, streamer, chats, people, "from"),
        "after": side(came, after, streamer, chats, people, "to"),
    }


def flow(streamer, day, chats):
    """The document of a streamer's day."""
    of_day, samples = chats.chats[day], chats.samples[day].get(streamer, {})
    everybody = {viewer for seen in of_day.values() for viewer in seen}
    people = everybody - chats.bots[day]
    seen = of_day.get(streamer, {})
    document = sides(seen, streamer, of_day, people)
    document["streams"] = []
    for stream in audience.streams_of(samples):
        inside = {viewer: [slot for slot in slots if stream[0] <= slot <= stream[-1]] for viewer, slots in seen.items()}
        came = {viewer: slots for viewer, slots in inside.items() if slots}
        ids = [samples[slot].stream_id for slot in stream if samples[slot].stream_id]
        document["streams"].append(
            {
                "id": ids[0] if ids else "",
                "first": stream[0],
                "last": stream[-1],
                **sides(came, streamer, of_day, people),
            }
        )
    return document


def modularity(groups, edges):
    """Of groups (node -> group) in the graph of edges ((a, b) -> weight): the share of weight within, less what chance gives."""
    total = sum(edges.values())
    if not total:
        return 0.0
    within, ends = Counter(), Counter()
    for (a, b), weight in edges.items():
        ends[groups[a]] += weight
        ends[groups[b]] += weight
        if groups[a] == groups[b]:
            within[groups[a]] += weight
    return sum(within[group] / total - (ends[group] / (2 * total)) ** 2 for group in ends)


def joined(nodes, edges):
    """Groups: the two whose union is best become one, as long as that is better than before."""
    groups = {node: node for node in nodes}
    best = modularity(groups, edges)
    while True:
        tried = []
        for a, b in combinations(sorted(set(groups.values())), 2):
            union = {node: a if group == b else group for node, group in groups.items()}
            tried.append((modularity(union, edges), a, b))
        if not tried or max(tried)[0] <= best:
            return groups
        best, a, b = max(tried)
        groups = {node: a if group == b else group for node, group in groups.items()}


def asked(nodes, edges):
    """Groups: each node goes where most of its weight is, again and again."""
    neighbours = defaultdict(Counter)
    for (a, b), weight in edges.items():
        neighbours[a][b] += weight
        neighbours[b][a] += weight
    groups = {node: node for node in nodes}
    for _ in range(ROUNDS):
        changed = False
        for node in nodes:
            weights = Counter()
            for other, weight in neighbours[node].items():
                weights[groups[other]] += weight
            if weights:
                group = max(weights, key=lambda one: (weights[one], one == groups[node], one))
                changed |= group != groups[node]
                groups[node] = group
        if not changed:
            break
    return groups


def wrong_communities(found, shared, name):
    """What is wrong with a document of communities, in words."""
    streamers, edges = shared.streamers, shared.edges
    people = [shared.people[streamer] for streamer in streamers]
    expected = {"streamers": streamers, "viewers": people, "pairs": len(edges)}
    yield from audience.differences(expected, {key: found.get(key) for key in expected}, name)
    groups = dict(zip(found["streamers"], found["community"]))
    if sorted(groups) != streamers or len(found["community"]) != len(streamers):
        yield f"{name}: the communities do not part the streamers"
        return
    sums = Counter()
    largest = {}
    for streamer, count in zip(streamers, people):
        sums[groups[streamer]] += count
        largest[groups[streamer]] = max(largest.get(groups[streamer], 0), count)
    if sorted(sums) != list(range(len(sums))) or [sums[i] for i in range(len(sums))] != sorted(
        sums.values(), reverse=True
    ):
        yield f"{name}: the communities are not numbered by their viewers: {dict(sums)}"
    named = [(groups[of], shared.people[of]) for of in found["names"]]
    if named != [(group, largest[group]) for group in sorted(sums)]:
        yield f"{name}: the names are not those of the largest streamers: {found['names']}"
    quality = modularity(groups, edges)
    if abs(quality - found["modularity"]) > audience.TOLERANCE:
        yield f"{name}: modularity is {quality}, found {found['modularity']}"
    for way in (joined, asked):
        plain = modularity(way(streamers, edges), edges)
        if plain > quality + audience.TOLERANCE:
            yield f"{name}: {way.__name__} finds communities of modularity {plain}, these have {quality}"
    if any(not -1 <= value <= 1 for axis in ("x", "y") for value in found[axis]) or len(found["x"]) != len(streamers):
        yield f"{name}: not all places are within -1..1"


def expected_documents(chats):
    """(collection, id) -> the document, or what a document of communities is about."""
    documents = {}
    for last in chats.tracked:
        date = check.date_of(last)
        of_day = Window(chats, [last])
        documents["communities", date] = Shared(of_day)
        streamers = chats.streamers(last)
        sets = {streamer: of_day.sets.get(streamer, set()) for streamer in streamers}
        people = {streamer: sets[streamer] & of_day.people for streamer in streamers}
        for streamer, document in overlaps(streamers, sets, people).items():
            documents["overlaps", f"{streamer}|{date}"] = document
        for streamer in streamers:
            documents["flows", f"{streamer}|{date}"] = flow(streamer, last, chats)
        for length in LENGTHS:
            add_window(
                documents,
                Window(chats, [day for day in chats.tracked if last - length < day <= last]),
                f"{date}|{length}",
            )
    return documents


def add_window(documents, window, name):
    """The documents of a window of 7 or 30 days."""
    documents["communities", name] = Shared(window)
    documents["windows", name] = {
        "days": [check.date_of(day) for day in window.days],
        "all": len(window.viewers),
        "people": len(window.people),
        "streamers": window.streamers,
        "viewers": [len(window.sets[streamer]) for streamer in window.streamers],
        "viewers_people": [len(window.people_of[streamer]) for streamer in window.streamers],
    }
    for streamer, document in overlaps(window.streamers, window.sets, window.people_of).items():
        documents["overlaps", f"{streamer}|{name}"] = document
    for streamer in window.streamers:
        documents["streamer_windows", f"{streamer}|{name}"] = {
            "all": window.loyalty(streamer, window.viewers),
            "people": window.loyalty(streamer, window.people),
        }


def compare(expected, found):
    """What differs, in words; found: (collection, id) -> document."""
    for key in sorted(set(expected) ^ set(found)):
        yield f"{'|'.join(key)}: is only {'expected' if key in expected else 'found'}"
    for key in sorted(set(expected) & set(found)):
        name, wanted = ".".join(key), expected[key]
        if type(wanted) is Shared:
            yield from wrong_communities(found[key], wanted, name)
        else:
            # What they follow from is the product's own.
            document = {field: value for field, value in found[key].items() if field not in ("_id", "r", "follows")}
            yield from audience.differences(wanted, document, name)


def read_documents(path):
    """(collection, id) -> document, of a file of lines."""
    found = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            if entry["collection"] in COLLECTIONS:
                found[entry["collection"], entry["document"]["_id"]] = entry["document"]
    return found


def main(arguments=None):
    """Compares; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="a folder of sample files, a day each")
    parser.add_argument("--documents", required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        expected = expected_documents(Chats(options.sources))
        different = list(compare(expected, read_documents(options.documents)))
    except (check.BadInput, OSError, KeyError, ValueError) as e:
        print(f"windows.py: {e!r}", file=sys.stderr)
        return 2
    print("\n".join(different[: viewers.DIFFERENCES_SHOWN]) or f"equal: {len(expected)} documents")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
