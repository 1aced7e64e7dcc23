"""The windows checker's own cases: a few days made by hand, with answers worked out by hand."""

import contextlib
import io
import json
import os
import unittest

import windows
from test_check import CheckerCase

LIVE = {"stream_id": "1", "viewer_count": 9}


class Windows(CheckerCase):
    def chats(self, *days):
        return windows.Chats(self.folders(*days, **LIVE))

    def test_a_flow_is_of_the_three_slots_before_and_after_and_only_within_the_day(self):
        slots = {
            5: {"anna": [], "zed": ["early", "near"]},
            6: {"anna": [], "zed": ["near", "both"], "kim": ["both"]},
            9: {"anna": ["early", "near", "both", "new"], "zed": []},
            12: {"anna": [], "zed": ["new"]},
            13: {"anna": [], "kim": ["near"]},
            287: {"anna": ["late"]},
        }
        chats = self.chats(slots)
        flow = windows.flow("anna", chats.tracked[0], chats)
        # "early" was there too long before; "late" has no slots after.
        expected = {"from": ["kim", "zed"], "viewers": [1, 2], "all": {"could": 5, "nowhere": 3}}
        self.assertEqual({key: flow["before"][key] for key in expected}, expected)
        expected = {"to": ["zed"], "viewers": [1], "all": {"could": 4, "nowhere": 3}}
        self.assertEqual({key: flow["after"][key] for key in expected}, expected)
        self.assertEqual([(stream["first"], stream["last"]) for stream in flow["streams"]], [(5, 287)])

    def test_a_viewer_of_two_days_is_one_of_their_window(self):
        chats = self.chats({0: {"anna": ["a", "b"], "zed": ["c"]}}, {0: {"zed": ["a", "c"]}})
        documents = windows.expected_documents(chats)
        window = documents["windows", "2022-08-02|7"]
        self.assertEqual((window["all"], window["viewers"]), (3, [2, 2]))
        self.assertEqual(documents["overlaps", "anna|2022-08-02|30"]["shared"], [1])
        self.assertEqual(documents["overlaps", "zed|2022-08-02"]["with"], [])
        self.assertEqual(documents["streamer_windows", "zed|2022-08-02|7"]["all"]["new"], 1)

    def test_modularity_of_two_pairs_and_both_plain_ways_find_them(self):
        edges = {("a", "b"): 5, ("c", "d"): 5, ("b", "c"): 1}
        groups = {"a": 0, "b": 0, "c": 1, "d": 1}
        self.assertAlmostEqual(windows.modularity(groups, edges), 10 / 11 - 2 * (11 / 22) ** 2)
        for way in (windows.joined, windows.asked):
            found = way(["a", "b", "c", "d"], edges)
            self.assertEqual((found["a"], found["c"]), (found["b"], found["d"]))
            self.assertNotEqual(found["a"], found["c"])

    def test_what_is_wrong_with_communities_is_named(self):
        names = {"anna": ["a", "b"], "bea": ["a", "b"], "kim": ["k", "l", "m"], "zed": ["k", "l", "a"]}
        chats = self.chats({0: names})
        shared = windows.Shared(windows.Window(chats, chats.tracked))
        edges = {("anna", "bea"): 2, ("anna", "zed"): 1, ("bea", "zed"): 1, ("kim", "zed"): 2}
        groups = {"anna": 1, "bea": 1, "kim": 0, "zed": 0}
        good = {
            "streamers": ["anna", "bea", "kim", "zed"],
            "community": [1, 1, 0, 0],
            "x": [0.0] * 4,
            "y": [1.0] * 4,
            "viewers": [2, 2, 3, 3],
            "names": ["kim", "anna"],
            "modularity": windows.modularity(groups, edges),
            "pairs": 4,
        }
        self.assertEqual(list(windows.wrong_communities(good, shared, "c")), [])
        for change in (
            {"community": [0, 0, 1, 1], "names": ["anna", "kim"]},
            {"community": [0, 0, 0, 0], "names": ["kim"], "modularity": 0.0},
            {"community": [1, 1, 0]},
            {"modularity": 0.9},
            {"names": ["kim", "zed"]},
            {"pairs": 3},
            {"x": [0.0, 0.0, 0.0, 1.1]},
        ):
            self.assertNotEqual(list(windows.wrong_communities({**good, **change}, shared, "c")), [], change)

    def test_compare_names_what_differs(self):
        folders = self.folders({0: {"anna": ["a"], "zed": ["a"]}}, **LIVE)
        expected = windows.expected_documents(windows.Chats(folders))
        found = {
            key: {"_id": key[1], "r": 3, **document}
            for key, document in expected.items()
            if type(document) is not windows.Shared
        }
        for key, document in expected.items():
            if type(document) is windows.Shared:
                found[key] = {
                    "_id": key[1],
                    "streamers": ["anna", "zed"],
                    "community": [0, 0],
                    "x": [0.5] * 2,
                    "y": [0.5] * 2,
                }
                found[key].update({"viewers": [1, 1], "names": ["anna"], "modularity": 0.0, "pairs": 1})
        path = os.path.join(self.root, "documents.jsonl")
        for shared, code in (([1], 0), ([2], 1)):
            found["overlaps", "anna|2022-08-01"]["shared"] = shared
            with open(path, "w", encoding="utf-8") as file:
                for (collection, _), document in found.items():
                    print(json.dumps({"collection": collection, "document": document}), file=file)
            with contextlib.redirect_stdout(io.StringIO()) as out:
                self.assertEqual(windows.main([*folders, "--documents", path]), code, out.getvalue())
        self.assertIn("overlaps.anna|2022-08-01.shared[0]: expected 1, found 2", out.getvalue())


if __name__ == "__main__":
    unittest.main()
