"""Invent names of persons and places: half from short lists, half from syllables, so that none is learned by heart."""

from dataclasses import dataclass

import numpy as np

from .draws import chance, pick, weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Culture:
    """What the names of one part of the world are made of; each field is a tuple of pieces."""

    onsets: tuple[str, ...]
    vowels: tuple[str, ...]
    codas: tuple[str, ...]
    surnames: tuple[str, ...]
    endings: tuple[str, ...]
    given: tuple[str, ...]
    particles: tuple[str, ...] = ("",)
    syllables: int = 2


def _culture(
    onsets: str,
    vowels: str,
    codas: str,
    surnames: str,
    endings: str,
    given: str,
    particles: str = "",
    syllables: int = 2,
) -> Culture:
    return Culture(
        onsets=tuple(onsets.split()),
        vowels=tuple(vowels.split()),
        codas=("", *codas.split()),
        surnames=tuple(surnames.split()),
        endings=tuple(endings.split()),
        given=tuple(given.split()),
        particles=tuple(particles.split("|")) if particles else ("",),
        syllables=syllables,
    )


ENGLISH = _culture(
    "b br c ch cl d dr f g gr h j k l m n p r s sh st t th tr w wh",
    "a e i o u ea oo ai ou",
    "n r l t ck rd nd st m ll ss rt x",
    "Smith Jones Taylor Brown Walker Baker Cooper Wright Hughes Edwards Clarke O'Brien O'Neill McDonald MacLeod Lee "
    "Young King Hill Ward Price Long Gray Park Fox West",
    "son ton ley man well field ford worth er by wood ham s",
    "John Mary James Linda Robert Susan Michael Karen William Nancy David Lisa Thomas Emily Kevin Grace Ian Ruth Amy",
    "|||||||Mc|Mac|O'",
)
GERMAN = _culture(
    "b br d f fr g gr h k kl kr l m n p r s sch schw st t v w z",
    "a e i o u au ei ie ä ö ü",
    "n r l ch t tz ck rt ng nn ll mm ss ß",
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf "
    "Groß Krüger Weiß Jäger Lang Kraus",
    "mann er bauer stein berg hardt meier ing ler ke hofer feld",
    "Hans Anna Peter Ursula Jürgen Käthe Klaus Heike Wolfgang Sabine Uwe Jörg Björn Ute Franz Gisela Karl-Heinz Eva",
    "||||||||von |van der |zu ",
)
FRENCH = _culture(
    "b br c ch d f fl g gr j l m n p pr r s t tr v",
    "a e i o u ou eau oi é è ai",
    "n r l t x s",
    "Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Simon Laurent Lefèvre Roux Fournier Girard Rousseau "
    "Chevalier Gauthier Lemaître Béranger",
    "ier eau ard ot et in el on ault aux",
    "Jean Marie Pierre Hélène Michel Françoise Jean-Luc Chloé André Zoé Rémi Amélie Benoît Noël Luc Anaïs",
    "|||||||de |Le |d'|La |du ",
)
SPANISH = _culture(
    "b c ch d f g gu h j l ll m n p qu r s t v z",
    "a e i o u ia ue á é ó",
    "n r l s z",
    "García López Martínez Sánchez Pérez Gómez Ruiz Díaz Núñez Castro Ortega Rojas Ibáñez Silva Souza Ferreira Peña",
    "ez es ero illo ales ano ada eira inho oso",
    "José María Juan Carmen Luis Inés Jesús Lucía Raúl Belén Andrés João Antônio Conceição Sofía Iñigo",
    "|||||||de |de la |da |dos |del ",
)
POLISH = _culture(
    "b br c cz d dr g gr j k kr l m n p prz r s st sz t w wr z",
    "a e i o u y ie ia",
    "n r l k sz cz w j",
    "Nowak Kowalski Wojcik Kaminski Zielinska Szymanski Mazur Kubiak Novak Dvorak Horvat Petrov Ivanova Kovacs Nagy",
    "ski ska cki wicz czyk ak ek owa ov ova enko uk ic",
    "Jan Anna Piotr Ewa Tomasz Zofia Marek Olga Ivan Jiri Pavel Katarzyna Wojciech Milos Elek Ilona",
)
NORDIC = _culture(
    "b bj br d f fr g h hj k kn l m n r s sk st t v",
    "a e i o u å ø ö æ ä y",
    "n r l g rn nd ld st",
    "Hansen Johansson Nilsson Larsen Lindström Åberg Sørensen Korhonen Virtanen Dahl Berg Ødegård Jónsson Mäkinen",
    "sen sson gren lund qvist ström dahl gaard nen la berg",
    "Lars Ingrid Olaf Åse Björn Sørine Erik Kaisa Mikko Jørgen Göran Anneli Søren Pär Aino",
)
TURKISH = _culture(
    "b c d e f g h k l m n s t y z",
    "a e i o u",
    "n r l k z m t",
    "Yilmaz Kaya Demir Celik Sahin Yildiz Ozturk Aydin Arslan Dogan Kilic Cetin Gunes Koc",
    "oglu gil er ci kaya soy turk can",
    "Mehmet Ayse Mustafa Fatma Ahmet Emine Ali Hatice Murat Zeynep Can Elif Ibrahim Gul",
)
VIETNAMESE = _culture(
    "b ch d h kh l m ng nh ph qu t th tr v x",
    "a e i o u ie uo ua oa uy",
    "n ng nh m c t p",
    "Nguyen Tran Le Pham Hoang Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly",
    "n ng nh",
    "Anh Thi Van Minh Huong Duc Lan Hung Mai Tuan Thao Quang Linh Phuc",
    syllables=1,
)
INDIAN = _culture(
    "b bh ch d dh g j k kh l m n p r s sh t v",
    "a aa e i o u ee",
    "n r l m sh t",
    "Patel Sharma Singh Kumar Gupta Reddy Nair Iyer Khan Das Rao Joshi Mehta Banerjee Subramanian Fernando Perera",
    "an appa esh wal kar ani nath swamy raju jee",
    "Raj Priya Amit Sunita Vijay Lakshmi Arjun Deepa Sanjay Anjali Ravi Meena Harish Kavitha",
)
ARABIC = _culture(
    "b d f g h j k kh l m n q r s sh t w y z",
    "a i u aa ee ou",
    "d r l m n h b s",
    "Hassan Ahmed Ali Ibrahim Khalil Mansour Haddad Nasser Farouk Saleh Rahman Aziz Karimi Hosseini Rezaei Cohen Levi",
    "i awi ani ir eh een zadeh",
    "Mohammed Fatima Omar Layla Youssef Aisha Khaled Noor Tariq Zainab Reza Maryam Samir Huda",
    "||||||al-|Al |El-|Abu |bin |Ben ",
)
CHINESE = _culture(
    "b ch d f g h j k l m n p q s sh t w x y z zh",
    "a e i o u ao ai ia ua ei uo",
    "n ng",
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Kim Lee Park Choi Jung",
    "ng n",
    "Wei Fang Na Xiu Ying Jun Min Jing Lei Tao Hui Ping Gang Ji-woo Min-jun Seo-yeon Mei Xin",
    syllables=1,
)
JAPANESE = _culture(
    "k s t n h m y r w g z d b sh ch",
    "a i u e o",
    "n",
    "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Ogawa Ota Abe",
    "moto da yama mura kawa shima no ta ki saki",
    "Hiroshi Yoko Takeshi Keiko Kenji Naoko Akira Yumi Satoshi Haruka Taro Hanako Makoto Aoi",
)
AFRICAN = _culture(
    "b d f g k l m mb mw n nd ng ny o s t w z",
    "a e i o u",
    "n m",
    "Okafor Mensah Abebe Nkosi Dlamini Diallo Kamau Mwangi Adeyemi Traore Banda Otieno Osei",
    "wa ba ko nde ola emi ulu",
    "Amina Kofi Chinedu Ngozi Thabo Zanele Mamadou Awa Wanjiru Tunde Abena Sipho",
)

