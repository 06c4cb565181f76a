"""HTML -> blocks: the main content of a page, with the offsets of the file as written.

No parser of the field keeps the position of every character (trafilatura and lxml give text without offsets, and
finding it again would be a guess), so the tags are read here: a tolerant tokenizer, a stack of open elements, and a
choice of the main content by the running text that an element holds, as Readability does it.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.reading.blocks import Block, BlockKind, Page
from kg.reading.bylines import iso_date
from kg.reading.joins import wrapped_spaces
from kg.reading.offsets import Builder, Mapped

_TOKEN = re.compile(
    r"<!--|<!\[CDATA\[|</?[A-Za-z][A-Za-z0-9:-]*|<[!?]|&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"
)
_TAG_END = re.compile(r"""[^<>"']{0,2000}(?:"[^"]{0,4000}"[^<>"']{0,2000}|'[^']{0,4000}'[^<>"']{0,2000}){0,60}>""")
_ATTRIBUTE = re.compile(r"""([A-Za-z_:@][-\w:.@]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RAW = {
    "script",
    "style",
    "noscript",
    "template",
    "textarea",
    "svg",
    "math",
    "iframe",
    "object",
    "select",
    "title",
    "canvas",
}
_SKIP = {"nav", "footer", "aside", "button", "form", "figcaption", "menu", "dialog", "label"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "h1", "h2", "h3", "h4", "h5",
    "h6", "ul", "ol", "li", "table", "tr", "blockquote", "pre", "figure", "figcaption", "dl", "dt", "dd", "form",
    "fieldset", "address", "hr", "br", "body", "html", "head", "center", "details", "summary", "caption", "thead",
    "tbody", "tfoot", "td", "th", "menu", "dialog",
}  # fmt: skip
_VOID = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param"}
_CLOSED_BY = {
    "p": _BLOCKS - {"br"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr"},
    "td": {"td", "th", "tr"},
    "th": {"td", "th", "tr"},
}
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|sidebar|side|aside|related|recommend|recommended|comment|comments|share|social|breadcrumbs?"
    r"|crumbs?|ads?|advert\w*|banner|copyright|toolbar|pagination|pager|hot|rank|ranking|tags?|widget|popup|modal|login|search|subscribe|qrcode"
    r"|statement|disclaimer|toplist|relate\w*|xgyd|xgxw|tuijian|pinglun|fenxiang|caption|copyright\w*|editor)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAX_DEPTH = 400  # open elements that are kept; deeper ones count as their ancestor
_STOPS = re.compile("[，。！？；,!?;]")
_SITE = re.compile(  # what stands between a page's title and the site's name
    r"\s*[_|｜]\s*|\s+[-–—]+\s+|[-–—]+(?=[^-–—\s]{2,12}(?:网|網|报|報|新闻|新聞|在线|频道|社|中心|门户|資訊|资讯|博客)$)"
)
_META = {
    "og:title": "title", "article:author": "author", "author": "author", "og:site_name": "site",
    "article:published_time": "date", "publishdate": "date", "pubdate": "date", "datepublished": "date",
    "og:release_date": "date", "weibo:article:create_at": "date", "source": "publisher", "mediaid": "publisher",
    "og:article:author": "author", "bytedance:published_time": "date", "date": "date", "publish_time": "date",
    "dc.date": "date", "dc.creator": "author", "dc.publisher": "publisher",
}  # fmt: skip


@dataclass(slots=True)
class _Element:
    """An open element. `score` is the running text that stands in it, near ancestors counting more than far ones."""

    tag: str
    parent: int
    skip: bool
    score: float = 0.0
    links: int = 0
    size: int = 0


@dataclass(slots=True)
class _Text:
    """A block that is being collected."""

    element: int
    kind: BlockKind = "text"
    level: int = 0
    pieces: list[tuple[int, int, str | None]] = field(
        default_factory=list
    )  # span of the source, and what it stands for
    linked: int = 0
    image: bool = False


class _Reader:
    """Reads the tags of a page in one pass."""

    def __init__(self, source: Mapped) -> None:
        self.source, self.text = source, source.text
        self.elements = [_Element("#root", -1, False)]
        self.stack = [0]
        self.blocks = list[tuple[int, Block]]()
        self.meta: dict[str, str] = {}
        self.current = _Text(0)
        self.in_link = 0

    def read(self) -> None:
        position, size = 0, len(self.text)
        while position < size:
            match = _TOKEN.search(self.text, position)
            if match is None:
                self._words(position, size)
                break
            self._words(position, match.start())
            position = self._token(match)
        self._flush()

    def _token(self, match: re.Match[str]) -> int:
        """Read one token and return where the text goes on."""
        token, end = match[0], match.end()
        if token[0] == "&":
            plain = entities.unescape(token).replace("\xa0", " ").replace("\u200b", "")
            self.current.pieces.append((match.start(), end, plain))
            return end
        if token == "<!--":
            return self._past("-->", end)
        if token == "<![CDATA[":
            return self._past("]]>", end)
        closed = _TAG_END.match(self.text, end)
        stop = closed.end() if closed else self._past(">", end)
        if token in ("<!", "<?"):
            return stop
        name = token.lstrip("</").lower()
        if token.startswith("</"):
            self._close(name)
            return stop
        attributes = self.text[end : stop - 1]
        if name in _RAW:
            return self._raw(name, attributes, stop)
        self._open(name, attributes)
        return stop

    def _past(self, mark: str, start: int) -> int:
        at = self.text.find(mark, start)
        return len(self.text) if at < 0 else at + len(mark)

    def _raw(self, name: str, attributes: str, start: int) -> int:
        """Leave out an element whose content is no text; keep what title and JSON-LD say of the page."""
        if attributes.rstrip().endswith("/"):
            return start
        closing = re.compile(f"</{name}", re.IGNORECASE).search(self.text, start)
        end = closing.start() if closing else len(self.text)
        if name == "title" and "page" not in self.meta:
            self.meta["page"] = " ".join(entities.unescape(self.text[start:end]).split())
        if name == "script" and "ld+json" in attributes:
            self._json_ld(self.text[start:end])
        return self._past(">", end) if closing else end

    def _json_ld(self, text: str) -> None:
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return  # other people's broken metadata: the page's text still tells
        items = data if isinstance(data, list) else [data]
        for item in (i for i in items if isinstance(i, dict)):
            for key, name in (
                ("headline", "title"),
                ("datePublished", "date"),
                ("author", "author"),
                ("publisher", "publisher"),
            ):
                value = item.get(key)
                value = value[0] if isinstance(value, list) and value else value
                value = value.get("name") if isinstance(value, dict) else value
                if isinstance(value, str) and value.strip():
                    self.meta.setdefault(name, value.strip())

    def _open(self, name: str, attributes: str) -> None:
        if name == "meta":
            self._read_meta(attributes)
        if name in _VOID:
            if name == "img":
                self.current.image = True
            elif name in ("br", "hr"):
                self._flush()
            return
        if name in _BLOCKS:
            self._flush()
            while len(self.stack) > 1 and name in _CLOSED_BY.get(self.elements[self.stack[-1]].tag, ()):
                self.stack.pop()
        if name == "a":
            self.in_link += 1
        if name in _BLOCKS and len(self.stack) < _MAX_DEPTH:
            parent = self.stack[-1]
            skip = self.elements[parent].skip or name in _SKIP or self._is_furniture(name, attributes)
            self.elements.append(_Element(name, parent, skip))
            self.stack.append(len(self.elements) - 1)
            self._start()

    def _is_furniture(self, name: str, attributes: str) -> bool:
        if name in ("body", "html", "article", "main") or name[0] == "h" and name[1:].isdigit():
            return False
        values = [
            a or b or c for key, a, b, c in _ATTRIBUTE.findall(attributes) if key.lower() in ("class", "id", "role")
        ]
        styled = "display:none" in attributes.replace(" ", "").lower()
        return styled or any(_FURNITURE.search(v) for v in values)

    def _read_meta(self, attributes: str) -> None:
        values = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(attributes)}
        name = _META.get((values.get("property") or values.get("name") or values.get("itemprop") or "").lower())
        content = entities.unescape(values.get("content", "")).strip()
        if name and content:
            self.meta.setdefault(name, content)

    def _close(self, name: str) -> None:
        if name == "a":
            self.in_link = max(0, self.in_link - 1)
        if name not in _BLOCKS:
            return
        self._flush()
        for depth in range(len(self.stack) - 1, max(0, len(self.stack) - 60), -1):
            if self.elements[self.stack[depth]].tag == name:
                del self.stack[depth:]
                break
        self._start()

    def _start(self) -> None:
        """Begin a new block in the innermost open element."""
        kind: BlockKind = "text"
        level = 0
        for i in reversed(self.stack[-8:]):
            tag = self.elements[i].tag
            if tag[0] == "h" and tag[1:].isdigit():
                kind, level = "heading", int(tag[1])
                break
            if tag in ("td", "th", "tr") and i != self.stack[-1]:
                break  # a table that lays the page out
            if tag in ("li", "td", "th", "tr", "dd", "dt", "blockquote"):
                kind = "list" if tag == "li" else "quote" if tag == "blockquote" else "table"
                break
        self.current = _Text(self.stack[-1], kind, level)

    def _words(self, start: int, end: int) -> None:
        if start < end:
            self.current.pieces.append((start, end, None))
            if self.in_link:
                self.current.linked += end - start

    def _flush(self) -> None:
        """End the block that is being collected and count its text for the elements around it."""
        block, self.current = self.current, _Text(self.current.element, self.current.kind, self.current.level)
        line = self._line(block)
        if not line.text:
            return
        size = len(line.text)
        linked = min(1.0, block.linked / size)
        self.blocks.append((block.element, Block(block.kind, line, block.level, block.image, linked)))
        stops = len(_STOPS.findall(line.text))
        running = size * (1 - linked) if stops and size >= 10 and block.kind != "heading" else 0.0
        weight, i = 1.0, block.element
        while i >= 0 and weight > 0.01:
            element = self.elements[i]
            element.score += running * weight
            element.links += int(size * linked)
            element.size += size
            weight, i = (
                weight * (0.9 if element.tag in ("p", "li", "blockquote", "td", "tr", "tbody") else 0.75),
                element.parent,
            )

    def _line(self, block: _Text) -> Mapped:
        builder = Builder()
        for start, end, plain in block.pieces:
            if plain is None:
                builder.add(self.source, start, end)
            elif plain:
                builder.literal(plain, *self.source.span(start, end))
        built = builder.build()
        blanks = [m.span() for m in re.finditer(r"\s+", built.text) if "\n" in m[0] or "\t" in m[0]]
        return built.edit([(a, b, wrapped_spaces(built.text, a, b)) for a, b in blanks]).strip()


def read_html(source: Mapped) -> Page:
    """The page of an HTML file: the blocks of its main content, and what its head says of it."""
    reader = _Reader(source)
    reader.read()
    main = _main_element(reader)
    inside = [
        i
        for i, (element, _) in enumerate(reader.blocks)
        if _within(reader, element, main) and not reader.elements[element].skip
    ]
    blocks = [reader.blocks[i][1] for i in inside]
    first = inside[0] if inside else len(reader.blocks)
    before = [block for _, block in reader.blocks[:first]]
    headings = [i for i, b in enumerate(before) if b.kind == "heading" and b.level == 1]
    if not headings and (at := _titled(before, reader.meta)) is not None:
        before[at] = Block("heading", before[at].line, 1)
        headings = [at]
    if headings and not any(b.kind == "heading" and b.level == 1 for b in blocks[:3]):
        blocks = [*_header(before[headings[-1] :]), *blocks]
    return Page(blocks, _declared(reader.meta, blocks))


def _titled(before: list[Block], meta: dict[str, str]) -> int | None:
    """The last line before the main content with which the page's own title begins."""
    title = "".join((meta.get("title") or meta.get("page", "")).split())
    texts = ["".join(b.line.text.split()) for b in before]
    return next((i for i in reversed(range(len(texts))) if len(texts[i]) >= 6 and title.startswith(texts[i])), None)


def _header(before: list[Block]) -> Iterator[Block]:
    """The title over the main content, and the lines of metadata between the two."""
    from kg.reading.blocks import Line
    from kg.reading.bylines import byline, header_fields

    yield before[0]
    for block in before[1:]:
        line = Line.of(block)
        if header_fields(line) or byline(line):
            yield block


def _main_element(reader: _Reader) -> int:
    """The element that holds the article: much running text in or right under it, few links."""
    best, top = 0, 0.0
    for i, element in enumerate(reader.elements):
        if element.skip or element.tag in ("p", "li", "td", "tr", "blockquote", "html", "h1", "h2", "h3"):
            continue
        score = (
            element.score
            * (1 - element.links / max(1, element.size))
            * (1.15 if element.tag in ("article", "main") else 1.0)
        )
        if score > top:
            best, top = i, score
    return best


def _within(reader: _Reader, element: int, ancestor: int) -> bool:
    while element > ancestor:
        element = reader.elements[element].parent
    return element == ancestor


def _declared(meta: dict[str, str], blocks: list[Block]) -> dict[str, str]:
    """What the head says, where it says it well: a page's title without the site's name, a full date."""
    out: dict[str, str] = {key: meta[key] for key in ("author", "publisher") if key in meta and len(meta[key]) <= 40}
    if "site" in meta:
        out["site"] = meta["site"]  # who publishes the page where it names no source
    if iso_date(meta.get("date", "")):
        out["date"] = iso_date(meta["date"])
    if any(b.kind == "heading" and b.level == 1 for b in blocks[:3]):
        return out
    title = meta.get("title") or _SITE.split(meta.get("page", ""))[0]
    return out | ({"title": title} if title else {})
