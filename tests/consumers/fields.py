#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""fields.py CONSUMER FOLDER ...: is all there that CONSUMER reads of a build, and of the kind it takes it for?
What each reads is told in the functions below; nothing is said when all is well."""
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile


def load(folder):
    with open(os.path.join(folder, "profiles.json"), encoding="ascii") as f:
        return json.load(f)


def texts(value):
    assert isinstance(value, list) and all(isinstance(v, str) and v for v in value), value


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def selector(folder):
    """Titles (a title, or vendor, model, variant joined), target, id; of each image type, name, sha256; the version; packages."""
    data = load(folder)
    assert re.fullmatch(r"[^/]+/[^/]+", data["target"]) and data["version_number"] and data["version_code"]
    texts(data["default_packages"])
    seen = set()
    for device, profile in data["profiles"].items():
        assert device and profile["titles"]
        for t in profile["titles"]:
            title = t.get("title") or " ".join(filter(None, (t.get(k) for k in ("vendor", "model", "variant"))))
            assert title.strip(), (device, t)
            assert title.upper() not in seen, title  # else the page adds the target to both
            seen.add(title.upper())
        texts(profile["device_packages"])
        assert profile["images"], device
        links = set()
        for image in profile["images"]:
            assert re.fullmatch(r"[0-9a-f]{64}", image["sha256"]) and image["type"] and "/" not in image["name"]
            assert sha256(os.path.join(folder, image["name"])) == image["sha256"]
            links.add(image["name"])
        assert len(links) == len(profile["images"]), device
        # images of one type are told apart by the parts of their names
        for kind in {i["type"] for i in profile["images"]}:
            names = [i["name"].split("-") for i in profile["images"] if i["type"] == kind]
            assert len({tuple(n) for n in names}) == len(names), (device, kind)


def asu(folder, device):
    """The profile, types to sign, source_date_epoch as a number; a manifest of "name - version"; no alias that another profile has."""
    data = load(folder)
    assert isinstance(data["source_date_epoch"], int) and data["metadata_version"] == 1
    profile = data["profiles"][device]
    signed = [i["name"] for i in profile["images"] if i["type"] in ("sysupgrade", "factory", "combined", "combined-efi", "sdcard")]
    assert signed and all(os.path.isfile(os.path.join(folder, n)) for n in signed)
    # the whole profile is laid over the rest: no key of one may hide one of the other
    assert not set(profile) & (set(data) - {"profiles"})
    assert not {"manifest", "id", "bin_dir", "build_at", "detail"} & (set(profile) | set(data))
    assert set(data["linux_kernel"]) == {"version", "release", "vermagic"}
    (manifest,) = glob.glob(folder + "/*.manifest")
    with open(manifest, encoding="ascii") as f:
        packages = dict(line.split(" - ") for line in f.read().splitlines())
    assert packages == {"base": "7-r1", "tool": "1.2"}
    aliases = {}
    for name, p in data["profiles"].items():
        for alias in {a.replace(",", "_") for a in p["supported_devices"]}:
            assert aliases.setdefault(alias, name) == name, alias


def owut(folder, device, filesystem, kind):
    """Of the images with a file system that is no initramfs and a type without "factory": one of FILESYSTEM and KIND."""
    data = load(folder)
    profile = data["profiles"][device]
    assert isinstance(data["arch_packages"], str) and data["arch_packages"] and isinstance(data["linux_kernel"]["version"], str)
    assert isinstance(data["source_date_epoch"], int) and isinstance(data["version_code"], str)
    texts(data["default_packages"])
    texts(profile["device_packages"])
    texts(profile["supported_devices"])
    images = [i for i in profile["images"] if i.get("filesystem") not in (None, "initramfs") and "factory" not in i["type"]]
    images = [i for i in images if i["filesystem"] == filesystem]
    (image,) = [i for i in images if i["type"] == kind]
    assert image["name"].startswith(profile["image_prefix"])
    assert sha256(os.path.join(folder, image["name"])) == image["sha256"]


def luci(folder, device, filesystem):
    """The first image of FILESYSTEM that is sysupgrade or combined, with name and sha256_unsigned; combined-efi under EFI."""
    data = load(folder)
    images = [i for i in data["profiles"][device]["images"] if i.get("filesystem") == filesystem]
    (image,) = [i for i in images if i["type"] in ("sysupgrade", "combined")]
    assert re.fullmatch(r"[0-9a-f]{64}", image["sha256_unsigned"]) and image["name"] and data["version_number"]
    if image["type"] == "combined":
        assert len([i for i in images if i["type"] == "combined-efi"]) == 1


def nix(out, board, sub, device):
    """build_dir/target-*/linux-*/tmp/openwrt-*.* after the build; something to flash in bin; the packages."""
    made = glob.glob(f"{out}/build_dir/target-*/linux-{board}_{sub}/tmp/openwrt-*.*")
    assert made and os.path.isfile(sorted(made)[0])
    folder = f"{out}/bin/targets/{board}/{sub}"
    assert glob.glob(folder + "/openwrt-*-sysupgrade.*") + glob.glob(folder + "/openwrt-*.img.gz")
    assert all(os.path.isfile(p) for p in glob.glob(folder + "/*"))
    data = load(folder)
    texts(data["default_packages"])
    texts(data["profiles"][device]["device_packages"])


def script(out, board, sub, path):
    """SCRIPT joins our notes to what we joined them to; its own order, and what is only its own, apart."""
    (notes,) = glob.glob(f"{out}/build_dir/target-{board}_{sub}*/json_info_files")
    ours = load(f"{out}/bin/targets/{board}/{sub}")
    kernel = ours["linux_kernel"]
    with tempfile.TemporaryDirectory() as tmp:
        os.makedirs(f"{tmp}/target/linux/{board}")
        text = (f"DEFAULT_PACKAGES = {' '.join(reversed(ours['default_packages']))}\nARCH_PACKAGES = {ours['arch_packages']}\n"
                f"LINUX_VERSION = {kernel['version']}\nLINUX_RELEASE = {kernel['release']}\nLINUX_VERMAGIC = {kernel['vermagic']}\n"
                "val.%:\n\t@echo '$($*)'\n")
        for folder in ("", "/" + board):
            with open(f"{tmp}/target/linux{folder}/Makefile", "w", encoding="ascii") as f:
                f.write(text)
        subprocess.run([sys.executable, path, "theirs.json"], cwd=tmp, check=True, env=dict(os.environ, WORK_DIR=os.path.abspath(notes)))
        with open(tmp + "/theirs.json", encoding="ascii") as f:
            theirs = json.load(f)
    theirs.pop("git_commit", None)
    if "linux_kernel" not in theirs:
        ours.pop("linux_kernel")
    for profile in theirs["profiles"].values():
        profile["images"].sort(key=lambda i: i["name"])
    theirs["default_packages"].sort()
    assert theirs == ours, (theirs, ours)


if __name__ == "__main__":
    {f.__name__: f for f in (selector, asu, owut, luci, nix, script)}[sys.argv[1]](*sys.argv[2:])
