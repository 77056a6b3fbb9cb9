"""An order in, log lines out. The payload {"fail": true} raises an exception."""

import json
import logging

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def handler(event, context):
    order = event.get("order", "1")
    print("plain text about order", order)
    logger.info("a logger's line about order %s", order)
    print(json.dumps({"level": "INFO", "message": "a JSON line", "order": order}))
    if event.get("fail"):
        raise ValueError(f"order {order} failed")
    return {"order": order}
