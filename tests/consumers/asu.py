#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""asu.py SOURCES FOLDER DEVICE: the build service's own worker (asu/build.py, asu/util.py of SOURCES) makes its answer of a build
whose images are those in FOLDER. What it needs from outside (podman, redis, its settings) is stood in for here; the container's
`make info`, `make manifest` and `make image` say what an ImageBuilder says. A second build says that an image is too big."""
import io
import json
import os
import shutil
import sys
import tarfile
import tempfile
import types
from pathlib import Path
from unittest import mock


class Container:
    """Runs the three calls of make: over FOLDER, whose images are there already."""

    def __init__(self, folder, device, too_big):
        self.folder, self.device, self.too_big, self.calls = folder, device, too_big, []
        self.data = json.loads(Path(folder, "profiles.json").read_text(encoding="ascii"))

    def info(self):
        profile = self.data["profiles"][self.device]
        title = profile["titles"][0].get("title") or " ".join(profile["titles"][0].values())
        return (f'Current Target: "{self.data["target"]}"\nCurrent Revision: "{self.data["version_code"]}"\n'
                f'Default Packages: {" ".join(self.data["default_packages"])}\nAvailable Profiles:\n\n'
                f'{self.device}:\n    {title}\n    Packages: {" ".join(profile["device_packages"])}\n    hasImageMetadata: 1\n')

    def exec_run(self, command, **_):
        self.calls.append(command)
        if command[:2] == ["make", "info"]:
            return 0, (self.info().encode(), b"")
        if command[:2] == ["make", "manifest"]:
            (manifest,) = Path(self.folder).glob("*.manifest")
            return 0, (manifest.read_bytes(), b"")
        if command[:2] == ["make", "image"]:
            return 0, (b"", b"    WARNING: Image file x.bin is too big: 9 > 8\n" if self.too_big else b"")
        return 1, (b"", b"")

    def get_archive(self, path):
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w") as tar:
            tar.add(self.folder, os.path.basename(path))
        return [data.getvalue()], None

    def __getattr__(self, name):
        return lambda *args, **kw: None


class Job:
    def __init__(self):
        self.meta, self.timeout = {}, 600

    def save_meta(self):
        pass


def load_worker(sources, public):
    """asu.build, with stand-ins for what is not of its own doing."""
    sys.path.insert(0, sources)
    for name in ("redis", "redis.client", "rq", "rq.job", "rq.utils", "podman", "podman.errors", "podman.domain", "podman.domain.containers",
                 "httpx", "nacl", "nacl.signing", "fastapi", "pydantic", "pydantic_settings", "boto3", "botocore", "hishel",
                 "asu.build_request", "asu.config", "asu.store", "asu.package_changes", "asu.repositories"):
        sys.modules[name] = mock.MagicMock(name=name)
    sys.modules["podman"].errors.ImageNotFound = type("ImageNotFound", (Exception,), {})
    sys.modules["asu.store"].LocalStore = type("LocalStore", (), {"upload_dir": lambda self, folder, name: None})
    sys.modules["asu.store"].get_store = sys.modules["asu.store"].LocalStore
    sys.modules["asu.config"].settings = types.SimpleNamespace(
        public_path=Path(public), base_container="ib", job_timeout="10m", cache_url=None)
    import asu.build as worker  # pylint: disable=import-error,import-outside-toplevel
    return worker


def build(worker, container, public):
    hash_of = "0123456789ab"
    request = types.SimpleNamespace(
        version="1.0", version_code=container.data["version_code"], target=container.data["target"], profile=container.device,
        packages=["tool"], packages_versions={"tool": "1.2"}, diff_packages=True, defaults="", rootfs_size_mb=None, filesystem=None,
        repositories={}, repository_keys=[], repositories_mode="append")
    podman = mock.MagicMock()
    podman.containers.create.return_value = container
    shutil.rmtree(public + "/store", ignore_errors=True)
    with mock.patch.multiple(worker, get_podman=lambda: podman, get_request_hash=lambda r: hash_of, get_branch=lambda v: {"name": "1"},
                             is_snapshot_build=lambda v: False, get_container_version_tag=lambda v: v, apply_package_changes=lambda r: None,
                             add_timestamp=lambda *a: None, inject_files=lambda *a: None):
        return worker._build(request, Job())  # pylint: disable=protected-access


def main():
    sources, folder, device = sys.argv[1:]
    with tempfile.TemporaryDirectory() as public:
        worker = load_worker(sources, public)
        container = Container(folder, device, False)
        answer = build(worker, container, public)
        ours = container.data
        assert answer["id"] == device and answer["detail"] == "done" and answer["bin_dir"] == "0123456789ab"
        assert answer["manifest"] == {"base": "7-r1", "tool": "1.2"}
        assert answer["images"] == ours["profiles"][device]["images"] and answer["titles"] == ours["profiles"][device]["titles"]
        for key in ("version_number", "version_code", "target", "default_packages", "arch_packages", "linux_kernel"):
            assert answer[key] == ours[key], key
        assert answer["build_at"].startswith("2023-11-14T"), answer["build_at"]  # of 1700000000
        for image in answer["images"]:
            assert os.path.isfile(f"{public}/store/0123456789ab/{image['name']}")
        assert any(c[:2] == ["make", "image"] and f"PROFILE={device}" in c for c in container.calls)
        try:
            build(worker, Container(folder, device, True), public)
        except RuntimeError as e:
            assert str(e) == "Selected packages exceed device storage", e
        else:
            raise AssertionError("too big, and not seen")


if __name__ == "__main__":
    main()
