"""Countries to choose from, each with the currency that its owners count in, all by name.

A country's code chooses its official holidays. Countries that are not listed can still be set in
the details of a book, by their code.
"""

from dataclasses import dataclass

from backstop.domain import CURRENCIES, Message, message
from backstop.telling import Words


@dataclass(frozen=True)
class Country:
    """A country: ISO 3166 code, name, ISO 4217 currency."""

    code: str
    name: Message
    currency: str


COUNTRIES = (
    Country("CN", message("China"), "CNY"),
    Country("US", message("United States"), "USD"),
    Country("GB", message("United Kingdom"), "GBP"),
    Country("HK", message("Hong Kong"), "HKD"),
    Country("MO", message("Macao"), "MOP"),
    Country("TW", message("Taiwan"), "TWD"),
    Country("SG", message("Singapore"), "SGD"),
    Country("AU", message("Australia"), "AUD"),
    Country("AT", message("Austria"), "EUR"),
    Country("BE", message("Belgium"), "EUR"),
    Country("BR", message("Brazil"), "BRL"),
    Country("CA", message("Canada"), "CAD"),
    Country("CZ", message("Czechia"), "CZK"),
    Country("DK", message("Denmark"), "DKK"),
    Country("FI", message("Finland"), "EUR"),
    Country("FR", message("France"), "EUR"),
    Country("DE", message("Germany"), "EUR"),
    Country("GR", message("Greece"), "EUR"),
    Country("IN", message("India"), "INR"),
    Country("ID", message("Indonesia"), "IDR"),
    Country("IE", message("Ireland"), "EUR"),
    Country("IT", message("Italy"), "EUR"),
    Country("JP", message("Japan"), "JPY"),
    Country("MY", message("Malaysia"), "MYR"),
    Country("MX", message("Mexico"), "MXN"),
    Country("NL", message("Netherlands"), "EUR"),
    Country("NZ", message("New Zealand"), "NZD"),
    Country("NO", message("Norway"), "NOK"),
    Country("PH", message("Philippines"), "PHP"),
    Country("PL", message("Poland"), "PLN"),
    Country("PT", message("Portugal"), "EUR"),
    Country("ZA", message("South Africa"), "ZAR"),
    Country("KR", message("South Korea"), "KRW"),
    Country("ES", message("Spain"), "EUR"),
    Country("SE", message("Sweden"), "SEK"),
    Country("CH", message("Switzerland"), "CHF"),
    Country("TH", message("Thailand"), "THB"),
    Country("TR", message("Türkiye"), "TRY"),
    Country("AE", message("United Arab Emirates"), "AED"),
    Country("VN", message("Vietnam"), "VND"),
)

CURRENCY_NAMES = {
    "AED": message("UAE dirham"),
    "AUD": message("Australian dollar"),
    "BRL": message("Brazilian real"),
    "CAD": message("Canadian dollar"),
    "CHF": message("Swiss franc"),
    "CNY": message("Chinese yuan"),
    "CZK": message("Czech koruna"),
    "DKK": message("Danish krone"),
    "EUR": message("Euro"),
    "GBP": message("British pound"),
    "HKD": message("Hong Kong dollar"),
    "IDR": message("Indonesian rupiah"),
    "INR": message("Indian rupee"),
    "JPY": message("Japanese yen"),
    "KRW": message("South Korean won"),
    "MOP": message("Macanese pataca"),
    "MXN": message("Mexican peso"),
    "MYR": message("Malaysian ringgit"),
    "NOK": message("Norwegian krone"),
    "NZD": message("New Zealand dollar"),
    "PHP": message("Philippine peso"),
    "PLN": message("Polish zloty"),
    "SEK": message("Swedish krona"),
    "SGD": message("Singapore dollar"),
    "THB": message("Thai baht"),
    "TRY": message("Turkish lira"),
    "TWD": message("New Taiwan dollar"),
    "USD": message("US dollar"),
    "VND": message("Vietnamese dong"),
    "ZAR": message("South African rand"),
}


def likely_country(territory: str, words: Words) -> str:
    """The country of a computer's locale (ISO 3166), else one where the language's own currency is
    counted in; empty where there are several."""
    if any(each.code == territory for each in COUNTRIES):
        return territory
    own = words.language.first_currency
    possible = [each.code for each in COUNTRIES if each.currency == own]
    return possible[0] if len(possible) == 1 else ""


def currency_in(country: str, words: Words) -> str:
    """The currency of a country; that of the language where the country is not listed."""
    found = {each.code: each.currency for each in COUNTRIES}
    return found.get(country, words.language.first_currency)


def country_choices(words: Words) -> list[tuple[str, str]]:
    """Codes and names, and no code for any other country."""
    named = [(each.code, words.tell(each.name)) for each in COUNTRIES]
    return [*named, ("", words.say("Another country: weekends only"))]


def currency_choices(words: Words) -> list[tuple[str, str]]:
    """Codes, and names with the code beside them, in the order of the names in English."""
    in_order = sorted(CURRENCIES, key=lambda code: CURRENCY_NAMES[code].text)
    return [(code, f"{words.tell(CURRENCY_NAMES[code])} ({code})") for code in in_order]
