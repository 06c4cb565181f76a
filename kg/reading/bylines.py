"""Who wrote an article, for whom and when, from the many ways texts give it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_KEYS = {
    "account": "文章作者|公众号|微信公众号",
    "author": "作者|作\\s?者|记者|本报记者|文|撰文|撰稿|采写|编译|整理|译者|译|采访|作者署名|笔者|通讯员",
    "publisher": "来源|文章来源|稿源|稿件来源|信息来源|新闻来源|出处|媒体",
    "published": "发布时间|发表时间|发布日期|发表日期|时间|日期|发布于|发表于|更新时间|更新于|发稿时间|刊发时间",
    "other": "发布地|原文链接|封面图链接|链接|责任编辑|责编|编辑|校对|审核|分类|标签|关键词|浏览|阅读|评论|点击|字号|选择字号|版次|版面|栏目|网址|英文标题",
}
_KEY_OF = {re.compile(f"(?:{keys})$"): kind for kind, keys in _KEYS.items()}
_PAIR = re.compile(
    "(?:^|(?<=[\\s|,;()]))[(【\\[]?(" + "|".join(_KEYS.values()) + ")\\s*([:|/丨｜]|(?<=发布于)|(?<=发表于))\\s*"
)
_DATE = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)\s?(?:[-/.]|年)\s?(1[0-2]|0?[1-9])(?!\d)(?:\s?(?:[-/.]|月)\s?([12]\d|3[01]|0?[1-9])(?!\d)(?:\s?[日号])?|月)?(?!\d*[-/.万亿元])"
)
_CLOCK = r"(?:\s*(?:T|,)?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2})?秒?(?:[+-]\d\d:?\d\d|Z)?)?"
_DATE_LINE = re.compile(_DATE.pattern + _CLOCK + r"(?:\s+\S{1,8}){0,4}\s*$")
_NAME = r"(?:[一-鿿]{2,4}(?:·[一-鿿]{1,6})*|[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+){0,3})"
_NAMES = rf"{_NAME}(?:[\s、,/]+{_NAME}){{0,5}}"
_BYLINES = (
    re.compile(
        rf"(?P<names>{_NAMES})\s*(?:整理|编译|编辑|采写)?\s*发自\s*\S{{1,12}}(?:\s+(?P<publisher>[^\s|]{{2,12}})\s*[|丨].*)?$"
    ),
    re.compile(rf"(?P<names>{_NAMES}|[^\s。]{{2,20}})\s*投稿$"),
    re.compile(
        rf"[□■◎●○◇◆▲☆★]\s*(?:本报|本网|本刊|特约|见习|实习)?(?:记者|评论员|通讯员|特约记者)?\s*(?P<names>{_NAMES})$"
    ),
    re.compile(
        rf"(?P<publisher>[一-鿿A-Za-z·]{{0,14}}?)(?:全媒体|融媒体|特约|见习|实习|首席|特派|驻[一-鿿]{{2,4}})*(?:记者|评论员|通讯员|撰稿人|编译|专栏作家)[\s:|/]+(?P<names>{_NAMES})(?:\s+(?:发自|报道|综合|整理|北京|上海).{{0,10}})?$"
    ),
)
_OFFICE = re.compile(r"(?P<names>[一-鿿A-Za-z0-9]{2,14}(?:编辑部|编译组|报道组|评论员|课题组|团队))$")
_DATELINE = re.compile(
    r"(?:【)?(?P<publisher>(?:新华社|新华网|中新社|中新网|中国新闻网|人民网|央视网|[一-鿿]{2,8}(?:社|网|报|新闻|讯)))"
    r"(?P<place>[一-鿿]{0,8}?)(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:电|讯|消息|报道)\s*(?:[(](?P<rest>[^()]{2,40})[)])?\s*"
)
_NOT_A_NAME = re.compile(
    "编辑部?$|记者$|来源|作者|综合|整理|报道|网络|公众号|媒体|中心$|研究院|大学|公司|热点|观察|评论$|资讯|新闻|本报|科技|社会|分享"
)


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
        self.publisher = self.publisher or other.publisher
        self.account = self.account or other.account
        self.published = self.published or other.published


def iso_date(text: str) -> str:
    """The first full date of a text as YYYY-MM-DD (or YYYY-MM), or an empty string."""
    match = _DATE.search(text)
    if not match:
        return ""
    year, month, day = match[1], int(match[2]), match[3]
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"


def split_names(text: str) -> list[str]:
    """The names of a byline, each once; a latin name keeps its spaces."""
    parts = re.split(r"[、,;/&|]|\s和\s|(?<=[一-鿿])\s+|\s+(?=[一-鿿])|\s{2,}", text.strip(" ()[]【】。"))
    names = [
        re.sub(r"^(?:本报|本网|见习|实习|特约)?(?:记者|通讯员|作者|文)[\s:]*", "", p.strip()).strip(" @:")
        for p in parts
    ]
    return list(dict.fromkeys(n for n in names if n and len(n) <= 30 and not re.search(r"\d{3}|https?", n)))


def header_fields(norm: str) -> Found | None:
    """What a line of metadata says (`作者:赵广立 来源: 中国科学报`), or None where the line is something else."""
    if len(norm) > 300:
        return None
    pairs = list(_PAIR.finditer(norm))
    if pairs and pairs[0].start() <= 1:
        return _from_pairs(norm, pairs)
    if len(norm) <= 60 and (match := _DATE_LINE.match(norm.lstrip("([【"))):
        return Found(published=iso_date(match[0]))
    return None


def _from_pairs(norm: str, pairs: list[re.Match[str]]) -> Found | None:
    found = Found()
    for i, pair in enumerate(pairs):
        value = norm[pair.end() : pairs[i + 1].start() if i + 1 < len(pairs) else len(norm)].strip(" )】]|")
        kind = next(kind for key, kind in _KEY_OF.items() if key.match(pair[1]))
        if kind != "other" and (len(value) > 60 or "。" in value[:-1]):
            return None
        if kind == "author":
            found.authors += [n for n in split_names(value) if n not in found.authors]
        elif kind == "publisher":
            found.publisher = found.publisher or _publisher(value)
            found.published = found.published or iso_date(value)
        elif kind == "account":
            found.account = found.account or value
        elif kind == "published":
            found.published = found.published or iso_date(value)
    return found


def _publisher(value: str) -> str:
    value = re.split(r"\s{2,}|\s+(?=\d{4})|[|;]", value)[0]
    return "" if value.startswith("http") else value.strip('《》 "“”')


def byline(norm: str) -> Found | None:
    """What a byline says (`□ 陈杰`, `明敏 发自 凹非寺`, `极目新闻评论员 徐汉雄`), or None where the line is none."""
    norm = norm.strip(" ()")
    if not 2 <= len(norm) <= 60 or norm[-1] in "。!?;:":
        return None
    for pattern in _BYLINES:
        if match := pattern.match(norm):
            names = [n for n in split_names(match["names"]) if not _NOT_A_NAME.search(n)]
            if names:
                publisher = (match.groupdict().get("publisher") or "").strip()
                return Found(names, "" if publisher in ("本报", "本网", "本刊", "特约") else publisher)
    if match := _OFFICE.match(norm):
        return Found([match["names"]])
    return None


def dateline(norm: str) -> tuple[Found, int] | None:
    """What an agency's dateline says (`新华社北京1月27日电(记者 张三)`) and where it ends."""
    match = _DATELINE.match(norm)
    if not match:
        return None
    names = split_names(re.sub(r"记者|通讯员|实习生", " ", match["rest"])) if match["rest"] else []
    return Found(names, match["publisher"], published=f"--{int(match['month']):02}-{int(match['day']):02}"), match.end()
