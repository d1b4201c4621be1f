"""A button pressed twice: the second time the step has been taken already, and that is no fault."""

from fengqiao.cases.models import Case
from fengqiao.web.console.forms.base import StepForm


def was_taken(verb: str, case: Case, form: StepForm, seen: int) -> bool:
    """Test if the very next line is this step, by this person, with these words: then nothing is lost."""
    line = case.log.filter(line=seen + 1, verb=verb, by=form.setting.user).first()
    if line is None:
        return False
    written = "\n".join([line.note, line.public, *(str(fact) for fact in line.facts.values())])
    typed = [answer for answer in form.cleaned_data.values() if isinstance(answer, str)]
    return all(words in written for words in typed)
