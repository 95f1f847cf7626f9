#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""page.py WWW CHROMIUM TARGETS SCRATCH: the firmware selector's page WWW, in headless CHROMIUM, over the folders of images below
TARGETS. Each device is asked for by its link; the page must show its titles, version, and a link with digest for each image."""
import functools
import html
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.parse

VERSION = "1.0"


def lay_out(www, targets, site):
    """The page, the folders of images as a download server has them, and its overview of all profiles; that overview."""
    shutil.copytree(www, site + "/www")
    with open(site + "/www/config.js", "w", encoding="ascii") as f:
        f.write(f'var config = {{ show_help: true, versions: ["{VERSION}"], default_version: "{VERSION}", image_url: "../data" }};\n')
    release = f"{site}/data/releases/{VERSION}"
    os.makedirs(release)
    os.symlink(os.path.abspath(targets), release + "/targets")
    with open(site + "/data/.versions.json", "w", encoding="ascii") as f:
        json.dump({"versions_list": [VERSION], "stable_version": VERSION}, f)
    overview = []
    for board in sorted(os.listdir(targets)):
        for sub in sorted(os.listdir(f"{targets}/{board}")):
            with open(f"{targets}/{board}/{sub}/profiles.json", encoding="ascii") as f:
                data = json.load(f)
            overview += [{"titles": p["titles"], "target": data["target"], "id": name, "data": data} for name, p in data["profiles"].items()]
    with open(release + "/.overview.json", "w", encoding="ascii") as f:
        json.dump({"profiles": [{k: e[k] for k in ("titles", "target", "id")} for e in overview]}, f)
    return overview


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):  # pylint: disable=arguments-differ
        pass


def shown(browser, scratch, url):
    """The page as text of HTML, when it has settled."""
    words = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + scratch + "/profile",
             "--virtual-time-budget=8000", "--dump-dom", url]
    p = subprocess.run(words, capture_output=True, timeout=60, check=False)
    assert p.returncode == 0, p.stderr.decode(errors="replace")[-2000:]
    return p.stdout.decode()


def text_of(page, name):
    found = re.search(rf'<[^>]*id="{name}"[^>]*>(.*?)</', page, re.S)
    assert found, name
    return html.unescape(found[1]).strip()


def titles_of(profile):
    return [t.get("title") or " ".join(filter(None, (t.get(k) for k in ("vendor", "model", "variant")))) for t in profile["titles"]]


def check(page, entry):
    profile = entry["data"]["profiles"][entry["id"]]
    assert text_of(page, "image-model") == " / ".join(titles_of(profile)), (text_of(page, "image-model"), titles_of(profile))
    assert text_of(page, "image-target") == entry["target"]
    assert text_of(page, "image-code") == entry["data"]["version_code"]
    table = re.search(r'id="download-table1".*?</table>', page, re.S)
    rows = re.findall(r"<tr>.*?</tr>", table[0] if table else page, re.S)
    links = {}
    for row in rows:
        link = re.search(r'<a href="([^"]+)"[^>]*class="download-link".*?</span>([^<]*)</a>', row, re.S)
        if link:
            links[os.path.basename(link[1])] = (html.unescape(link[2]), re.findall(r"sha256sum: ([0-9a-f]{64})", row))
    assert links == {i["name"]: (links[i["name"]][0], [i["sha256"]]) for i in profile["images"]}, links
    assert len({label for label, _ in links.values()}) == len(links), links


def main():
    www, browser, targets, scratch = sys.argv[1:]
    site = scratch + "/site"
    overview = lay_out(www, targets, site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for entry in overview[:4] + overview[-2:]:
        query = urllib.parse.urlencode({"version": VERSION, "target": entry["target"], "id": entry["id"]})
        check(shown(browser, scratch, f"http://127.0.0.1:{server.server_address[1]}/www/index.html?{query}"), entry)
        print(f"{entry['target']} {entry['id']}: {len(entry['data']['profiles'][entry['id']]['images'])} images shown")
    server.shutdown()


if __name__ == "__main__":
    main()
