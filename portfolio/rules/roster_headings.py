"""Headings as schools write them, in English, Spanish, Arabic and some more: which says what.

A new word is one more line here. Every word is compared small, without accents, articles and signs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from portfolio.rules.roster import HOME_ROLES, LeftOut, Role, Sure


@dataclass(frozen=True)
class Heading:
    """What a heading says; ``home`` is 0 where it names no number."""

    role: Role
    sure: Sure = "sure"
    home: int = 0
    left_out: LeftOut = ""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a heading: small, without accents and signs, numbers and “TwoWords” apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = unicodedata.normalize("NFKD", re.sub("[#№]|[Nn][°º]", " number ", apart)).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c)).replace("'s", "").replace("’s", "")
    found = re.findall(r"\d+|[^\W\d_]+", letters)
    return tuple(w[2:] if w.startswith("ال") and len(w) > 4 else w for w in found)


def _each(text: str) -> frozenset[str]:
    return frozenset(" ".join(words(phrase)) for phrase in text.split("|") if phrase.strip())


CHILD = _each("student|pupil|child|learner|scholar|alumno|alumna|estudiante|niño|niña|الطالب|الطالبة|طالب|التلميذ|الطفل|"
               "élève|enfant|Schüler|Schülerin|Kind|aluno|aluna|estudante")  # fmt: skip
FILLER = _each(
    "of|the|a|and|s|del|de|la|el|los|las|du|des|le|do|da|y|e|o|or|in|is|for|full|legal|complete|completo"
)
_ADULT = _each("guardian|guardians|parent|parents|caregiver|carer|adult|grownup|mother|father|mom|dad|contact|tutor|"
               "tutora|madre|padre|padres|responsable|encargado|acudiente|apoderado|familia|family|ولي|أمر|الأم|الأب|"
               "والد|والدة|الوالد|الوالدة|Eltern|Elternteil|Erziehungsberechtigte|Mutter|Vater|parent|mère|père|"
               "tuteur|responsável|mãe|pai|g|p")  # fmt: skip
_HOME = _each("home|household|house|hogar|casa|domicilio|المنزل|البيت|الأسرة|foyer|maison|Haushalt|lar")
_SECOND = _each("second|secondary|segundo|segunda|other|father|dad|padre|الأب|الوالد|Vater|père|pai|الثاني")

_FATHER = _each("father|dad|padre|الأب|الوالد|Vater|père|pai")
_MOTHER = _each("mother|mom|mum|madre|الأم|والدة|الوالدة|Mutter|mère|mãe")

_NOT_NEEDED = _each(
    "dob|birth|birthday|birthdate|born|nacimiento|cumpleaños|الميلاد|ميلاد|Geburtsdatum|Geburtstag|naissance|nascimento|"
    "age|edad|ssn|addr|address|addresses|street|city|town|zip|zipcode|postcode|postal|dirección|calle|ciudad|العنوان|عنوان|"
    "Adresse|Straße|adresse|endereço|number|número|numero|nr|no|رقم|matrícula|gender|sex|sexo|género|الجنس|Geschlecht|"
    "sexe|gênero|race|ethnicity|etnia|religion|religión|nationality|nacionalidad|الجنسية|medical|health|allergies|"
    "allergy|alergias|iep|ell|el|eld|lep|lunch|frl|disability|passport|immigration|visa|income|photo|insurance|doctor"
)  # fmt: skip
_NOT_USED = _each(
    "email|mail|correo|البريد|courriel|phone|telephone|mobile|cell|tel|teléfono|móvil|celular|الهاتف|هاتف|الجوال|"
    "Telefon|Handy|téléphone|telefone|fax|bus|teacher|maestro|maestra|docente|المعلم|Lehrer|enseignant|school|escuela|"
    "المدرسة|Schule|école|district|counselor|relationship|parentesco|relation|emergency|date|enrollment|enrolled|status|"
    "notes|comments|notas|observaciones|ملاحظات|Bemerkung|room|locker|username|password|user|login|attendance|score|"
    "gpa|credits|picture|seat"
)  # fmt: skip

_EXACT: tuple[tuple[Role, str], ...] = (
    ("name", ("name|names|full name|last first|last first middle|last first mi|last name first name|surname first name|"
             "lastname firstname|first last|first name last name|nombre|nombre y apellido|nombre y apellidos|"
             "nombres y apellidos|nombres apellidos|apellidos nombre|apellidos y nombre|apellidos y nombres|"
             "apellido nombre|apellidos nombres|nombre completo|اسم|الاسم|الاسم الكامل|اسم ثلاثي|nom prénom|"
             "nom et prénom|nom complet|Vorname Nachname|Nachname Vorname|vor und nachname|nome|nome completo|"
             "имя|фамилия имя|姓名|名字|họ tên|họ và tên")),
    ("first", ("first|first name|firstname|given|given name|given names|forename|fname|nombres|nombre de pila|primer nombre|"
              "الاسم الأول|اسم أول|prénom|Vorname|primeiro nome|名")),
    ("last", ("last|last name|lastname|surname|family name|lname|apellido|apellidos|اسم العائلة|العائلة|عائلة|اللقب|لقب|"
             "الكنية|اسم أخير|nom de famille|Nachname|Familienname|sobrenome|apelido|фамилия|姓")),
    ("preferred", ("preferred|preferred name|preferred first name|nickname|nick name|goes by|called|known as|chosen name|"
                  "name used|apodo|nombre preferido|le gusta que le llamen|الاسم المفضل|اسم مفضل|prénom usuel|Rufname|"
                  "apelido preferido")),
    ("say", "say it|pronunciation|name pronunciation|how to say it|how to say name|pronunciación|النطق|prononciation"),
    ("pronouns", "pronoun|pronouns|preferred pronouns|pronombre|pronombres|الضمائر|ضمائر|pronoms|Pronomen|pronomes"),
    ("grade", "grade|grade level|gr|year|year group|level|grado|curso|nivel|الصف|صف|Klassenstufe|Jahrgang|niveau|série|ano"),
    ("homeroom", ("homeroom|home room|hr|class|section|group|form|tutor group|homeroom teacher|classroom|clase|grupo|salón|"
                 "sección|aula|الفصل|فصل|شعبة|الشعبة|Klasse|classe|turma")),
    ("id", "id|student id|portfolio id|portfolio|sis id|state id|identificador|المعرف|Kennung"),
    ("language", ("language|languages|lang|home language|native language|first language|primary language|mother tongue|"
                 "language read|reads|written language|preferred language|correspondence language|contact language|"
                 "language code|idioma|idiomas|lengua|lengua materna|idioma materno|idioma preferido|lee|اللغة|لغة|لغات|"
                 "اللغة الأم|لغة أم|Sprache|Sprachen|Muttersprache|Familiensprache|langue|langues|langue maternelle|"
                 "língua|idioma de correspondencia")),
    ("spoken", ("spoken|spoken language|language spoken|languages spoken|speaks|oral language|idioma hablado|habla|"
               "لغة الكلام|اللغة المحكية|langue parlée|gesprochene Sprache")),
    ("interpreter", ("interpreter|interpreter needed|needs interpreter|interpreter yes no|interpreter wanted|interpretation|"
                    "intérprete|necesita intérprete|مترجم|ترجمة|interprète|Dolmetscher|intérprete necessário")),
)  # fmt: skip
_ROLE: dict[str, Role] = {phrase: role for role, phrases in _EXACT for phrase in _each(phrases)}
_BARE: dict[str, Role] = {
    " ".join(w for w in phrase.split() if w not in FILLER): role for phrase, role in _ROLE.items()
}

_PARTS: tuple[tuple[Role, frozenset[str]], ...] = (
    ("interpreter", _each("interpreter|intérprete|مترجم|Dolmetscher|interprète")),
    ("language", _each("language|languages|lang|idioma|lengua|لغة|لغات|Sprache|langue|língua")),
    ("preferred", _each("preferred|nickname|preferido|مفضل")),
    ("pronouns", _each("pronouns|pronombres")),
    ("last", _each("last|surname|apellido|apellidos|Nachname|عائلة")),
    ("first", _each("first|given|Vorname|prénom")),
    ("name", _each("name|nombre|nome|اسم")),
    ("grade", _each("grade|grado")),
)

_ADULT_ROLE: dict[Role, Role] = {
    "name": "guardian",
    "preferred": "guardian",
    "first": "guardian_first",
    "last": "guardian_last",
}


def read_heading(text: str) -> Heading | None:
    """Return what a heading says, or ``None`` if it says nothing we know."""
    said = words(text)
    number = next((int(w) for w in said if len(w) == 1 and w.isdecimal() and int(w)), 0)
    named = [w for w in said if not w.isdigit()]
    if not named:
        return None
    phrase = " ".join(named)
    if phrase in _ROLE:
        return _settled(Heading(_ROLE[phrase]), number)
    if {"id"} & set(named) and set(named) & CHILD:
        return Heading("id")
    for reason, unwanted in (("not needed", _NOT_NEEDED), ("not used", _NOT_USED)):
        if unwanted & set(named):
            return Heading("", left_out="not needed" if reason == "not needed" else "not used")
    adult, home = _ADULT & set(named), _HOME & set(named)
    rest = [w for w in named if w not in _ADULT | _HOME | _SECOND | CHILD | FILLER and w != "primary"]
    said_by = _SECOND & set(named)
    if _MOTHER & set(named):
        said_by -= _FATHER  # “Mother/Father” is one column with the grown-ups of one home
    second = not number and (adult or home) and said_by
    found = _settled(_of_rest(rest, named, adult=bool(adult), home=bool(home)), 2 if second else number)
    if found and second and said_by <= _FATHER and found.sure == "sure":
        return replace(found, sure="likely")  # that he is the second one, the heading does not say
    return found


def _of_rest(rest: list[str], named: list[str], *, adult: bool, home: bool) -> Heading | None:
    """Return what is left once the words for child, adult and home are set aside."""
    if not rest:
        if adult:
            return Heading("guardian")
        if home:
            return Heading("household")
        return Heading("name") if set(named) & CHILD else None
    phrase = " ".join(rest)
    exact: Role = _ROLE.get(phrase, _BARE.get(phrase, ""))
    sure: Sure = "sure" if exact else "likely"
    role: Role = exact or next((found for found, parts in _PARTS if parts & set(rest)), "")
    if adult:
        role = _ADULT_ROLE.get(role, role)
    elif home and role == "name":
        role = "household"
    return Heading(role, sure) if role else None


def _settled(heading: Heading | None, number: int) -> Heading | None:
    """Return the heading with the number of its home, if it is about one."""
    if heading is None or heading.role not in HOME_ROLES:
        return heading
    return Heading(heading.role, heading.sure, number)
