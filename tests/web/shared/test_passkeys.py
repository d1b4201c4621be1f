"""Passkeys as the server sees them; with a device in hand they are tried in tests/browser/test_passkeys.py."""

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData
from pytest_django import Settings

from fengqiao.people.models import FailedSignIn, User
from fengqiao.web.shared import devices, factors
from tests.cast import QingCounty
from tests.web.shared.test_factors import join, knock

ADD = "mfa_add_webauthn"
NONSENSE = ["", "{}", "[]", "null", "7", '"x"', '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}']


@pytest.fixture(autouse=True)
def _unlimited(db: None) -> None:
    cache.clear()


def make_key(user: User, name: str = "Edge on Windows") -> Authenticator:
    """Write down a passkey as if a device had made it."""
    data = {"name": name, "credential": {}}
    key: Authenticator = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
    return key


def made_by_a_device(user: User) -> Authenticator:
    """Write down a passkey with a key that a device could have made."""
    key_of_device = ec.generate_private_key(ec.SECP256R1()).public_key()
    public = ES256.from_cryptography_key(key_of_device)  # type: ignore[no-untyped-call]
    known = AttestedCredentialData.create(b"\0" * 16, b"k" * 16, public)
    data = AuthenticatorData.create(b"\0" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, known)
    said = b'{"type":"webauthn.create","challenge":"AA","origin":"https://testserver"}'
    told = {"clientDataJSON": said, "attestationObject": bytes(AttestationObject.create("none", data, {}))}
    response = {name: websafe_encode(value) for name, value in told.items()}
    credential = {"id": websafe_encode(b"k" * 16), "type": "public-key", "response": response}
    key = make_key(user)
    key.data["credential"] = {**credential, "rawId": credential["id"]}
    key.save()
    return key


def test_whoever_came_in_a_while_ago_and_has_a_passkey_is_asked_again(qing: QingCounty) -> None:
    client, _to = knock(qing.ma_clerks)
    made_by_a_device(qing.ma_clerks)
    with time_machine.travel(now() + timedelta(minutes=20), tick=False):
        asked_to = client.get(reverse(ADD), follow=True)
        page = client.get(reverse("mfa_reauthenticate_webauthn"))
        answer = client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": NONSENSE[-1]})

    assert (asked_to.status_code, asked_to.request["PATH_INFO"]) == (200, reverse("account_reauthenticate"))
    assert "passkey-options" in page.content.decode() and page.content.decode().count("<pass-key") == 1
    assert answer.status_code == 200 and answer.context["form"].errors
    assert FailedSignIn.objects.filter(about=qing.ma_clerks, proof=FailedSignIn.Proof.PASSKEY).exists()


def asked(client: Client) -> dict[str, object]:
    """Read what a device would be asked when a passkey is added."""
    options: dict[str, object] = client.get(reverse(ADD)).context["js_data"]["creation_options"]["publicKey"]
    return options


def test_a_passkey_is_kept_by_the_device_and_used_by_its_owner_alone(qing: QingCounty) -> None:
    client, _to = knock(qing.ma_clerks)
    chosen = asked(client)["authenticatorSelection"]

    assert isinstance(chosen, dict)
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")


def test_in_service_it_belongs_to_the_public_address(qing: QingCounty, settings: Settings) -> None:
    client, _to = knock(qing.ma_clerks)
    assert asked(client)["rp"] == {"id": "testserver", "name": "枫桥"}

    settings.PUBLIC_ADDRESS = "https://fq.qing.example:8443"
    assert asked(client)["rp"] == {"id": "fq.qing.example", "name": "枫桥"}


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_is_no_passkey_and_no_fault(qing: QingCounty, credential: str) -> None:
    client, _to = knock(qing.ma_clerks)
    client.get(reverse(ADD))
    answer = client.post(reverse(ADD), {"name": "x", "credential": credential})

    assert answer.status_code == 200 and answer.context["form"].errors
    assert not Authenticator.objects.exists() or not Authenticator.objects.filter(user=qing.ma_clerks).exists()


@pytest.mark.parametrize("credential", ["9" * 5000, "[" * 100_000], ids=["too long", "too deep"])
def test_what_no_device_writes_is_not_even_read(client: Client, credential: str) -> None:
    door = reverse("mfa_login_webauthn")
    client.get(door, headers={"Accept": "application/json"})

    assert client.post(door, {"credential": credential}).headers["Location"] == reverse("account_login")


@pytest.mark.parametrize("credential", [*NONSENSE, '{"response": {"userHandle": "AAAA"}}', '{"response": []}'])
def test_nonsense_opens_no_door_and_is_counted(qing: QingCounty, client: Client, credential: str) -> None:
    door = reverse("mfa_login_webauthn")
    client.get(door, headers={"Accept": "application/json"})
    answer = client.post(door, {"credential": credential})

    assert answer.headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("account_login")).content.decode().count("message-error") == 1
    counted = FailedSignIn.objects.filter(proof="passkey").count()
    assert counted == (0 if not json.loads(credential or "null") else 1)


def test_a_passkey_is_a_second_step_for_an_administrator(qing: QingCounty) -> None:
    Authenticator.objects.filter(user=qing.bai_audits).delete()
    assert factors.must_join(qing.bai_audits, now())

    make_key(qing.bai_audits)

    assert not factors.must_join(qing.bai_audits, now())


def test_an_administrator_who_has_neither_is_offered_both(qing: QingCounty) -> None:
    Authenticator.objects.all().delete()
    client, _to = knock(qing.bai_audits)
    page = client.get(client.get(reverse("console:home")).headers["Location"]).content.decode()

    assert reverse(ADD) in page and "factor-drawing" in page
    assert client.get(reverse(ADD)).status_code == 200


def test_a_password_that_was_told_comes_before_any_passkey(qing: QingCounty) -> None:
    qing.ma_clerks.must_change_password = True
    client, _to = knock(qing.ma_clerks)

    assert client.get(reverse(ADD)).headers["Location"] == reverse("account_change_password")


def test_nobody_reaches_a_colleagues_passkey(qing: QingCounty) -> None:
    key = make_key(qing.zhou_clerks)
    client, _to = knock(qing.ma_clerks)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404
        assert client.post(reverse(name, args=[key.pk]), {"name": "mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
    assert Client().get(reverse(ADD)).status_code == 302


def test_forgetting_a_lost_phone_forgets_passkeys_too(qing: QingCounty) -> None:
    join(qing.ma_clerks)
    make_key(qing.ma_clerks)
    factors.forget(qing.ma_clerks, by=qing.feng_secures, at=now())

    assert not Authenticator.objects.filter(user=qing.ma_clerks).exists()


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Edg/126.0",
            "Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Mobile Safari/604.1", "iPhone"),
        ("curl/8.5", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_device_is_said_in_words_of_ours_alone(agent: str, said: str) -> None:
    words = devices.in_words(agent)

    assert said in words and words
    assert "<" not in words and "curl" not in words
