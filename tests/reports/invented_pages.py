"""Pages and PDF files invented for the tests."""

from __future__ import annotations

TITLE = "Tessakane : neuf villageois tués dans une attaque"
BODY = (
    "Neuf villageois ont été tués dans la nuit de mardi à mercredi à Tessakane, dans le nord du pays, par des hommes "
    "armés venus à moto, ont indiqué des sources locales.",
    "Les assaillants ont incendié plusieurs greniers avant de se replier vers la forêt de Bolgou, selon un élu de la "
    "commune, qui dit avoir compté les corps au petit matin.",
    "L'armée, dont un poste se trouve à douze kilomètres, est arrivée vers six heures. Elle dit avoir engagé la "
    "poursuite des assaillants et saisi deux motos.",
)


def page(*, head: str = "", before: str = "", after: str = "", lang: str = "fr", body: tuple[str, ...] = BODY) -> str:
    """A news page with a menu, an article, teasers and a foot."""
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in body)
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{TITLE} | Le Courrier du Bolgou</title>
<meta property="og:site_name" content="Le Courrier du Bolgou"><meta property="og:title" content="{TITLE}">
<meta name="author" content="Par Awa Sondé">{head}</head><body>
<nav><ul><li><a href="/a">Accueil</a></li><li><a href="/b">Politique</a></li><li><a href="/c">Sport</a></li></ul></nav>
<main><article><h1>{TITLE}</h1>{before}
{paragraphs}
<p>Lire aussi : Les marchés rouvrent à Kossoya</p><p>Crédit photo : Courrier du Bolgou</p>{after}</article></main>
<aside><ul><li><a href="/d">Un autre titre</a></li></ul></aside>
<footer><p>© 2021 Le Courrier du Bolgou. Tous droits réservés.</p></footer></body></html>"""


def pdf(*pages: list[str], title: str = "", producer: str = "") -> bytes:
    """A PDF file with a line of text for each string; Latin letters only."""
    info = f"/Title {_string(title)} /Producer {_string(producer)}".encode("cp1252")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< " + info + b" >>"]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        drawn = "".join(f"{_string(line)} Tj T* " for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {drawn}ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    return _file(objects)


def _string(text: str) -> str:
    return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"


def _file(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer
