"""Images from outside, decoded and encoded anew: what was hidden in them, place and camera included, stays behind."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from demeu.kernel.errors import invalid
from demeu.vault.documents.rules import IMAGES, PIXELS_MAX

QUALITY = 88
LOOK_SIDE = 16
LOOK_ONES_MIN = 32


def encoded_anew(content: bytes, media_type: str) -> bytes:
    """The same picture upright in the same format without metadata.

    Refuses `document.too_many_pixels` before decoding and `document.broken_image`.
    """
    name = IMAGES[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[name])
        if picture.width * picture.height > PIXELS_MAX:
            raise invalid("document.too_many_pixels", pixels_max=PIXELS_MAX)
        picture.load()
        upright = ImageOps.exif_transpose(picture) or picture
        plain = upright.convert("RGBA" if name != "JPEG" and "A" in upright.getbands() else "RGB")
    except Image.DecompressionBombError:
        raise invalid("document.too_many_pixels", pixels_max=PIXELS_MAX) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise invalid("document.broken_image") from None
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, name, quality=QUALITY)
    return out.getvalue()


def look_of(content: bytes) -> str:
    """256 bits of what a picture looks like (difference hash, 16 × 16), as hex; empty for a picture without features.

    Each bit says whether the picture grows lighter from one sixteenth to the next: scaling, light and a new
    compression change few of them. Too few ones or zeros would make every blank page look like every other.
    """
    with Image.open(io.BytesIO(content)) as picture:
        small = picture.convert("L").resize((LOOK_SIDE + 1, LOOK_SIDE), Image.Resampling.LANCZOS)
    light = small.tobytes()
    bits = [
        light[row * (LOOK_SIDE + 1) + place] < light[row * (LOOK_SIDE + 1) + place + 1]
        for row in range(LOOK_SIDE)
        for place in range(LOOK_SIDE)
    ]
    if not LOOK_ONES_MIN <= sum(bits) <= len(bits) - LOOK_ONES_MIN:
        return ""
    return f"{int(''.join('01'[bit] for bit in bits), 2):064x}"
