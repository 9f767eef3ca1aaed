"""`{% json_ld %}`: what schema.org should know of the present page."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from demeu.portal.open_data.json_ld import as_text, on_page

register = template.Library()


@register.simple_tag(takes_context=True)
def json_ld(context: Context) -> SafeString:
    """Blocks of data for the page by its URL name; nothing on others and on pages of errors."""
    match = getattr(context.get("request"), "resolver_match", None)
    shown: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    told = on_page(match.view_name, shown) if match else []
    # `as_text` leaves no sign that could end the element.
    blocks = ((mark_safe(as_text(facts)),) for facts in told)  # noqa: S308
    return format_html_join("\n", '<script type="application/ld+json">{}</script>', blocks)
