"""Tags and filters that every portal template has without loading: assets, money, days, numbers, ornament."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from demeu.kernel.money import format_tenge
from demeu.portal.ui import assets, fields, groups, regions, scale, wording
from demeu.portal.ui.money_states import STATES, MoneyStates

register = template.Library()


@register.simple_tag
def asset(name: str) -> SafeString:
    """Stylesheets and script of one entry: main, fragments, desk, signing, pay."""
    entry = assets.entry(name)
    if entry is None:
        return SafeString("")
    styles = format_html_join("", '<link rel="stylesheet" href="{}">', ((style,) for style in entry.styles))
    return format_html('{}<script type="module" src="{}"></script>', styles, entry.script)


@register.simple_tag
def styles(name: str) -> SafeString:
    """Only the stylesheets of an entry, for pages without any script."""
    entry = assets.entry(name)
    found = entry.styles if entry else ()
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((style,) for style in found))


@register.simple_tag
def drawing(name: str) -> str:
    """Address of a drawing or font: `{% drawing "golos-latin.woff2" %}`."""
    return assets.drawing(name)


@register.simple_tag
def symbol(name: str, css: str = "") -> SafeString:
    """A symbol of the sprite, silent for screen readers: words stand beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        assets.drawing("sprite.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A line icon, 20 px: `{% icon "lock" %}`."""
    return symbol(name, f"icon {css}".strip())


@register.simple_tag
def motif(group: str | int) -> SafeString:
    """The pictogram of a group as a bare symbol; `<c-pictogram>` adds the tint."""
    return symbol(f"motif-{groups.number_of(group)}")


@register.filter
def group_number(group: str | int) -> int:
    """1–7."""
    return groups.number_of(group)


@register.filter
def group_name(group: str | int) -> str:
    """The group's name."""
    return str(groups.name_of(group))


@register.filter
def region_name(code: str) -> str:
    """The region's name by KATO code."""
    return regions.region_name(str(code))


@register.filter
def money_state(state: str) -> str:
    """«Доставлено» for `delivered`."""
    return str(STATES[str(state)])


@register.filter
def tenge(amount_tiyn: int | str | None) -> str:
    """Tiyn as «7 500 ₸»; nothing for nothing."""
    return "" if amount_tiyn is None or amount_tiyn == "" else format_tenge(int(amount_tiyn), wording.language())


@register.filter
def tenge_bare(amount_tiyn: int) -> str:
    """Tiyn as «7 500», for input values."""
    return format_tenge(int(amount_tiyn), wording.language()).removesuffix("\u00a0₸")


@register.filter
def number(value: int | None) -> str:
    """«1 248»."""
    return "" if value is None else wording.grouped(int(value))


@register.filter
def points(value: int) -> str:
    """«+150», «−260»."""
    return wording.signed(int(value))


@register.filter
def day(moment: date | datetime | None) -> str:
    """«9 октября 2026»."""
    return wording.day(moment) if moment else ""


@register.filter
def day_short(moment: date | datetime | None) -> str:
    """«9 октября»."""
    return wording.day_short(moment) if moment else ""


@register.filter
def clock(moment: datetime | None) -> str:
    """«14:06»."""
    return wording.clock(moment) if moment else ""


@register.filter
def moment(value: datetime | None) -> str:
    """«22 ноября 2026, 14:06»."""
    return wording.moment_text(value) if value else ""


register.filter("days", lambda count: wording.days(int(count)))
register.filter("cases", lambda count: wording.cases(int(count)))
register.filter("people", lambda count: wording.people(int(count)))
register.filter("gifts", lambda count: wording.gifts(int(count)))


@register.filter
def tidy(text: str) -> str:
    """Short words hold on to the next word. Keeps safe text safe: it adds only no-break spaces."""
    return mark_safe(wording.tidy(conditional_escape(text)))  # noqa: S308


@register.simple_tag
def money_states(**sums: int | str | None) -> MoneyStates:
    """`{% money_states delivered=… paid=… held=… received=… goal=… as money %}`, all tiyn."""
    given = {f"{name}_tiyn": int(amount or 0) for name, amount in sums.items() if name != "goal"}
    goal = sums.get("goal")
    return MoneyStates(**given, goal_tiyn=int(goal) if goal not in (None, "") else None)


@register.simple_tag
def bubbles(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Region code → count, as circles on the map: area is proportional to the count; largest first."""
    most = max([*counts.values(), 1])
    rows = []
    for code, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        region = regions.REGIONS[code[:2]]
        x, y = region.place()
        radius = max(26 * (count / most) ** 0.5, 12)
        rows.append(
            {
                "region": region,
                "name": region.name(),
                "count": count,
                "x": f"{x:.0f}",
                "y": f"{y:.0f}",
                "r": f"{radius:.1f}",
                "share": f"{100 * count / most:.1f}",
            }
        )
    return rows


@register.simple_tag
def score_scale(category: int, score: int | None = None, low: int | None = None, high: int | None = None) -> object:
    """The six steps with the point and the possible range placed on the right step."""
    return scale.steps(int(category), score, low, high)


@register.simple_tag(takes_context=True)
def same_page(context: Context, **changes: str | int | None) -> str:
    """The present query with these parameters changed (None removes): `?{% same_page page=2 %}`."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return query.urlencode()


@register.filter
def percent(value: float | Decimal) -> str:
    """88.7 → «88,7 %»."""
    text = f"{value:.1f}".removesuffix(".0").replace(".", "." if wording.language() == "en" else ",")
    return f"{text}\u00a0%"


@register.simple_tag
def field_view(
    bound: BoundField | str | None,
    name: str,
    label: str,
    value: Any,
    hint: str,
    error: str,
    options: Any,
    optional: bool,
) -> fields.FieldView:
    """What `<c-field>` and `<c-choices>` print, from a bound field or from their own attributes."""
    if isinstance(bound, BoundField):
        return fields.view_of(bound, label=str(label), hint=str(hint), options=options or ())
    return fields.FieldView(
        name=str(name),
        label=str(label),
        value=value,
        hint=str(hint),
        errors=[str(error)] if error else [],
        required=not optional,
        options=fields.options_of(options or ()),
    )


@register.filter
def error_links(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the control, sentence) for every error of a form, in the order of its fields; "" for the form's own."""
    rows = [("", str(error)) for error in form.non_field_errors()]
    return rows + [(f"id_{bound.html_name}", str(error)) for bound in form for error in bound.errors]


@register.filter
def turns(page: Page[Any]) -> list[int | None]:
    """Page numbers to show, None for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [int(number) if str(number).isdigit() else None for number in numbers]


@register.filter
def unlocal(value: float) -> str:
    """A number for an SVG attribute: always with a point, whatever the language."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


@register.filter
def points_bare(value: int) -> str:
    """«−459»: points without a plus."""
    return wording.MINUS * (value < 0) + str(abs(int(value)))
