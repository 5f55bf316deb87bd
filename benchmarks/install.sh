#!/usr/bin/env bash
# What the Dockerfile does, without a container: a bare environment, an index that was built
# elsewhere, a folder that can't be written, and one answer.
#     benchmarks/install.sh INDEX
set -euo pipefail
cd "$(dirname "$0")/.."
index=$(realpath "$1")
place=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; chmod -R u+w "$place"; rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check --constraint constraints.txt .
"$place/venv/bin/pip" list --format=freeze | grep -iE '^(torch|transformers|sentence-transformers)=' \
  && { echo 'it has what only building needs'; exit 1; }
du -sh "$place/venv"
mkdir -p "$place/srv/data"
cp -r "$index" "$place/srv/index"
chmod -R a-w "$place/srv/index"
chmod a-w "$place/srv"
cd "$place/srv"
"$place/venv/bin/resume-bot" serve --port 0 > "$place/log" 2>&1 &
server=$!
until grep -q ' on http://' "$place/log"; do kill -0 $server; sleep 0.1; done
address=$(sed -n 's/.* on \(http:[^ ]*\).*/\1/p' "$place/log")
"$place/venv/bin/python" - "$address" << 'PY'
import sys
from urllib.request import urlopen
for path in ("/readyz", "/ask?q=Where+did+he+study&format=text", "/resume", "/"):
    with urlopen(sys.argv[1] + path) as response:
        print(response.status, path, response.read()[:80])
PY
