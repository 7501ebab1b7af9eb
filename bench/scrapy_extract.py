"""Scrapy fetches the bench's pages, 16 at once, and extracts title and labelled cells. Prints one JSON object."""
import json
import resource
import sys
import time

import scrapy
from parsel import Selector
from scrapy.crawler import CrawlerProcess

SETTINGS = {
    "ROBOTSTXT_OBEY": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "RETRY_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
}


def fields(selector):
    """The title, the text, and the value behind the label of every pair of cells and every line with a colon."""
    found = {"title": selector.xpath("string(//title)").get() or selector.xpath("string(//h1)").get()}
    for row in selector.xpath("//tr"):
        cells = [" ".join(cell.xpath(".//text()").getall()).strip() for cell in row.xpath("./td|./th")]
        found.update(zip(cells[::2], cells[1::2]))
    for line in selector.xpath("//p//text()|//div/text()").getall():
        label, colon, value = line.partition("：")
        if colon:
            found.setdefault(label.strip(), value.strip())
    found["text"] = "".join(selector.xpath("//body//text()").getall())
    return found


class Pages(scrapy.Spider):
    name = "pages"
    requests = ()
    extracted = 0

    def start_requests(self):
        for one in self.requests:
            yield scrapy.Request(
                one["url"], method=one["method"], headers=one["headers"], body=one["body"], dont_filter=True
            )

    def parse(self, response):
        type(self).extracted += 1
        if response.headers.get("Content-Type", b"").startswith(b"application/json"):
            yield self.of_json(json.loads(response.text))
        else:
            yield fields(response.selector)

    @staticmethod
    def of_json(value):
        found, waiting = {}, [("", value)]
        while waiting:
            key, one = waiting.pop()
            if isinstance(one, dict):
                waiting.extend(one.items())
            elif isinstance(one, list):
                waiting.extend((key, item) for item in one)
            elif isinstance(one, str) and "</" in one:
                found.update(fields(Selector(text=one)))
            else:
                found[key] = one
        return found


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        Pages.requests = [json.loads(line) for line in lines]
    started, cpu = time.perf_counter(), time.process_time()
    process = CrawlerProcess(SETTINGS)
    process.crawl(Pages)
    process.start()
    print(json.dumps({
        "version": scrapy.__version__,
        "pages": Pages.extracted,
        "seconds": time.perf_counter() - started,
        "cpuSeconds": time.process_time() - cpu,
        "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))


main()
