"""Says in words what somebody uses to reach us, from what their browser tells of itself."""

from django.utils.translation import gettext as _

# The first sign that fits counts: every browser names those it descends from, too.
BROWSERS = {
    "MicroMessenger": "WeChat",
    "DingTalk": "DingTalk",
    "HuaweiBrowser": "Huawei Browser",
    "MiuiBrowser": "Mi Browser",
    "QQBrowser": "QQ Browser",
    "360SE": "360",
    "QIHU": "360",
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "OpenHarmony": "HarmonyOS",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}
ON_THE_MOVE = frozenset({"HarmonyOS", "iPhone", "iPad", "Android"})


def in_words(agent: str) -> str:
    """Name browser and system: Edge on Windows."""
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a device that does not say what it is")


def is_carried(agent: str) -> bool:
    """Test if it is a phone or a tablet."""
    return _first(SYSTEMS, agent) in ON_THE_MOVE


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for sign, name in names.items() if sign in agent), "")
