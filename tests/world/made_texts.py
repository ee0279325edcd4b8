"""Texts of a made world: articles in French and English, in varied phrasing, to be read by the real coder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from made_coverage import Mention, Piece
from made_world import COUNTRIES, KINDS, Happening, invented_name

FR_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
EN_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
FR_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
EN_MONTHS = "January February March April May June July August September October November December".split()
FR_NUMBERS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
EN_NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
)

FR_FILLER = (
    "Des renforts ont été envoyés sur place.", "La population est sous le choc.", "Une enquête a été ouverte.",
    "Les autorités appellent au calme.", "La zone est d'accès difficile et les communications y sont coupées.",
    "Plusieurs familles ont quitté les lieux.", "Aucun détail n'a été donné sur les circonstances.",
)  # fmt: skip
EN_FILLER = (
    "Reinforcements were sent to the area.", "Residents are in shock.", "An investigation has been opened.",
    "Officials called for calm.", "The area is hard to reach and phone lines are down.", "Families have left the area.",
    "No further details were given.",
)  # fmt: skip


def texts(pieces: Sequence[Piece], seed: int = 2) -> Iterator[tuple[Piece, str, str]]:
    """Each piece with its title and text; a copy carries its dispatch, sometimes cut short, under a line of its own."""
    written: dict[str, tuple[str, str]] = {}
    for piece in pieces:
        drawn = Random(f"{seed} {piece.id}")
        if piece.copy_of:
            title, text = written[piece.copy_of]
            paragraphs = text.split("\n\n")
            kept = paragraphs if drawn.random() < 0.6 else paragraphs[: max(2, len(paragraphs) - 1)]
            yield piece, title, "\n\n".join(kept)
            continue
        written[piece.id] = _round_up(drawn, piece) if piece.summed else _article(drawn, piece)
        yield piece, *written[piece.id]


def _article(drawn: Random, piece: Piece) -> tuple[str, str]:
    write = _French(drawn, piece) if piece.language == "fr" else _English(drawn, piece)
    main = piece.mentions[0]
    paragraphs = [write.lead(main), write.more(main)]
    paragraphs += [write.recall(mention) for mention in piece.mentions[1:]]
    paragraphs += [write.colour(), " ".join(drawn.sample(write.filler, 2)), write.colour()]
    return write.title(main), "\n\n".join(paragraphs)


class _French:
    filler = FR_FILLER

    def __init__(self, drawn: Random, piece: Piece) -> None:
        self.drawn, self.piece = drawn, piece

    def number(self, n: int) -> str:
        return FR_NUMBERS[n] if 1 < n <= 16 and self.drawn.random() < 0.7 else str(n)

    def people(self, n: int, victims: str) -> str:
        one, many = {"civilians": ("villageois", "villageois"), "state_forces": ("soldat", "soldats")}[victims]
        return f"un {one}" if n == 1 else f"{self.number(n)} {many}"

    def day(self, told: Happening) -> str:
        name = FR_DAYS[told.day.weekday()]
        if told.night:
            return f"dans la nuit de {name} à {FR_DAYS[(told.day.weekday() + 1) % 7]}"
        if (self.piece.published - told.day).days > 5 or self.drawn.random() < 0.3:
            return f"le {name} {told.day.day} {FR_MONTHS[told.day.month - 1]}"
        return name

    def where(self, told: Happening) -> str:
        at = self.drawn.choice(("à", "près de", "dans le village de", "dans la localité de")) if told.victims == "civilians" else \
            self.drawn.choice(("à", "près de"))  # fmt: skip
        return f"{at} {told.place.name}, dans la région de {told.place.admin1}"

    def source(self, told: Happening) -> str:
        if self.piece.agency and self.drawn.random() < 0.5:
            return f"a appris l'{self.piece.agency} de sources locales"
        return self.drawn.choice(
            (f"selon {told.people[0]}, le maire", "selon des sources locales", "a indiqué une source sécuritaire")
        )

    def toll(self, mention: Mention) -> str:
        return ("au moins " if mention.at_least else "") + self.people(mention.killed or 0, mention.happening.victims)

    def title(self, mention: Mention) -> str:
        told, country = mention.happening, COUNTRIES[mention.happening.place.country][0]
        noun = KINDS[told.kind][1]
        if mention.army_view:
            return f"{country} : l'armée annonce avoir tué {told.rival} jihadistes à {told.place.name}"
        if told.kind == "abduction":
            return f"{country} : {self.people(told.abducted, told.victims)} enlevés à {told.place.name}"
        if self.piece.update:
            return f"{country} : le bilan de l'attaque de {told.place.name} passe à {self.number(mention.killed or 0)} morts"
        return f"{country} : {self.people(mention.killed or 0, told.victims)} tués dans {noun} à {told.place.name}"

    def lead(self, mention: Mention) -> str:
        told = mention.happening
        if mention.army_view:
            return f"L'armée dit avoir tué {told.rival} jihadistes dans une frappe de drone {self.day(told)} {self.where(told)}."
        if told.kind == "abduction":
            return f"{self.people(told.abducted, told.victims).capitalize()} ont été enlevés {self.day(told)} par {told.actor[2]} {self.where(told)}, {self.source(told)}."
        noun, n = KINDS[told.kind][1], mention.killed or 0
        if self.piece.update:
            return f"Le bilan de l'attaque menée {self.day(told)} par {told.actor[2]} {self.where(told)} est passé à {self.number(n)} morts, {self.source(told)}."
        verb = "a été tué" if n == 1 else "ont été tués"
        return self.drawn.choice((
            f"{self.toll(mention).capitalize()} {verb} {self.day(told)} dans {noun} {self.where(told)}, {self.source(told)}.",
            f"{noun[0].upper()}{noun[1:]} attribuée à {told.actor[2].replace('le ', 'au ', 1) if told.actor[2].startswith('le ') else told.actor[2]} a fait {self.number(n)} mort{'s' * (n > 1)} {self.day(told)} {self.where(told)}, {self.source(told)}.".replace("à au ", "au "),
        ))  # fmt: skip

    def more(self, mention: Mention) -> str:
        told, said = mention.happening, []
        if told.wounded and not mention.army_view:
            said.append(f"{self.number(told.wounded).capitalize()} autres personnes ont été blessées.")
        if told.attackers_killed:
            said.append(f"{self.number(told.attackers_killed).capitalize()} assaillants ont été tués, selon l'armée.")
        said.append(
            f"« Nous avons tout perdu », a raconté {self.drawn.choice(told.people)}, habitant de {told.place.name}."
        )
        return " ".join(said)

    def recall(self, mention: Mention) -> str:
        told = mention.happening
        when = (
            f"En {FR_MONTHS[told.day.month - 1]}"
            if mention.month_only
            else f"Le {told.day.day} {FR_MONTHS[told.day.month - 1]}"
        )
        return f"{when}, {KINDS[told.kind][1]} à {told.place.name} avait fait {self.number(told.killed)} morts."

    def colour(self) -> str:
        """What this report alone has: people and places seen by its own writer."""
        one, two, three, four = (invented_name(self.drawn) for _ in range(4))
        return self.drawn.choice((
            f"Au marché de {one}, {two} {three} vendait du mil et parlait de {four}.",
            f"{one} {two}, qui tient une boutique à {three}, attend des nouvelles de son cousin {four}.",
            f"Sur la route de {one}, un convoi de commerçants de {two} a fait demi-tour vers {three} et {four}.",
            f"Le préfet de {one} a reçu une délégation de {two} conduite par {three} {four}.",
        ))  # fmt: skip


class _English:
    filler = EN_FILLER

    def __init__(self, drawn: Random, piece: Piece) -> None:
        self.drawn, self.piece = drawn, piece

    def number(self, n: int) -> str:
        return EN_NUMBERS[n] if 0 < n <= 16 and self.drawn.random() < 0.7 else str(n)

    def people(self, n: int, victims: str) -> str:
        one, many = {"civilians": ("villager", "villagers"), "state_forces": ("soldier", "soldiers")}[victims]
        return f"{self.number(n)} {one if n == 1 else many}"

    def day(self, told: Happening) -> str:
        name = EN_DAYS[told.day.weekday()]
        if told.night:
            return f"overnight from {name} to {EN_DAYS[(told.day.weekday() + 1) % 7]}"
        if (self.piece.published - told.day).days > 5 or self.drawn.random() < 0.3:
            return f"on {name}, {EN_MONTHS[told.day.month - 1]} {told.day.day}"
        return f"on {name}"

    def where(self, told: Happening) -> str:
        return f"{self.drawn.choice(('in', 'near'))} {told.place.name}, in {COUNTRIES[told.place.country][1]}'s {told.place.admin1} region"

    def source(self, told: Happening) -> str:
        return self.drawn.choice(
            (f"mayor {told.people[0]} said", "local sources said", "a security source said", "residents said")
        )

    def toll(self, mention: Mention) -> str:
        return ("at least " if mention.at_least else "") + self.people(mention.killed or 0, mention.happening.victims)

    def title(self, mention: Mention) -> str:
        told = mention.happening
        if mention.army_view:
            return f"Army says it killed {told.rival} jihadists in {told.place.name}"
        if told.kind == "abduction":
            return f"{self.people(told.abducted, told.victims).capitalize()} abducted in {told.place.name}"
        if self.piece.update:
            return f"Death toll in {told.place.name} attack rises to {mention.killed}"
        return f"{self.people(mention.killed or 0, told.victims).capitalize()} killed in {KINDS[told.kind][2]} in {told.place.name}"

    def lead(self, mention: Mention) -> str:
        told, n = mention.happening, mention.killed or 0
        if mention.army_view:
            return f"The army said it had killed {told.rival} jihadists in a drone strike {self.day(told)} {self.where(told)}."
        if told.kind == "abduction":
            return f"{told.actor[3][:1].upper()}{told.actor[3][1:]} abducted {self.people(told.abducted, told.victims)} {self.day(told)} {self.where(told)}, {self.source(told)}."
        if self.piece.update:
            return f"The death toll from an attack by {told.actor[3]} {self.day(told)} {self.where(told)} has risen to {self.number(n)}, {self.source(told)}."
        verb = "was" if n == 1 else "were"
        return self.drawn.choice((
            f"{self.toll(mention).capitalize()} {verb} killed {self.day(told)} in {KINDS[told.kind][2]} {self.where(told)}, {self.source(told)}.",
            f"{KINDS[told.kind][2].capitalize()} by {told.actor[3]} killed {self.toll(mention)} {self.day(told)} {self.where(told)}, {self.source(told)}.",
        ))  # fmt: skip

    def more(self, mention: Mention) -> str:
        told, said = mention.happening, []
        if told.wounded and not mention.army_view:
            said.append(f"{self.number(told.wounded).capitalize()} others were wounded.")
        if told.attackers_killed:
            said.append(f"{self.number(told.attackers_killed).capitalize()} attackers were killed, the army said.")
        said.append(f'"We lost everything," said {self.drawn.choice(told.people)}, a resident of {told.place.name}.')
        return " ".join(said)

    def recall(self, mention: Mention) -> str:
        told = mention.happening
        month = EN_MONTHS[told.day.month - 1]
        when = f"In {month}" if mention.month_only else f"On {month} {told.day.day}"
        return f"{when}, {KINDS[told.kind][2]} in {told.place.name} killed {self.number(told.killed)} people."

    def colour(self) -> str:
        """What this report alone has: people and places seen by its own writer."""
        one, two, three, four = (invented_name(self.drawn) for _ in range(4))
        return self.drawn.choice((
            f"At the market of {one}, {two} {three} was selling millet and talked of {four}.",
            f"{one} {two}, who keeps a shop in {three}, waits for news of his cousin {four}.",
            f"On the road to {one}, traders from {two} turned back towards {three} and {four}.",
            f"The prefect of {one} received a delegation from {two} led by {three} {four}.",
        ))  # fmt: skip


def _round_up(drawn: Random, piece: Piece) -> tuple[str, str]:
    where, dead = piece.area, sum(h.killed for h in piece.summed)
    assert where is not None
    n = len(piece.summed)
    if piece.language == "fr":
        title = (
            f"{COUNTRIES[where.country][0]} : {FR_NUMBERS[n]} attaques en une semaine dans la région de {where.admin1}"
        )
        first = f"{FR_NUMBERS[n].capitalize()} attaques ont fait {dead} morts en une semaine dans la région de {where.admin1}, selon un décompte."
        return title, f"{first}\n\n{' '.join(drawn.sample(FR_FILLER, 2))}"
    title = f"{EN_NUMBERS[n].capitalize()} attacks in a week in {where.admin1} region"
    first = f"{EN_NUMBERS[n].capitalize()} attacks killed {dead} people in one week in {COUNTRIES[where.country][1]}'s {where.admin1} region, according to a tally."
    return title, f"{first}\n\n{' '.join(drawn.sample(EN_FILLER, 2))}"
