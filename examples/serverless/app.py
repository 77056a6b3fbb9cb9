def handler(event, context):
    print("Hello from", context.function_name)
