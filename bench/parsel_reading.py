"""Reads the bench's pages with Scrapy's parsel: decode, load, text. Prints one JSON object."""
import base64
import json
import sys
import time

import parsel

CHARSETS = {"gb18030": "gb18030", "utf-8": "utf-8", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}


def markups(reply):
    """The page itself, or every piece of markup among the values of a JSON reply."""
    if reply.lstrip()[:1] not in ("{", "["):
        return [reply]
    found, waiting = [], [json.loads(reply)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if "</" in value:
                found.append(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found


def once(pages):
    seen = 0
    for charset, body in pages:
        for html in markups(body.decode(charset, "replace")):
            seen += len("".join(parsel.Selector(text=html).xpath("//text()").getall()))
    return seen


def main():
    file, seconds = sys.argv[1], float(sys.argv[2])
    with open(file, encoding="ascii") as lines:
        records = [json.loads(line) for line in lines]
    pages = [(CHARSETS[r["charset"]], base64.b64decode(r["base64"])) for r in records]
    seen = once(pages)
    started, cpu, passes = time.perf_counter(), time.process_time(), 0
    while passes == 0 or time.perf_counter() - started < seconds:
        seen += once(pages)
        passes += 1
    if seen == 0:
        raise SystemExit("nothing was read")
    print(json.dumps({
        "version": parsel.__version__,
        "pages": passes * len(pages),
        "seconds": time.perf_counter() - started,
        "cpuSeconds": time.process_time() - cpu,
    }))


main()
