#!/usr/bin/env bash
# Takes the pictures of the shop into this folder, in a real browser on a store of its own.
# Needs the .NET SDK and Chromium (or CHROMIUM=/path/to/a/chrome); fonts are the machine's.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
dotnet build tests/Browser -c Release -v quiet --nologo -p:Screenshots=true
STOA_SCREENSHOTS=$here dotnet artifacts/bin/Browser/release/Browser.dll -class Stoa.Browser.Screenshots
