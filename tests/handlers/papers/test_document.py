"""Lines become a DOCX that opens again: titles, the right side, tables and room for signatures."""

import io

import docx as library
from docx.enum.text import WD_ALIGN_PARAGRAPH

from handlers.papers import document

LINES = "# 标题\n> 号1\n某某：\n正文\u2028第二行\n|= 甲 | 乙 | 丙 |\n| 1 | 2 | 3 |\n|+ 意见 | 签名 |\n尾"


def test_each_line_is_what_its_sign_says():
    made = library.Document(io.BytesIO(document.docx(LINES, author="li")))
    title, number, whom, body, *_ = made.paragraphs
    assert (title.text, title.alignment) == ("标题", WD_ALIGN_PARAGRAPH.CENTER)
    assert (number.text, number.alignment) == ("号1", WD_ALIGN_PARAGRAPH.RIGHT)
    assert whom.paragraph_format.first_line_indent == 0
    assert body.text == "正文\n第二行"
    (table,) = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["甲", "乙", "丙"],
        ["1", "2", "3"],
        ["意见", "签名", ""],
    ]
    assert [bool(row.height) for row in table.rows] == [False, False, True]
    assert made.core_properties.author == "li"