CULTURES: tuple[tuple[float, Culture], ...] = (
    (24, ENGLISH),
    (13, GERMAN),
    (9, FRENCH),
    (10, SPANISH),
    (8, POLISH),
    (6, NORDIC),
    (5, TURKISH),
    (5, VIETNAMESE),
    (6, INDIAN),
    (5, ARABIC),
    (4, CHINESE),
    (3, JAPANESE),
    (2, AFRICAN),
)

_ASCII = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "å": "a",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ø": "O",
        "Å": "A",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
    }
    | dict(zip("àáâãèéêëìíîïñòóôõùúûýçÀÁÂÈÉÊÍÑÓÚÇ", "aaaaeeeeiiiinoooouuuycAAAEEEINOUC", strict=True))
)


def plain(text: str) -> str:
    """Return `text` without accents, as consoles that know only ASCII write it."""
    return text.translate(_ASCII)


def coined(rng: np.random.Generator, culture: Culture) -> str:
    """Invent a word from the culture's syllables."""
    count = max(1, culture.syllables + int(rng.random() * 3) - 1)
    parts = []
    for index in range(count):
        onset = "" if index == 0 and chance(rng, 0.12) else pick(rng, culture.onsets)
        parts.append(onset + pick(rng, culture.vowels) + (pick(rng, culture.codas) if chance(rng, 0.5) else ""))
    return "".join(parts).capitalize()


def surname(rng: np.random.Generator, culture: Culture) -> str:
    """Invent a family name, with particle, hyphen or apostrophe now and then."""
    shape = rng.random()
    if shape < 0.3:
        name = pick(rng, culture.surnames)
    elif shape < 0.65:
        name = coined(rng, culture) + pick(rng, culture.endings)
    else:
        name = coined(rng, culture)
    name = pick(rng, culture.particles) + name
    if chance(rng, 0.04):
        name += pick(rng, ("-", "-", " ")) + surname(rng, culture)
    return _accents(rng, name)


def given_name(rng: np.random.Generator, culture: Culture) -> str:
    """Invent a given name."""
    name = pick(rng, culture.given) if chance(rng, 0.5) else coined(rng, culture)
    return _accents(rng, name)


def culture_of(rng: np.random.Generator) -> Culture:
    """Draw a culture by how often its names stand on consoles that this software will see."""
    return weighted(rng, CULTURES)


def place(rng: np.random.Generator, culture: Culture) -> str:
    """Invent the name of a town or a district."""
    ending = pick(
        rng,
        (
            "burg",
            "ville",
            "ton",
            "field",
            "stadt",
            "heim",
            "berg",
            "grad",
            "port",
            "bridge",
            "",
            "",
            "",
            " City",
            "hausen",
        ),
    )
    return _accents(rng, coined(rng, culture) + ending)


def _accents(rng: np.random.Generator, name: str) -> str:
    # Accents stand in about a tenth of the names on screen: most consoles, and most headers, are ASCII.
    return name if chance(rng, 0.6) else plain(name)
