"""What languages are called, in the site's language: by the names of Unicode's CLDR."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.site.words import N_

if TYPE_CHECKING:
    from generator.site.words import Words

NAMES: Final = {
    "af": N_("Afrikaans"),
    "am": N_("Amharic"),
    "ar": N_("Arabic"),
    "az": N_("Azerbaijani"),
    "be": N_("Belarusian"),
    "bg": N_("Bulgarian"),
    "bn": N_("Bangla"),
    "bs": N_("Bosnian"),
    "ca": N_("Catalan"),
    "cs": N_("Czech"),
    "cy": N_("Welsh"),
    "da": N_("Danish"),
    "de": N_("German"),
    "el": N_("Greek"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "et": N_("Estonian"),
    "eu": N_("Basque"),
    "fa": N_("Persian"),
    "fi": N_("Finnish"),
    "fr": N_("French"),
    "ga": N_("Irish"),
    "gl": N_("Galician"),
    "gu": N_("Gujarati"),
    "he": N_("Hebrew"),
    "hi": N_("Hindi"),
    "hr": N_("Croatian"),
    "hu": N_("Hungarian"),
    "hy": N_("Armenian"),
    "id": N_("Indonesian"),
    "is": N_("Icelandic"),
    "it": N_("Italian"),
    "ja": N_("Japanese"),
    "ka": N_("Georgian"),
    "kk": N_("Kazakh"),
    "km": N_("Khmer"),
    "kn": N_("Kannada"),
    "ko": N_("Korean"),
    "ky": N_("Kyrgyz"),
    "lb": N_("Luxembourgish"),
    "lt": N_("Lithuanian"),
    "lv": N_("Latvian"),
    "mk": N_("Macedonian"),
    "ml": N_("Malayalam"),
    "mn": N_("Mongolian"),
    "mr": N_("Marathi"),
    "ms": N_("Malay"),
    "mt": N_("Maltese"),
    "my": N_("Burmese"),
    "nb": N_("Norwegian Bokmål"),
    "ne": N_("Nepali"),
    "nl": N_("Dutch"),
    "nn": N_("Norwegian Nynorsk"),
    "no": N_("Norwegian"),
    "pa": N_("Punjabi"),
    "pl": N_("Polish"),
    "ps": N_("Pashto"),
    "pt": N_("Portuguese"),
    "ro": N_("Romanian"),
    "ru": N_("Russian"),
    "sk": N_("Slovak"),
    "sl": N_("Slovenian"),
    "so": N_("Somali"),
    "sq": N_("Albanian"),
    "sr": N_("Serbian"),
    "sv": N_("Swedish"),
    "sw": N_("Swahili"),
    "ta": N_("Tamil"),
    "te": N_("Telugu"),
    "th": N_("Thai"),
    "tr": N_("Turkish"),
    "uk": N_("Ukrainian"),
    "ur": N_("Urdu"),
    "uz": N_("Uzbek"),
    "vi": N_("Vietnamese"),
    "zh": N_("Chinese"),
}


def tongue(code: str, said: Words) -> str:
    """Return the name of the language that a code of BCP 47 stands for, its region behind it, or the code itself."""
    parts = code.replace("_", "-").split("-")
    name = NAMES.get(parts[0].lower(), "")
    if not name:
        return code
    rest = " ".join(parts[1:])
    return f"{said.gettext(name)} ({rest})" if rest else said.gettext(name)
