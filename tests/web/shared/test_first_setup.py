import io

from django.core.management import call_command
from django.test import Client

from fengqiao.people.models import ADMINISTRATORS, Post, Role, User
from fengqiao.playbooks import administrators
from fengqiao.playbooks.models import SetupToken
from tests.cast import MONDAY_9AM, QING, QingCounty, hold, user

PASSWORDS = ("three quiet rivers", "seven tall poplars", "nine stone bridges")
GOOD = {"place": QING} | {
    f"{role}-{field}": value
    for role, password in zip(("system_admin", "security_admin", "audit_admin"), PASSWORDS, strict=True)
    for field, value in (("username", role.replace("_", "-")), ("password", password), ("again", password))
}


def link(qing: QingCounty) -> str:
    """Send the administrators of the cast away and print a link."""
    Post.objects.filter(role__in=ADMINISTRATORS).delete()
    out = io.StringIO()
    call_command("first_administrators", "--address", "http://localhost:8000/", stdout=out)
    return out.getvalue().split("http://localhost:8000")[1].strip()


def test_the_link_shows_three_forms_and_makes_three_administrators(qing: QingCounty, client: Client) -> None:
    address = link(qing)
    page = client.get(address)

    answer = client.post(address, GOOD)

    assert page.status_code == 200
    assert page.content.decode().count('type="password"') == 6
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert "之后由安全管理员为其他人开通账号" in client.get(answer["Location"]).content.decode()
    roles = Post.objects.filter(user__username__in=["system-admin", "security-admin", "audit-admin"])
    assert set(roles.values_list("role", flat=True)) == {"system_admin", "security_admin", "audit_admin"}
    assert User.objects.get(username="audit-admin").check_password(PASSWORDS[2])


def test_a_used_link_makes_nobody_else(qing: QingCounty, client: Client) -> None:
    address = link(qing)
    client.post(address, GOOD)

    again = client.post(address, GOOD | {"system_admin-username": "another"})

    assert (again.status_code, client.get(address).status_code) == (410, 410)
    assert not User.objects.filter(username="another").exists()


def test_an_invented_link_opens_nothing(qing: QingCounty, client: Client) -> None:
    link(qing)

    assert client.get("/setup/guess/").status_code == 410


def test_a_newer_link_voids_the_older(qing: QingCounty, client: Client) -> None:
    older, newer = link(qing), link(qing)

    assert (client.get(older).status_code, client.get(newer).status_code) == (410, 200)


def test_nothing_is_printed_where_somebody_administers(qing: QingCounty) -> None:
    out = io.StringIO()
    call_command("first_administrators", stdout=out)

    assert (out.getvalue(), SetupToken.objects.count()) == ("", 0)


def test_a_link_printed_before_somebody_came_no_longer_works(qing: QingCounty, client: Client) -> None:
    address = link(qing)
    hold(user("came_first", "先到"), Role.SYSTEM_ADMIN, qing.root, qing.centre)

    assert client.post(address, GOOD).status_code == 410


def test_the_token_itself_is_not_stored(qing: QingCounty) -> None:
    token = link(qing).split("/")[2]

    assert not SetupToken.objects.filter(digest__contains=token).exists()
    assert administrators.is_good(token, MONDAY_9AM)


def test_bad_answers_are_told_beside_their_fields_and_nothing_is_made(qing: QingCounty, client: Client) -> None:
    address, before = link(qing), User.objects.count()
    for wrong in (
        {"system_admin-password": "short", "system_admin-again": "short"},
        {"system_admin-again": "another river"},
        {"audit_admin-username": "system-admin"},
        {"audit_admin-username": "ma_clerks"},
        {"audit_admin-password": PASSWORDS[0], "audit_admin-again": PASSWORDS[0]},
        {"security_admin-username": ""},
        {"place": "000000"},
    ):
        answer = client.post(address, GOOD | wrong)
        assert answer.status_code == 422, wrong
        assert "errorlist" in answer.content.decode(), wrong
    assert User.objects.count() == before
