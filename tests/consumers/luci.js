// SPDX-License-Identifier: GPL-2.0-only
// luci.js OVERVIEW.JS PROFILES.JSON DEVICE FILESYSTEM EFI TYPE: the view's own choice among the device's images is one of TYPE.
'use strict';
const fs = require('fs');
const assert = require('assert');
const [file, profiles, device, filesystem, efi, type] = process.argv.slice(2);

const nothing = new Proxy(function () {}, { get: () => nothing, apply: () => nothing });
const view = { extend: (what) => what };
const names = ['view', 'form', 'uci', 'rpc', 'ui', 'poll', 'request', 'dom', 'fs', '_', 'E', 'L'];
const made = new Function(...names, fs.readFileSync(file, 'utf8'))(view, ...names.slice(1).map(() => nothing));

const images = JSON.parse(fs.readFileSync(profiles, 'utf8')).profiles[device].images;
made.firmware.filesystem = filesystem;
made.data.efi = efi || null;
const image = made.selectImage(images);
assert(image, 'no image');
assert.strictEqual(image.type, type);
assert.match(image.sha256_unsigned, /^[0-9a-f]{64}$/);
