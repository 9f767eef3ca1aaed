"""Images from outside, decoded and encoded anew: what was hidden in them, place and camera included, stays behind."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from demeu.kernel.errors import invalid
from demeu.vault.documents.rules import IMAGES, PIXELS_MAX

QUALITY = 88


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
