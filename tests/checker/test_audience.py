"""The audience checker's own cases: a small day made by hand, with answers worked out by hand."""

import contextlib
import io
import json
import os
import unittest

import audience
from test_check import DAY, MIDNIGHT, CheckerCase


class Audience(CheckerCase):
    def sample(self, slot, streamers):
        """Writes the file of a slot: streamer -> (live viewers, names)."""
        values = {
            streamer: {"viewer_count": viewers, "title": "a title", "stream_id": "1", "chatters": names}
            for streamer, (viewers, names) in streamers.items()
        }
        self.put(MIDNIGHT + 300 * slot, values)

    def streamer(self, name="anna"):
        return next(s for s in audience.audience(self.day, DAY)["streamers"] if s["streamer"] == name)

    def test_average_and_hours_watched_weigh_by_time_and_bridge_one_slot(self):
        self.sample(0, {"anna": (100, ["a"])})
        self.sample(1, {"anna": (400, ["a"])})
        self.sample(9, {"anna": (50, ["a"])})
        live = self.streamer()["live"]
        self.assertEqual(live["airtime"], 20)
        self.assertEqual(live["average_viewers"], (100 * 5 + 400 * 10 + 50 * 5) / 20)
        self.assertAlmostEqual(live["hours_watched"], (100 * 5 + 400 * 10 + 50 * 5) / 60)
        self.assertEqual((live["peak"], live["peak_slot"]), (400, 1))

    def test_anonymous_viewers_are_never_below_zero_and_gaps_say_nothing_of_them(self):
        self.sample(0, {"anna": (10, ["a", "b"])})
        self.sample(1, {"anna": (1, ["a", "b"])})
        self.sample(2, {"anna": (99, None)})
        live = self.streamer()["live"]
        self.assertEqual((live["average_anonymous"], live["gaps"], live["samples"]), (4.0, 1, 3))

    def test_retention_counts_whose_stream_went_on(self):
        for slot in range(4):
            names = ["stays"] + ["leaves"] * (slot == 0) + ["late"] * (slot == 3)
            self.sample(slot, {"anna": (9, names)})
        retention = {r["minutes"]: (r["could"], r["stayed"]) for r in self.streamer()["all"]["retention"]}
        self.assertEqual(retention, {5: (2, 1), 15: (2, 1), 30: (0, 0), 60: (0, 0)})

    def test_overlaps_and_several_streams_at_once(self):
        self.sample(0, {"anna": (9, ["a", "b", "c"]), "zed": (9, ["b", "d"])})
        self.sample(1, {"anna": (9, ["d"]), "zed": (9, ["e"])})
        document = audience.audience(self.day, DAY)
        expected = {"shared": 2, "share_of_a": 2 / 4, "share_of_b": 2 / 3, "jaccard": 2 / 5}
        self.assertEqual(document["overlaps"], [{"a": "anna", "b": "zed", "all": expected, "people": expected}])
        self.assertEqual(document["all"], {"viewers": 5, "at_several": 1})

    def test_bots_are_left_out_of_people(self):
        self.sample(0, {f"streamer_{i}": (9, ["everywhere", "nightbot", f"person_{i}"]) for i in range(10)})
        document = audience.audience(self.day, DAY)
        self.assertEqual((document["all"]["viewers"], document["people"]["viewers"]), (12, 10))
        self.assertEqual(document["bots"]["many_channels"], 2)
        self.assertEqual(document["bots"]["listed"], 1)
        self.assertEqual(document["overlaps"][0]["all"]["shared"], 2)
        self.assertEqual(document["overlaps"][0]["people"]["shared"], 0)

    def test_compare_names_what_differs(self):
        self.sample(0, {"anna": (9, ["a"])})
        document = dict(audience.audience(self.day, DAY), revision=3)
        path = os.path.join(self.root, "document.json")
        for viewers, expected in ((1, 0), (2, 1)):
            document["all"]["viewers"] = viewers
            with open(path, "w", encoding="utf-8") as file:
                json.dump(document, file)
            with contextlib.redirect_stdout(io.StringIO()) as out:
                self.assertEqual(audience.main(["compare", self.day, "--document", path]), expected, out.getvalue())
        self.assertIn(".all.viewers: expected 1, found 2", out.getvalue())


if __name__ == "__main__":
    unittest.main()
