"""Answers each line of its input by a line: a handler without a Lambda around it."""
import json
import sys

from index import handler

for line in sys.stdin:
    print(json.dumps(handler(json.loads(line), None)), flush=True)
