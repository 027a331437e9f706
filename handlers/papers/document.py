"""Lines of content/papers as a DOCX that any word processor opens and an office may go on editing."""

import io
from collections.abc import Iterable
from itertools import groupby
from typing import Any

import docx as library
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from content.papers.texts import BREAK

BODY, HEAD = "仿宋", "黑体"
"""Fonts of official documents (GB/T 9704); a machine without them takes its own."""
LARGE, NORMAL, SMALL = Pt(20), Pt(14), Pt(10.5)
OPINION = Cm(3)
LABEL, WIDTH = Cm(3.4), Cm(15.6)


def docx(text: str, *, author: str) -> bytes:
    """The lines, as content/papers/texts.py describes them."""
    made = library.Document()
    _settle(made, author)
    for in_table, lines in groupby(text.split("\n"), key=lambda line: line.startswith("|")):
        if in_table:
            _table(made, list(lines))
        else:
            for line in lines:
                _paragraph(made, line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _settle(made: Document, author: str) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(2.8), Cm(2.6)
    made.core_properties.author, made.core_properties.comments = author, ""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = BODY, NORMAL
    _asian(normal.element, BODY)


def _asian(element: Any, font: str) -> None:
    """The font of Chinese signs, which the library sets for others alone."""
    element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _paragraph(made: Document, line: str) -> None:
    sign, _, rest = line.partition(" ")
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    if sign == "#":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _head(_said(paragraph, rest), LARGE)
    elif sign == "##":
        _head(_said(paragraph, rest), NORMAL)
    elif sign == ">":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _said(paragraph, rest)
    else:
        # The line that names somebody stands at the margin, all others begin two signs later.
        paragraph.paragraph_format.first_line_indent = Pt(0) if line.endswith("：") else NORMAL * 2
        _said(paragraph, line)


def _said(paragraph: Paragraph, text: str) -> Run:
    return paragraph.add_run(text.replace(BREAK, "\n"))


def _head(run: Run, size: Pt) -> None:
    run.font.name, run.font.size = HEAD, size
    _asian(run._element, HEAD)


def _cells(line: str) -> tuple[str, list[str]]:
    """The sign of a row, and what stands in its cells."""
    sign = line[:2] if line[:2] in ("|=", "|+") else "|"
    return sign, [cell.strip(" ") for cell in line[len(sign) :].rstrip().removesuffix("|").split("|")]


def _table(made: Document, lines: Iterable[str]) -> None:
    rows = [_cells(line) for line in lines]
    columns = max(len(cells) for _, cells in rows)
    table = made.add_table(rows=len(rows), cols=columns, style="Table Grid")
    widths = [LABEL, WIDTH - LABEL] if columns == 2 else [WIDTH // columns] * columns
    for (sign, cells), row in zip(rows, table.rows, strict=True):
        if sign == "|+":
            row.height, row.height_rule = OPINION, WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, text, width in zip(row.cells, cells, widths, strict=False):
            cell.width = width
            run = _said(cell.paragraphs[0], text)
            run.font.size, run.bold = SMALL, sign == "|="
    made.add_paragraph().paragraph_format.space_after = Pt(0)
