"""Writes planner/data/common-passwords.txt: the passwords of twelve characters and more that are tried first.

Run from the repository's root when the patterns change: ``python tools/common_passwords.py``. Everything shorter is
refused by its length, so it is not in the list. The patterns are the ones that every published list of leaked passwords
shows: a well-known word with a number, a season with a year, a walk over the keyboard, a word said twice, a phrase
everybody knows; in English, in Swedish, and with the words that lie near to hand here.
"""

from collections.abc import Iterator
from pathlib import Path

SHORTEST = 12
TARGET = Path(__file__).parents[1] / "planner" / "data" / "common-passwords.txt"

ENGLISH = """
    password passw0rd p@ssword p@ssw0rd pa55word welcome welcome1 letmein iloveyou monkey dragon sunshine princess
    football baseball basketball superman batman shadow master michael charlie jordan trustno1 whatever starwars
    computer internet secret changeme default qwerty qwertyuiop asdfgh asdfghjkl zxcvbnm abc abcd abcdef admin
    administrator root user guest test testing login access manager service support office company business freedom
    hello hellokitty liverpool manchester chelsea arsenal barcelona google facebook linkedin microsoft windows
    spring summer autumn winter monday friday january february march april october november december
"""
SWEDISH = """
    lösenord losenord lösen losen lösenordet mittlösenord mittlosenord hemlig hemligt hemlighet välkommen valkommen
    sommar sommaren vinter vintern höst hösten host hosten vår våren varen semester midsommar julafton jultomten
    sverige svensk svenska stockholm göteborg goteborg malmö malmo uppsala örebro orebro fotboll ishockey hockey
    innebandy hammarby djurgården djurgarden malmöff ifkgöteborg färjestad farjestad färjestadbk farjestadbk
    hejhej hejsan hejhopp goddag älskling alskling jagälskardig jagalskardig älskardig alskardig kärlek karlek
    mamma pappa familjen barnen hunden katten kalleanka kalle bamse pippi nalle snoppen fiskmås blåbär blabar
    januari februari mars juni juli augusti september oktober måndag mandag tisdag onsdag torsdag fredag lördag söndag
    kommun kommunen kommunal region regionen förening förbundet länsstyrelsen lansstyrelsen samordnare samordnaren
    bibliotek biblioteket demokrati demokratin demokrativecka demokrativeckan deklaration valdag valdagen rösträtt
    värmland varmland värmländsk wermland karlstad kristinehamn arvika säffle saffle hagfors filipstad torsby sunne
    årjäng arjang forshaga grums hammarö hammaro munkfors storfors charlottenberg skoghall vänern vanern klarälven
"""
PHRASES = """
    correcthorsebatterystaple thequickbrownfox thisismypassword iloveyouforever iloveyousomuch letmeinplease
    passwordpassword password123password neverforget nevergiveup opensesame onceuponatime mypasswordis itsasecret
    changemeplease changethispassword temporarypassword defaultpassword testtesttest adminadminadmin qwertyqwerty
    administratör administrator1 superadministrator lösenordlösenord losenordlosenord mittlösenordär mittlosenordar
    bytlösenord bytlosenord bytmigsnart nyttlösenord nyttlosenord glömtlösenord glomtlosenord hejhejhejhej
    hejsanhejsan hejpådigdu hejpadigdu jagälskardig jagalskardig jagälskardigmest ilovesweden dugamladufria
    dugamladufriadufjällhögaord ackvärmelandduskönaackvarmeland ackvärmelanddusköna ackvarmelandduskona
    enannangång alladagar imsevimsespindel bävernsborg blinkalillastjärna blinkalillastjarna godmorgonvärlden
    pippilångstrump pippilangstrump emililönneberga emililonneberga kalleankaochhansvänner sommarochsol
    fredagsmys fredagsmysfredag tacoochfredagsmys midsommarafton kommunfullmäktige kommunfullmaktige kommunstyrelsen
    varmlandsklinten länsstyrelsenvärmland lansstyrelsenvarmland regionvärmland regionvarmland karlstadskommun
    demokrativecka2027 demokrativeckan2027 vardemokrati vårdemokrati vårdemokrativärdattvärna allamänniskorslikavärde
"""
WALKS = """
    1234567890 12345678901 0987654321 qwertyuiop qwertyuiopå qwertyuiopåä asdfghjkl asdfghjklö asdfghjklöä zxcvbnm
    1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedc qazwsxedcrfv zaq12wsx zaq12wsxcde3 1q2w3e4r 1q2w3e4r5t
    1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qweasdzxc qweasdzxc123 qwertyasdfgh qwertyasdfghzxcvbn asdfqwerzxcv
    poiuytrewq mnbvcxz lkjhgfdsa abcdefghijkl abcdefghijklm abcdefghijklmnop abcdefg1234567 a1b2c3d4e5f6 1a2b3c4d5e6f
    123qweasdzxc 123qwe123qwe qwe123qwe123 abc123abc123 123abc123abc 121212121212 112233445566 123123123123
    123454321 147258369 159357 987654321 789456123 741852963 1111122222 102030405060
"""
ENDINGS = ["", *("1234567890"[:length] for length in range(1, 11)), "!", "!!", "1!", "12!", "123!", "321"]
YEARS = [str(year) for year in range(2018, 2029)]


def patterns() -> Iterator[str]:
    """Every password of the patterns, also those that are too short or the same."""
    for word in f"{ENGLISH} {SWEDISH}".split():
        yield from (word + ending for ending in ENDINGS)
        yield from (word + year + mark for year in YEARS for mark in ("", "!"))
        yield from (word + word, word + "-" + word, word * 3, word + word + "1", word + word + "123", "123456" + word)
    for word in PHRASES.split():
        yield from (word + ending for ending in ("", "1", "12", "123", "!", "1!"))
    for walk in WALKS.split():
        yield from (walk, walk + walk, walk + "!", walk + "1", walk + "12", walk + "123", walk + "a", walk[::-1])
    for length in range(SHORTEST, 21):
        yield ("1234567890" * 3)[:length]
        yield ("abcdefghijklmnopqrstuvwxyz")[:length]


def main() -> None:
    """Write the list, sorted and folded as ``planner.accounts.passwords`` compares."""
    found = sorted({word.casefold() for word in patterns() if len(word) >= SHORTEST})
    heading = "# Written by tools/common_passwords.py. One password a line, folded to lower case.\n"
    TARGET.write_text(heading + "\n".join(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
