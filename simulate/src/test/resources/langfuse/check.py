"""Asks a Langfuse by its own Python SDK, and prints a line for each answer that its models accept.

Usage: check.py URL PUBLIC_KEY SECRET_KEY. An answer that they refuse ends it by an error.
"""

import datetime
import json
import sys

from langfuse.api.client import LangfuseAPI
from langfuse.api.core import ApiError

url, public, secret = sys.argv[1:4]
api = LangfuseAPI(base_url=url, username=public, password=secret)
now = datetime.datetime.now(datetime.timezone.utc)

print("health", api.health.health().version)
print("projects", api.projects.get().data[0].name)
fields = "core,basic,time,model,usage,metrics,trace_context"
page = api.observations.get_many(fields=fields, limit=20)
print("observations", len(page.data))
rest = api.observations.get_many(fields=fields, limit=20, cursor=page.meta.cursor)
print("next page", len(rest.data))
print("plain observations", len(api.observations.get_many(limit=20).data))
query = {
    "view": "observations",
    "dimensions": [{"field": "providedModelName"}],
    "metrics": [{"measure": "totalCost", "aggregation": "sum"}],
    "filters": [],
    "fromTimestamp": (now - datetime.timedelta(days=3650)).isoformat(),
    "toTimestamp": (now + datetime.timedelta(days=1)).isoformat(),
}
print("metrics", len(api.metrics.metrics(query=json.dumps(query)).data))
print("scores", len(api.scores.get_many(limit=10).data))
print("models", len(api.models.list().data))
try:
    LangfuseAPI(base_url=url, username=public, password="wrong").projects.get()
except ApiError as refused:
    print("wrong key", refused.status_code)
