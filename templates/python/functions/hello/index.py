import os


def handler(event, context):
    name = event.get("name", "world")
    # Watch the version change while a release moves traffic.
    version = context.function_version
    print(f"greeting {name}")
    return {"message": f"Hello, {name}, from {os.environ['STAGE']}!", "version": version}
