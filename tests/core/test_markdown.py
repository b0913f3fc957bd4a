"""Markdown: what people may write, and what becomes of the rest."""

import pytest

from planner.core.markdown import render_markdown

RENDERED = [
    ("", ""),
    ("Ett *viktigt* samtal\nmed två rader", "<p>Ett <em>viktigt</em> samtal<br>\nmed två rader</p>"),
    ("- en\n- två", "<ul>\n<li>en</li>\n<li>två</li>\n</ul>"),
    ("# Program\n\n## Förmiddag", "<h3>Program</h3>\n<h4>Förmiddag</h4>"),
    ("## Bara en", "<h3>Bara en</h3>"),
    ("#### Först\n\n# Sedan\n\n### Under", "<h3>Först</h3>\n<h3>Sedan</h3>\n<h4>Under</h4>"),
    (
        "[Anmäl dig](https://karlstad.se)",
        '<p><a href="https://karlstad.se" rel="nofollow ugc noopener">Anmäl dig</a></p>',
    ),
    ("[klicka](javascript:alert(1))", "<p>[klicka](javascript:alert(1))</p>"),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ('<img src=x onerror="alert(1)">', '<p>&lt;img src=x onerror="alert(1)"&gt;</p>'),
    ("[data](data:text/html,x)", "<p>[data](data:text/html,x)</p>"),
]


@pytest.mark.parametrize(("text", "html"), RENDERED)
def test_markdown(text: str, html: str) -> None:
    assert render_markdown(text) == html
