"""A password is long, rare and not one's own name; what else stands in it is its owner's business."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from fengqiao.people.models import User
from tests.cast import PASSWORD, QingCounty

MA = User(username="ma_clerks", name="马晓兰")
REFUSED = {
    "九个字的密码太短了": "10",
    "1029384756473": "数字",
    "password123": "常见",
    "ma_clerks-2026": "用户名",
    "2026-MA_CLERKS": "用户名",
    "马晓兰的密码谁也不知道": "姓名",
    "2026兰晓马2026xyz": "姓名",
}


@pytest.mark.parametrize(("password", "said"), REFUSED.items())
def test_a_bad_password_is_refused_with_a_sentence(password: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, MA)

    assert any(said in sentence for sentence in refused.value.messages), refused.value.messages


@pytest.mark.parametrize("password", ["山路十八弯水路九连环", "雨 雨 雨 雨 雨 雨", "aaaabbbbccccd"])
def test_no_mix_of_signs_is_asked_for(password: str) -> None:
    validate_password(password, MA)


def test_the_page_says_why(qing: QingCounty, client: Client) -> None:
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    client.post(reverse("account_login"), {"login": "ma_clerks", "password": PASSWORD})
    new = "马晓兰在此，谁敢进来"
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert "密码中不能含有您的姓名或用户名" in answer.content.decode()
    qing.ma_clerks.refresh_from_db()
    assert qing.ma_clerks.check_password(PASSWORD)
