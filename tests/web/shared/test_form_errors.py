"""The faults above a form: which field, then what is wrong there, and a link to it."""

import re

import pytest
from django import forms
from django.utils.translation import override


class Asked(forms.Form):
    """A line, one of several, two questions, and a field whose name stands elsewhere."""

    place = forms.CharField(label="地点")
    nature = forms.ChoiceField(label="Nature", choices=[("help", "help")], widget=forms.RadioSelect)
    who = forms.CharField(label="选谁来调解？")
    found = forms.CharField(label="What did you find?")
    bare = forms.CharField(label="")


@pytest.mark.parametrize(("language", "between"), [("zh-hans", "："), ("en", ": ")])
def test_a_fault_stands_after_the_name_of_its_field_and_leads_to_it(language: str, between: str) -> None:
    form = Asked({})
    for field in form.fields.values():
        field.error_messages["required"] = "fault"
    with override(language):
        drawn = str(form)

    links = re.findall(r'<li><a href="#([^"]+)">([^<]*)</a></li>', drawn)
    assert [" ".join(words.split()) for _id, words in links] == [
        f"地点{between}fault",
        f"Nature{between}fault",
        "选谁来调解？ fault",
        "What did you find? fault",
        "fault",
    ]
    assert all(f'id="{id_}"' in drawn for id_, _words in links)
