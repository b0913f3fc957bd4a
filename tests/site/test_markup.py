"""What every page is read with finds what is badly written, and builds what a browser would."""

import pytest

from tests import markup

PAGE = "<!doctype html><html lang=sv><head><title>Sida</title></head><body>{}</body></html>"


def faults_in(html: str) -> list[str]:
    return list(markup.faults(html, markup.parse(html)))


@pytest.mark.parametrize(
    "wrong",
    [
        "<p><div>Fel</div></p>",
        "<b><i></b></i>",
        "<div><span></div>",
        "<div>",
        "<ul><li>a<li>b</ul>",
        "<p>a</p></p>",
        "</article>",
        "<table><div></div></table>",
        "<table><tr><td>a</td></tr></table>",
        "<tr></tr>",
        "<br></br>",
        "<div/>",
        "<img src=a / >",
        "<a href=a href=b></a>",
        "<a href=a><a href=b></a></a>",
        "<button><button></button></button>",
        "<form><form></form></form>",
        '<p class=a"b></p>',
        "&nosuch;",
        "a &copy b",
        "<!-- a --!>",
        "\x00",
    ],
)
def test_what_a_browser_would_have_to_mend_is_told(wrong: str) -> None:
    assert faults_in(PAGE.format(wrong)) != []


@pytest.mark.parametrize(
    "right",
    [
        "<p>Räksmörgås &amp; kaffe<br>två rader</p>",
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
        '<svg viewBox="0 0 1 1"><linearGradient id="a"/><use href="#a"/></svg>',
        "<form><select><option>a</option></select><textarea>\n<b></textarea><input></form>",
        '<script type="application/ld+json">{"a": "</p>"}</script>',
    ],
)
def test_a_page_that_is_built_as_it_is_written_has_no_fault(right: str) -> None:
    assert faults_in(PAGE.format(right)) == []


def test_a_page_says_that_it_is_html() -> None:
    assert faults_in(PAGE.format("").partition(">")[2]) == ["no doctype"]


def test_text_stands_where_it_is_written() -> None:
    body = markup.parse(PAGE.format("<p>a <b>b</b> c</p>"))[1]
    assert ["".join(body.itertext()), body[0].text, body[0][0].tail] == ["a b c", "a ", " c"]
