"""What every page's frame needs to know about the one who reads it."""

from django.http import HttpRequest

LARGE_TYPE = "large-type"


def page(request: HttpRequest) -> dict[str, object]:
    """Tell the frame whether this reader asked for large type."""
    return {"large_type": request.COOKIES.get(LARGE_TYPE) == "on"}
