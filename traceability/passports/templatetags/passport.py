from django import template

from traceability.passports.forms import ProblemForm

register = template.Library()


@register.inclusion_tag("traceability/report-form.html")
def problem_form(gtin: str, lot: str) -> dict:
    """{% problem_form lot.gtin lot.code %}: the form that tells the office about a pack."""
    return {"form": ProblemForm(initial={"gtin": gtin, "lot": lot}, auto_id="bao-%s")}
