"""The checker's own cases, one rule each: small days made by hand, with answers worked out by hand."""

import contextlib
import hashlib
import io
import json
import os
import tempfile
import unittest

import check

MIDNIGHT = 1659312000  # 2022-08-01T00:00:00Z
DAY = "2022-08-01"


class CheckerCase(unittest.TestCase):
    """Gives each test an empty folder of sample files."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        self.day = os.path.join(self.root, "day")
        os.mkdir(self.day)

    def put(self, stamp, content):
        """Writes one sample file: bytes and text as they are, anything else as JSON."""
        if isinstance(content, dict):
            content = json.dumps(content)
        name = stamp if isinstance(stamp, str) else f"{stamp}.json"
        with open(os.path.join(self.day, name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def folders(self, *days, **fields):
        """A folder for each day, which is slot -> streamer -> names; all samples have these other fields."""
        folders = []
        for number, slots in enumerate(days):
            self.day = os.path.join(self.root, f"day-{number}")
            os.mkdir(self.day)
            folders.append(self.day)
            for slot, chats in slots.items():
                values = {streamer: {**fields, "chatters": names} for streamer, names in chats.items()}
                self.put(MIDNIGHT + 86_400 * number + 300 * slot, values)
        return folders

    def read(self, day=None):
        return check.read(self.day, day)

    def of_one(self, value):
        """The viewer-days of a day whose only file holds streamer `s` with this value (JSON text)."""
        self.put(MIDNIGHT, f'{{"s":{value}}}')
        return self.read()

    def rejection(self, content):
        """The reason why a file is rejected, or None; a good file beside it keeps the day valid."""
        self.put(MIDNIGHT, {})
        self.put(MIDNIGHT + 300, content)
        return dict(self.read().rejected).get(f"{MIDNIGHT + 300}.json")

    def run_checker(self, *arguments):
        """(exit code, stdout) of a command."""
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
            code = check.main(list(arguments))
        return code, out.getvalue()


class Values(CheckerCase):
    def test_all_three_shapes_are_read(self):
        self.put(MIDNIGHT, {"ours": {"viewer_count": 3, "chatters": ["a"]}})
        self.put(MIDNIGHT + 300, {"old": {"chatters": {"broadcaster": ["b"], "vips": [], "viewers": ["c"]}}})
        self.put(MIDNIGHT + 600, {"bare": ["d"]})
        self.assertEqual(self.read().seen, {"a": {"ours": 1}, "b": {"old": 2}, "c": {"old": 2}, "d": {"bare": 4}})

    def test_an_empty_list_is_a_sample(self):
        for value in ("[]", '{"chatters":[]}', '{"chatters":{"viewers":[]}}'):
            result = self.of_one(value)
            self.assertEqual((result.samples, result.lost), ({("s", 0)}, set()), value)

    def test_null_and_bad_values_are_gaps_of_which_nothing_counts(self):
        for value in (
            "null",
            '{"chatters":null}',
            "{}",
            '{"viewers":["a"]}',
            '"a"',
            "5",
            "true",
            '["a",1]',
            '["a",["b"]]',
            '{"chatters":"a"}',
            '{"chatters":["a",null]}',
            '{"chatters":{"viewers":["a"],"vips":null}}',
            '{"chatters":{"viewers":["a"],"vips":{"x":["b"]}}}',
            '{"chatters":{}}',
            '{"chatters":["a"],"chatters":["b"]}',
            '{"chatters":["a"],"chatt\\u0065rs":null}',
        ):
            result = self.of_one(value)
            self.assertEqual((result.samples, result.lost, result.seen), (set(), {("s", 0)}, {}), value)

    def test_a_gap_drops_no_names(self):
        self.assertEqual(self.of_one('["not a login",1]').names_dropped, 0)

    def test_both_lists_of_a_key_given_twice_in_the_old_reply_count(self):
        self.assertEqual(
            self.of_one('{"chatters":{"viewers":["a"],"viewers":["b"]}}').seen, {"a": {"s": 1}, "b": {"s": 1}}
        )

    def test_other_keys_may_come_twice_and_hold_anything(self):
        self.assertEqual(self.of_one('{"title":1,"title":{"chatters":1},"chatters":["a"]}').seen, {"a": {"s": 1}})

    def test_a_streamer_given_twice_is_a_union(self):
        self.put(MIDNIGHT, '{"s":["a"],"S":["b"],"s":null,"s":["a","c"]}')
        result = self.read()
        self.assertEqual(sorted(result.seen), ["a", "b", "c"])
        self.assertEqual((result.samples, result.summary()["gaps"]), ({("s", 0)}, 0))

    def test_two_files_of_one_slot_are_a_union(self):
        self.put(MIDNIGHT, '{"s":null,"t":["a"],"u":null}')
        self.put(MIDNIGHT + 299, '{"s":["b"],"t":["a","c"],"u":5}')
        summary = self.read().summary()
        expected = {"files": 2, "samples": 2, "gaps": 1, "slots_missing": 287, "sightings": 3, "viewers": 3, "pairs": 3}
        self.assertEqual(expected, {key: summary[key] for key in expected})


class Names(CheckerCase):
    def test_names_fold_to_lower_case_and_count_once(self):
        self.assertEqual(self.of_one('["Ab_9","aB_9","ab_9","\\u0061b_9"]').seen, {"ab_9": {"s": 1}})

    def test_only_ascii_folds(self):
        result = self.of_one('["\u212a","\u0130x","\uff21"]')
        self.assertEqual((result.seen, result.names_dropped), ({}, 3))

    def test_names_that_are_no_logins_are_dropped_at_every_occurrence(self):
        too_long = "a" * 26
        result = self.of_one(f'["","a b","a-b","a\\n","{too_long}","{too_long}","{"a" * 25}","\u0661"]')
        self.assertEqual((result.names_dropped, sorted(result.seen)), (7, ["a" * 25]))

    def test_a_lone_surrogate_is_json_but_no_login(self):
        result = self.of_one('["\\ud800","a"]')
        self.assertEqual((result.names_dropped, sorted(result.seen)), (1, ["a"]))

    def test_a_streamer_key_that_is_no_login_is_one_dropped_name(self):
        self.put(MIDNIGHT, '{"not a login":["a","b c"],"":null,"s":["a"]}')
        result = self.read()
        self.assertEqual((result.names_dropped, result.seen, result.samples), (2, {"a": {"s": 1}}, {("s", 0)}))


class Files(CheckerCase):
    def test_other_names_are_ignored(self):
        self.put(MIDNIGHT, {"s": ["a"]})
        for name in (
            "answer.csv",
            "x1659312300.json",
            "1659312300.json.tmp",
            "-1.json",
            "1659312300.JSON",
            "\u0661.json",
        ):
            self.put(name, {"s": ["b"]})
        result = self.read()
        self.assertEqual((result.seen, result.rejected), ({"a": {"s": 1}}, []))

    def test_slots_come_from_the_name(self):
        for second, slot in ((0, 0), (299, 0), (300, 1), (86_399, 287)):
            self.put(MIDNIGHT + second, {"s": [f"v{second}"]})
            self.assertEqual(self.read().seen[f"v{second}"]["s"], 1 << slot)

    def test_leading_zeros_are_digits(self):
        self.put(f"000{MIDNIGHT}.json", {"s": ["a"]})
        self.assertEqual(self.read().seen, {"a": {"s": 1}})

    def test_files_of_another_day_are_rejected(self):
        self.put(MIDNIGHT, {"s": ["a"]})
        self.put(MIDNIGHT + 300, {})
        self.put(MIDNIGHT + 86_400, {"s": ["b"]})
        self.put(253_402_300_800, {"s": ["c"]})
        result = self.read()
        self.assertEqual(
            result.rejected,
            [("1659398400.json", "belongs to 2022-08-02"), ("253402300800.json", "time stamp beyond the year 9999")],
        )
        self.assertEqual(self.read("2022-08-02").seen, {"b": {"s": 1}})

    def test_the_last_second_of_the_year_9999_is_a_time_stamp(self):
        self.put(253_402_300_799, {"s": ["a"]})
        self.assertEqual(self.read().summary()["day"], "9999-12-31")

    def test_the_day_of_most_files_is_the_default_and_the_earliest_of_equals(self):
        self.put(MIDNIGHT + 86_400, {})
        self.put(MIDNIGHT, {})
        self.assertEqual(self.read().summary()["day"], "2022-08-01")
        self.put(MIDNIGHT + 86_700, "counted by name, even if it is no JSON")
        self.assertEqual(self.read().summary()["day"], "2022-08-02")

    def test_what_is_no_json_object_is_rejected(self):
        for content in (
            "",
            " ",
            "\0" * 20,
            "<html></html>",
            "[]",
            "1",
            "null",
            '{"s":["a"]',
            '{"s":["a"]}{}',
            '{"s":["a"]} x',
            '{"s":["a"]}\0',
            '{"s":["a",]}',
            "{'s':['a']}",
            '{"s":NaN}',
            '{"s":[Infinity]}',
            '{"s":-Infinity}',
            '{"s":01}',
            '{"s":+1}',
            '{"s":.5}',
            '{"s":["a\nb"]}',
            '{"s":["\\x41"]}',
            '{"s":["\\u12"]}',
            b'{"s":["\xff"]}',
            b'{"s":["\xed\xa0\x80"]}',  # a surrogate, encoded
            b'{"s":["\xc0\x80"]}',  # not the shortest form
            "\ufeff\ufeff{}",
            "\u00a0{}",
            '{"s":["a"]}'.encode("utf-16"),
        ):
            self.assertIsNotNone(self.rejection(content), content)
            self.assertEqual(self.read().seen, {}, content)

    def test_unusual_json_is_accepted(self):
        for content in (
            "\ufeff{}",
            " \t\r\n{}\n",
            '{"s":1e999}',
            '{"s":-0.5E+3}',
            '{"s":' + "9" * 5000 + "}",
            '{"s":"\x7f"}',
        ):
            self.assertIsNone(self.rejection(content), content)

    def test_nesting_is_accepted_up_to_512_levels(self):
        self.assertIsNone(self.rejection('{"s":{"x":' + "[" * 510 + "]" * 510 + "}}"))
        for arrays in (511, 900, 100_000):
            self.assertIn("512 levels", self.rejection('{"s":{"x":' + "[" * arrays + "]" * arrays + "}}"))
        self.assertIn("512 levels", self.rejection('{"s":' * 513 + "1" + "}" * 513))

    def test_a_file_may_have_64_mib(self):
        padding = check.MAX_FILE_BYTES - 2
        self.assertIsNone(self.rejection("{}" + " " * padding))
        self.assertEqual(self.rejection("{}" + " " * (padding + 1)), "larger than 64 MiB")

    def test_a_folder_with_a_samples_name_is_rejected(self):
        self.put(MIDNIGHT, {})
        os.mkdir(os.path.join(self.day, f"{MIDNIGHT + 300}.json"))
        self.assertEqual([name for name, _ in self.read().rejected], [f"{MIDNIGHT + 300}.json"])


class Commands(CheckerCase):
    def put_small_day(self):
        self.put(MIDNIGHT, {"t": ["b", "a"], "s": ["b"]})
        self.put(MIDNIGHT + 600, {"s": ["b"], "t": None})
        self.put(MIDNIGHT + 3000, {"s": ["b", "a"]})

    def restructure(self, name):
        path = os.path.join(self.root, name)
        code, _ = self.run_checker("restructure", self.day, "--out", path)
        self.assertEqual(code, 0)
        with open(path, "rb") as file:
            return path, file.read()

    def test_restructure_writes_csv(self):
        self.put_small_day()
        _, written = self.restructure("out.csv")
        self.assertEqual(
            written, b"viewer,streamer,samples,first_slot,last_slot\na,s,1,10,10\na,t,1,0,0\nb,s,3,0,10\nb,t,1,0,0\n"
        )

    def test_restructure_writes_jsonl(self):
        self.put_small_day()
        _, written = self.restructure("out.jsonl")
        self.assertEqual(
            written.decode(),
            '{"viewer":"a","day":"2022-08-01","slots":{"1659312000":["t"],"1659315000":["s"]}}\n'
            '{"viewer":"b","day":"2022-08-01",'
            '"slots":{"1659312000":["s","t"],"1659312600":["s"],"1659315000":["s"]}}\n',
        )

    def test_summary_counts_and_digests_slots_in_the_order_of_numbers(self):
        self.put_small_day()
        self.put("1.json", {})
        code, printed = self.run_checker("summary", self.day)
        self.assertEqual(code, 0)
        triples = b"a,s,10\na,t,0\nb,s,0\nb,s,2\nb,s,10\nb,t,0\n"
        self.assertEqual(
            json.loads(printed),
            {
                "day": DAY,
                "files": 3,
                "rejected": [{"file": "1.json", "reason": "belongs to 1970-01-01"}],
                "samples": 4,
                "gaps": 1,
                "slots_missing": 285,
                "names_dropped": 0,
                "sightings": 6,
                "viewers": 2,
                "pairs": 4,
                "digest": hashlib.sha256(triples).hexdigest(),
            },
        )

    def test_compare_takes_what_restructure_wrote(self):
        self.put_small_day()
        for name in ("out.csv", "out.jsonl"):
            path, _ = self.restructure(name)
            self.assertEqual(self.run_checker("compare", self.day, "--day", DAY, "--out-file", path)[0], 0)

    def test_compare_names_each_kind_of_difference(self):
        self.put_small_day()
        path, good = self.restructure("out.csv")
        for bad, told in (
            (good.replace(b"b,s,3,0,10", b"b,s,3,0,11"), "line 4: expected b'b,s,3,0,10\\n'"),
            (good.replace(b"a,t,1,0,0\n", b""), "lines missing: 1"),
            (good + b"c,t,1,0,0\n", "line 6: expected the end of the file"),
            (good[:-1], "line 5: found b'b,t,1,0,0'"),
            (good.replace(b"\n", b"\r\n"), "lines unexpected: 5"),
            (b"", "line 1: found the end of the file"),
        ):
            with open(path, "wb") as file:
                file.write(bad)
            code, printed = self.run_checker("compare", self.day, "--out-file", path)
            self.assertEqual(code, 1, told)
            self.assertIn(told, printed)

    def test_bad_use_is_exit_code_2(self):
        self.assertEqual(self.run_checker("summary", self.day)[0], 2)  # no sample file
        self.assertEqual(self.run_checker("summary", os.path.join(self.root, "absent"))[0], 2)
        self.put(253_402_300_800, {})
        self.assertEqual(self.run_checker("summary", self.day)[0], 2)  # no file has a day
        self.put(MIDNIGHT, "no JSON")
        self.assertEqual(self.run_checker("summary", self.day)[0], 2)  # all files rejected
        self.put(MIDNIGHT, {})
        self.assertEqual(self.run_checker("summary", self.day, "--day", "2022-08-02")[0], 2)
        self.assertEqual(self.run_checker("restructure", self.day, "--out", os.path.join(self.root, "out.txt"))[0], 2)


class Served(CheckerCase):
    """Logs of what a simulated Twitch has served."""

    def log(self, *lines, tail=""):
        path = os.path.join(self.root, "served.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"day": DAY, **line}) + "\n" for line in lines)
            file.write(tail)
        return path

    def page(self, start, total, *names, slot=7, streamer="s"):
        return {
            "source": "chatters",
            "slot": slot,
            "streamer": streamer,
            "from": start,
            "total": total,
            "names": list(names),
        }

    def test_a_list_counts_when_its_pages_cover_it(self):
        whole = check.served(self.log(self.page(2, 3, "c"), self.page(0, 3, "a", "b"), self.page(0, 3, "a", "b")))
        self.assertEqual([("a", "s", [7]), ("b", "s", [7]), ("c", "s", [7])], list(whole.pairs()))
        self.assertEqual({("s", 7)}, whole.samples)

    def test_a_list_that_broke_off_is_a_gap(self):
        for pages in (
            [self.page(0, 3, "a")],
            [self.page(1, 3, "b", "c")],
            [self.page(0, 3, "a"), self.page(2, 3, "c")],
        ):
            broken = check.served(self.log(*pages))
            self.assertEqual([], list(broken.pairs()))
            self.assertEqual(({("s", 7)}, set()), (broken.lost, broken.samples))

    def test_only_the_sources_that_are_asked_for_count(self):
        said = {"source": "messages", "slot": 8, "streamer": "s", "names": ["a", "a"]}
        path = self.log(self.page(0, 1, "b"), said, {"source": "streams", "slot": 8, "names": ["s"], "viewers": [3]})
        self.assertEqual([("b", "s", [7])], list(check.served(path).pairs()))
        self.assertEqual([("a", "s", [8])], list(check.served(path, None, ("messages",)).pairs()))

    def test_other_days_and_an_unfinished_line_count_for_nothing(self):
        other = {**self.page(0, 1, "z"), "day": "2022-08-02"}
        path = self.log(self.page(0, 1, "a"), self.page(0, 1, "b", slot=8), other, tail='{"day":"2022-08-01","slot')
        self.assertEqual(["a", "b"], [viewer for viewer, _, _ in check.served(path).pairs()])
        self.assertEqual(["z"], [viewer for viewer, _, _ in check.served(path, "2022-08-02").pairs()])

    def test_the_command_takes_a_log_for_a_folder(self):
        path = self.log(self.page(0, 1, "a"))
        out = os.path.join(self.root, "out.csv")
        with open(out, "w", encoding="ascii") as file:
            file.write("viewer,streamer,samples,first_slot,last_slot\na,s,1,7,7\n")
        self.assertEqual(0, self.run_checker("compare", path, "--day", DAY, "--out-file", out)[0])
        self.assertEqual(2, self.run_checker("summary", path, "--sources", "messages")[0])


if __name__ == "__main__":
    unittest.main()
