"""HTML of the faces' own making: a text stays a text."""

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsel import Selector

from sandbox.markup import Safe, el, escaped, in_script, joined, pager

# lxml drops characters that HTML has no place for, and reads a carriage return as a line feed.
texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")))


@given(texts.filter(str.strip))
def test_a_text_and_an_attribute_read_back_as_they_were(text):
    node = Selector(el("p", text, title=text)).css("p")
    assert node.css("p::text").get() == text
    assert node.attrib["title"] == text


@given(st.text())
def test_a_text_holds_no_mark_up(text):
    assert not re.search("[<>\"']", joined(text))
    assert html.unescape(joined(text)) == html.unescape(html.escape(text))


def test_an_element_within_an_element_stays_one():
    assert el("a", el("b", "<"), "&", href="/?a=1&b=2") == '<a href="/?a=1&amp;b=2"><b>&lt;</b>&amp;</a>'


def test_names_of_attributes_are_those_of_html_and_none_leaves_one_out():
    assert el("img", src=None, class_="x", data_pl="y") == '<img class="x" data-pl="y">'


def test_pieces_are_escaped_but_for_those_that_are_safe():
    assert escaped(a="<", b=Safe("<b>")) == {"a": "&lt;", "b": "<b>"}


@given(st.recursive(st.text(), st.lists, max_leaves=4))
def test_a_value_in_a_script_reads_back_and_cannot_end_it(value):
    assert json.loads(in_script(value)) == value
    assert not re.search("</|<!", in_script(value))


@pytest.mark.parametrize(("page", "pages", "links"), [(1, 1, []), (1, 3, ["/2"]), (2, 3, ["/1", "/3"]), (3, 3, ["/2"])])
def test_a_pager_leads_to_the_pages_beside_its_own(page, pages, links):
    assert re.findall('href="([^"]+)"', pager(lambda number: f"/{number}", page, pages)) == links
