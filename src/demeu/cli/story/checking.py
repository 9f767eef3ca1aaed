"""The part of those who check: the curator reviews, a volunteer visits and signs, the curator publishes."""

import io
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from PIL.ExifTags import GPS, IFD

from demeu.cli.story.browser import Page, Unexpected
from demeu.cli.story.ncalayer import sign_form
from demeu.cli.story.stage import Stage

Told = tuple[dict[str, str], str]


def photo_with_place() -> bytes:
    """A small JPEG whose metadata gives away where it was taken."""
    picture = Image.new("RGB", (320, 240), (228, 239, 241))
    metadata = picture.getexif()
    place = metadata.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (49.0, 48.0, 23.0)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", exif=metadata)
    return kept.getvalue()


def review(stage: Stage) -> Told:
    """The curator opens the application, may not visit it too, and sends a volunteer."""
    curator = stage.signed_in("curator")
    address = f"/desk/review/{stage.application}/"
    if not curator.open("/desk/review/").links(stage.application):
        raise Unexpected("the application is not in the curator's queue")
    page = curator.open(address)
    stage.guest_refused(address)
    form = page.form("volunteer")
    volunteers = [option.get("value") for option in form.cssselect("select[name=volunteer] option")]
    curator.send(page, form, volunteer=next(filter(None, volunteers)), decision="visit")
    curator.open(f"/desk/visits/{stage.application}/", expect=403)
    return {"application": stage.application}, "reviewed; the curator may not also visit; a volunteer was sent"


def visit(stage: Stage) -> Told:
    """The volunteer visits, fills the act, signs it; the curator approves."""
    volunteer = stage.signed_in("volunteer")
    address = f"/desk/visits/{stage.application}/"
    page = volunteer.open(address)
    form = page.form("words")
    photo = {"photos": ("visit.jpg", photo_with_place(), "image/jpeg")}
    page = volunteer.send(page, form, files=photo, **_act(form))
    sign_form(volunteer, page, "volunteer")
    volunteer.open(f"/desk/review/{stage.application}/", expect=403)
    curator = stage.signed_in("curator")
    page = curator.open(f"/desk/review/{stage.application}/")
    curator.send(page, _form_with_value(page, "decision", "approved"), decision="approved")
    return {"application": stage.application}, "visited; act with a photo signed by ЭЦП; approved by another person"


def _act(form: Any) -> dict[str, Any]:
    boxes = [box.get("value") for box in form.cssselect("input[type=checkbox]")]
    name = next((box.get("name") for box in form.cssselect("input[type=checkbox]")), "findings")
    return {name: boxes[:2], "words": "Семья дома, нужда подтверждается."}


def _form_with_value(page: Page, name: str, value: str) -> object:
    for form in page.document.forms:
        if form.cssselect(f"[name={name}][value={value}]"):
            return form
    raise Unexpected(f"{page.url} has no form with {name}={value}")


def publish(stage: Stage) -> Told:
    """The guard refuses a text that names the person; a safe one is published and stands in the catalogue."""
    curator = stage.signed_in("curator")
    page = curator.open(f"/desk/review/{stage.application}/")
    page = curator.open(next(link for link in page.links("/desk/publish/") if not link.endswith("/publish/")))
    family = stage.family
    betrayals = (
        f"{family['surname'].title()} {family['given_name'].title()} просит о помощи",
        f"ИИН {family['iin']}",
        f"Звоните {family['phone']}",
        "Живёт на улице Абая, дом 12, квартира 5",
    )
    form = page.form("story_ru")
    safe = form.fields["story_ru"]
    for betrayal in betrayals:
        refused = curator.send(page, form, story_ru=f"{safe} {betrayal}", do="publish", expect=422)
        if betrayal not in (refused.form("story_ru").fields["story_ru"] or ""):
            raise Unexpected("the refused text was lost")
    public = curator.send(page, form, do="publish")
    stage.case = urlsplit(public.url).path.strip("/").rpartition("/")[2]
    guest = stage.guest()
    stage.wait(
        lambda: (
            guest.open(f"/cases/?region={stage.region}&group=children_youth").links(f"/cases/{stage.case}/") or None
        ),
        "the case in the catalogue",
    )
    return {"case": stage.case}, f"№ {stage.case} is public; the guard refused a name, an IIN, a phone and an address"
