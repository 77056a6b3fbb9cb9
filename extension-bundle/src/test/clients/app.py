import logging, sys
log = logging.getLogger()
log.setLevel("INFO")

def handler(event, context):
    log.info("first line")
    try:
        raise ValueError("boom")
    except ValueError:
        log.exception("two\nlines")
    print("printed")
    return context.aws_request_id
