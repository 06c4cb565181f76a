"""Who wrote an article, for whom and when, from the many ways texts give it.

Every function takes a line (`kg.reading.blocks.Line`), matches on its analysis text and answers in its own script.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files

from kg.reading.blocks import Line

_KIND_OF_KEY: dict[str, str] = {
    key: kind
    for kind, keys in tomllib.loads(files("kg").joinpath("data/reading/fields.toml").read_text(encoding="utf8")).items()
    for key in keys
}
_ALL_KEYS = "|".join(sorted(_KIND_OF_KEY, key=lambda k: (-len(k), k)))
_PAIR = re.compile(rf"(?:^|(?<=[\s|,;()\[\]]))[(【\[|]?\s?({_ALL_KEYS})\s?(?:[:丨｜|/]|(?<=[布表新]于))\s*(?=\S|$)")
_MAY_BE_FIELDS = re.compile(r"[:|/丨｜\d]|[布表新]于")
_DATE = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)\s?(?:[-/.]|年)\s?(1[0-2]|0?[1-9])(?!\d)"
    r"(?:\s?(?:[-/.]|月)\s?([12]\d|3[01]|0?[1-9])(?!\d)\s?日?|\s?月)?(?![\d.]*[万亿元%])"
)
_CLOCK = (
    r"(?:\s*[T,]?\s*(?:(?:星期|周)[一二三四五六日])?\s*(?:上午|下午|晚)?\s*"
    r"\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2})?秒?(?:\.\d+)?(?:[+-]\d\d:?\d\d|Z)?)?"
)
_OUTLET = re.compile(r"[一-鿿A-Za-z]{1,10}(?:网|报|社|新闻|电视台|周刊|杂志|财经|在线|之家|头条号|讯)(?=\s|$|/)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_LINE = re.compile(
    rf"(?P<before>[^\d,。]{{0,16}}?)\s*[(\[【]?(?P<date>{_DATE.pattern}){_CLOCK}[)\]】]?(?P<after>.*)$"
)
_HAN_NAME = r"[一-鿿]{2,4}(?:·[一-鿿]{1,6}){0,2}"
_LATIN_NAME = r"[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+){0,3}"
_NAMES = rf"(?:{_HAN_NAME}|{_LATIN_NAME})(?:[\s、,/]{{1,3}}(?:{_HAN_NAME}|{_LATIN_NAME})){{0,5}}"
POST = "(?:全媒体|融媒体|特约|见习|实习|首席|特派|驻[一-鿿]{2,4}?)?(?:记者|评论员|通讯员|撰稿人|专栏作家|研究员|主笔)"
_BYLINES = (
    re.compile(
        rf"(?P<names>{_NAMES})\s+(?:(?:整理|编译|编辑|采写)\s*)?发自\s*\S{{1,12}}(?:\s+(?P<publisher>[^\s|]{{2,12}})\s*\|.*)?$"
    ),
    re.compile(
        r"(?P<names>[^\s。,:]{2,20}(?:\s[^\s。,:]{2,8})?)\s+(?:投稿|供稿)(?:\s+(?P<publisher>[^\s|]{2,12})\s*\|.*)?$"
    ),
    re.compile(rf"[□■◎●○◇◆▲☆★]\s*(?:本报|本网|本刊)?{POST}?\s*(?P<names>{_NAMES})$"),
    re.compile(
        rf"(?P<publisher>[一-鿿A-Za-z·]{{0,12}}?){POST}[\s:|/]+(?P<names>{_NAMES})(?:\s+(?:发自|报道|综合|整理).{{0,10}})?$"
    ),
    re.compile(rf"(?:本报|本网|本刊){POST}(?P<names>[一-鿿]{{2,4}})$"),
    re.compile(  # Taiwan's form: 經濟日報 記者鐘惠玲／台北報導
        r"(?P<publisher>[一-鿿A-Za-z]{0,10}?)\s*(?:记者|编译|特派员|特约记者)\s*(?P<names>[一-鿿]{2,4}(?:、[一-鿿]{2,4}){0,3})"
        r"\s*/\s*[^\s。,]{2,10}(?:报导|报道|外电|专访|撷取|整理)$"
    ),
)
_SIGNS = re.compile(
    "发自|投稿|供稿|记者|评论员|通讯员|撰稿人|专栏作家|研究员|主笔|[□■◎●○◇◆▲☆★]|编辑部|编译组|报道组|课题组"
)
_OFFICE = re.compile(
    r"(?:[一-鿿]{2,6}(?:报道|编译|发布|整理|出品)\s*)?(?P<names>[一-鿿A-Za-z0-9]{2,14}(?:编辑部|编译组|报道组|课题组))$"
)
_OWN = ("本报", "本网", "本刊", "特约", "本台", "")
_NOT_A_NAME = re.compile(
    r"编辑部?$|记者$|来源|^作者|综合|整理|报道|网络$|公众号|媒体$|中心$|研究院$|大学$|公司$|热点|观察$|评论$|资讯|新闻$|^本报|^科技$|^社会$"
    r"|^分享|^问题|^时间|^方法|^目标|^团队$|^匿名|^未知$|^佚名$|^admin|^官方|^原创$|转载|扫码|加入|许可|关注|授权|^来自"
)
_DATELINE = re.compile(
    r"(?:[(【\[])?(?P<publisher>新华社|新华网|中新社|中新网|中国新闻网|人民网|央视网|央广网|光明网|法新社|路透社|美联社|彭博社|共同社|本报"
    r"|[一-鿿]{2,8}(?:社|网|报|新闻|讯))(?P<place>[一-鿿/]{0,12}?)\s?(?:\d{1,2}\s?月\s?)?\d{1,2}\s?日\s?(?:电|讯)"
    r"[)】\]]?\s*(?:[(](?P<rest>[^()]{2,60})[)])?[\s:,]*"
)
_LEAD_TAIWAN = re.compile(
    r"[(【\[](?P<publisher>[一-鿿]{0,8}?)(?:记者|特派员|编译)\s*(?P<rest>[一-鿿]{2,3}(?:、[一-鿿]{2,3}){0,3})"
    r"(?:\s*/\s*[^()/]{2,8}(?:报导|报道|电)|[一-鿿]{2,4}\d{1,2}日(?:综合外电报导|专电|电))[)】\]]\s*"
)
_LEAD_NEWS = re.compile(
    r"(?P<publisher>(?!据)[^\s,。:(]{2,8}?)\s?(?:\d{1,2}\s?月\s?)\d{1,2}\s?日\s?(?:消息|报道)\s?[,:]"
)
_IMPRINT = re.compile(r"[(]?《(?P<publisher>[^《》]{2,16})》\s*[(]?\s*(?:19|20)\d\d\s?[-年./]")
_ACCOUNT = re.compile(
    r"(?P<name>[一-鿿A-Za-z0-9·]{2,16})\s*[(](?:公众号|微信号?|微信公众号|ID|微信ID)\s*:\s*[A-Za-z0-9_-]+[)]$"
)
_LEAD_REPORTER = re.compile(
    r"(?P<publisher>本报|本网|[一-鿿]{2,8}(?:社|网|报|新闻))?讯\s*(?:[(](?P<rest>(?:[一-鿿]{0,6}记者|通讯员|记者)[^()]{2,40})[)])[\s:,]*"
)

_LEADS = (_LEAD_TAIWAN, _DATELINE, _LEAD_REPORTER)


@dataclass
class Found:
    """What the header and tail of an article say; empty where they do not."""

    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    account: str = ""
    published: str = ""

    def merge(self, other: Found) -> None:
        """Take from another what is not known yet."""
        self.authors = self.authors or other.authors
        self.publisher = self.publisher or other.publisher or other.account
        self.account = self.account or other.account
        self.published = self.published or other.published


def iso_date(text: str) -> str:
    """The first full date of a text as YYYY-MM-DD (or YYYY-MM), or an empty string."""
    match = _DATE.search(text)
    return _iso(match) if match else ""


def _iso(match: re.Match[str]) -> str:
    year, month, day = match[1], int(match[2]), match[3]
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"


def split_names(text: str) -> list[str]:
    """The names of a byline, each once; a latin name keeps its spaces."""
    parts = re.split(r"[、,，;；/&|｜丨]|\s和\s|(?<=[一-鿿])\s+|\s+(?=[一-鿿])|\s{2,}", text.strip(" ()（）[]【】。"))
    names = [
        re.sub(
            r"^(?:(?:本报|本网|见习|实习|特约)?(?:记者|記者|通訊員|通讯员|作者)[\s:：]*|文[\s:：/]+)", "", p.strip()
        ).strip(" @:：*")
        for p in parts
    ]
    names = [n for n in names if n and len(n) <= 30 and not re.search(r"\d{3}|https?|^等$", n)]
    return list(dict.fromkeys(names))


def is_no_name(text: str) -> bool:
    """Whether a text where a byline has a name is something else (an office, a call to share, a heading)."""
    return _NOT_A_NAME.search(text) is not None


def header_fields(line: Line, *, strict: bool = False) -> Found | None:
    """What a line of metadata says (`作者:赵广立 来源: 中国科学报`), or None where the line is something else.

    `strict` asks, as inside a body, that nothing beside dates and named fields stands in the line.
    """
    norm = line.norm
    if line.size > 300 or not _MAY_BE_FIELDS.search(norm, 0, 24):
        return None
    if _PAIR.match(norm):
        return _from_pairs(line, strict)
    if line.size <= 60 and (match := _IMPRINT.match(norm)) and not line.closed:
        return Found(publisher=line.text[slice(*match.span("publisher"))], published=iso_date(norm))
    if line.size <= 40 and (match := _ACCOUNT.match(norm)):
        return Found(account=line.text[slice(*match.span("name"))])
    if (
        line.size > 120
        or line.block.kind == "list"
        or not (_YEAR.search(norm, 0, 30) and (match := _DATE_LINE.match(norm)))
    ):
        return None
    return _from_date(line, match, strict)


def _from_date(line: Line, match: re.Match[str], strict: bool) -> Found | None:
    before, after = match["before"].strip(" :|"), match["after"].strip(" |·()[]")
    found = Found(published=iso_date(match["date"]))
    if after and (pair := _PAIR.search(" " + after)) and pair.start() <= 20:
        at = match.start("after") + max(0, match["after"].find(pair[1]))
        more = _from_pairs(Line(line.block, line.norm[at:], line.size - at, line.closed, line.text[at:]), strict)
        if more is None:
            return None
        found.merge(more)
        after = after[: max(0, pair.start() - 1)].strip()
    if after and match["after"][0] not in " |·([)]":
        return None
    if not found.publisher and (outlet := _OUTLET.match(after)):
        at = match.start("after") + match["after"].find(outlet[0])
        found.publisher = line.text[at : at + len(outlet[0])]
        after = after[outlet.end() :]
    limit = 0 if strict else 5
    if len(after.split()) > limit or len(after) > 40 or re.search(r"[。!?;,]|\d日", after):
        return None
    if len(before.split()) > (1 if strict else 2) or line.closed:
        return None
    names = re.fullmatch(r"(?:(?P<author>[一-鿿]{2,4})\s+)?(?P<publisher>[一-鿿A-Za-z]{2,12})", before)
    if names and not found.publisher:
        text = line.text[match.start("before") :]
        text = text[len(text) - len(text.lstrip(" :|")) :]
        found.publisher = text[names.start("publisher") : names.end("publisher")]
        if names["author"] and not found.authors:
            found.authors = [text[names.start("author") : names.end("author")]]
    return found


def _from_pairs(line: Line, strict: bool) -> Found | None:
    norm, found = line.norm, Found()
    pairs = list(_PAIR.finditer(norm))
    for i, pair in enumerate(pairs):
        end = pairs[i + 1].start() if i + 1 < len(pairs) else len(norm)
        value = norm[pair.end() : end].strip(" )】]|([")
        text = line.text[pair.end() : end].strip(" \u3000)）】]|｜([")
        kind = _KIND_OF_KEY[pair[1]]
        if kind == "publisher" and (reporter := _REPORTER.search(value)):
            found.authors = found.authors or split_names(text[reporter.end() :])
            value, text = value[: reporter.start()], text[: reporter.start()]
        if kind != "other" and (len(value) > 60 or re.search(r"[。!?]", value[:-1]) or line.size > 200):
            return None
        if pair[1] in ("图", "图片", "编辑", "设计") and (line.size > 60 or re.search("[。,]", value)):
            return None
        if kind == "published" and not iso_date(value) and not re.match(r"\d{1,2}[:时月/-]\d", value):
            return None
        if kind == "author" and not _name_like(value):
            return None
        _put(found, kind, text, pair[1])
    return found


_REPORTER = re.compile(r"\s+(?:本报|本网)?(?:记者|作者|通讯员|责编|编辑)[\s:]+")


def _name_like(value: str) -> bool:
    return len(value) <= 50 and not re.search(r"[。!?;:]", value) and all(len(n) <= 20 for n in split_names(value))


def _put(found: Found, kind: str, text: str, key: str) -> None:
    if kind == "author" and key not in ("编译", "整理", "翻译", "译者"):
        found.authors += [n for n in split_names(text) if n not in found.authors]
    elif kind == "author" and not found.authors:
        found.authors = split_names(text)
    elif kind == "publisher":
        found.publisher = found.publisher or _publisher(text)
        found.published = found.published or iso_date(text)
    elif kind == "account":
        found.account = found.account or text
    elif kind == "published":
        found.published = found.published or iso_date(text)


def _publisher(value: str) -> str:
    value = re.split(r"\s{2,}|\s+(?=\d{4})|[|｜;；]", value)[0]
    return "" if value.startswith("http") else value.strip('《》 "“”')


def byline(line: Line) -> Found | None:
    """What a byline says (`□ 陈杰`, `明敏 发自 凹非寺`, `极目新闻评论员 徐汉雄`), or None where the line is none."""
    norm = line.norm
    if not 2 <= line.size <= 60 or line.closed or norm[-1] in "。!?;:," or not _SIGNS.search(norm):
        return None
    left = len(norm) - len(norm.lstrip(" (["))
    norm = norm.strip(" ()[]")
    for pattern in _BYLINES:
        if match := pattern.match(norm):
            span = slice(left + match.start("names"), left + match.end("names"))
            names = [n for n in split_names(line.text[span]) if not is_no_name(n)]
            if names:
                groups = match.groupdict()
                publisher = (groups.get("publisher") or "").strip()
                return Found(
                    names, "" if publisher in _OWN else line.text[left + match.start("publisher") :][: len(publisher)]
                )
    if match := _OFFICE.match(norm):
        return Found([line.text[left + match.start("names") : left + match.end()]])
    return None


_ACCOUNT_VERB = re.compile(r"(?:编译|报道|原创|出品|发布|整理|专栏|编辑部|发自|授权|独家|\s*\|\s*公众号)")
_INNER_AUTHOR = re.compile(r"(?:作者|撰文|文)\s*[:|/]\s*(?P<names>[^:。|]{2,40}?)(?=\s*(?:编辑|来源|责编|编译|$))")


def account_line(line: Line, account: str) -> Found | None:
    """A line by which an account signs (`机器之心报道 编辑:小舟`, `量子位 | 公众号 QbitAI`), or None."""
    name = line.text[: len(account)]
    if re.match(r"[^\s|]{2,12}\s*\|\s*公众号\s*\S+$", line.norm):
        return Found()
    if not account or name != account or not _ACCOUNT_VERB.match(line.norm, len(account)) or "。" in line.norm:
        return None
    match = _INNER_AUTHOR.search(line.norm)
    return Found(split_names(line.text[match.start("names") : match.end("names")]) if match else [])


def dateline(line: Line) -> tuple[Found, int] | None:
    """What an agency's dateline says (`新华社北京1月27日电(记者 张三)`) and where it ends.

    A lead such as `IT之家 1 月 27 日消息,` names the outlet too; it is part of the sentence and ends at 0.
    """
    match = next((m for p in _LEADS if (m := p.match(line.norm))), None)
    if not match:
        lead = _LEAD_NEWS.match(line.norm)
        return (Found(publisher=line.text[slice(*lead.span("publisher"))]), 0) if lead else None
    names = list[str]()
    if match["rest"] and not match["rest"].startswith("编辑"):
        rest = line.text[match.start("rest") : match.end("rest")]
        names = split_names(re.sub(r"[一-鿿]{0,4}(?:记者|記者|通讯员|通訊員)|实习生", " ", rest))
    own = (match["publisher"] or "") in _OWN
    return Found(names, "" if own else line.text[match.start("publisher") : match.end("publisher")]), match.end()
