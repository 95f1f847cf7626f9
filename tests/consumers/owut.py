#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""owut.py OWUT UCODE FOLDER BOARD FILESYSTEM TYPE: owut's own choice of profile and image (collect_platform and
complete_build_info of its source OWUT, run by UCODE) for a system that calls itself BOARD, over FOLDER's profiles.json."""
import json
import os
import re
import subprocess
import sys
import tempfile

AROUND = """
let L = { die: (...a) => { warn(sprintf(...a)); exit(1); }, bug: (...a) => { warn(sprintf(...a)); exit(1); }, log: (...a) => null };
let url = { upstream: "up" }, release = { dir: "dir" }, packages = null;
let device = { platform: %s, target: %s, sutype: %s };
let build = { to: { fstype: %s } };
function dl_platform() { return %s; }
function collect_defaults(all, own) { packages = [ ...all, ...own ]; }
"""


def function(source, name):
    found = re.search(rf"^function {name}\(.*?^}}\n", source, re.S | re.M)
    assert found, name
    return found[0]


def main():
    owut, ucode, folder, board, filesystem, kind = sys.argv[1:]
    with open(owut, encoding="utf-8") as f:
        source = f.read()
    with open(folder + "/profiles.json", encoding="ascii") as f:
        ours = json.load(f)
    asked = "combined-efi" if kind == "combined-efi" else "combined" if kind == "combined" else "sysupgrade"
    text = AROUND % tuple(json.dumps(v) for v in (board, ours["target"], asked, filesystem, ours))
    text += "".join(function(source, n) for n in ("age", "complete_build_info", "collect_platform"))
    text += 'collect_platform();\nprintf("%J\\n", { build: build.to, device, packages });\n'
    with tempfile.NamedTemporaryFile("w", suffix=".uc", encoding="utf-8") as f:
        f.write(text)
        f.flush()
        p = subprocess.run([ucode, f.name], capture_output=True, check=False)
    assert p.returncode == 0, p.stderr.decode()
    said = json.loads(p.stdout)
    profile = ours["profiles"][said["device"]["platform"]]
    (image,) = [i for i in profile["images"] if i["type"] == kind and i.get("filesystem") == filesystem]
    assert said["build"]["img_file"] == image["name"] and os.path.isfile(os.path.join(folder, image["name"]))
    assert said["build"]["img_prefix"] == profile["image_prefix"] and said["build"]["rev_code"] == ours["version_code"]
    assert said["build"]["date"].startswith("2023-11-14T22:13:20Z"), said  # 1700000000
    assert said["build"]["kernel"] == ours["linux_kernel"]["version"] and said["device"]["arch"] == ours["arch_packages"]
    assert said["packages"] == ours["default_packages"] + profile["device_packages"]


if __name__ == "__main__":
    main()
