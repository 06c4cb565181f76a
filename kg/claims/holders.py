"""Who speaks: the subject of a saying verb, as an entity of the text or as the words that name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.claims.wording import either, word_pattern, words
from kg.document import AnnotatedArticle, EntityMention

SPEAKERS = ("Person", "Organization", "Work", "Policy", "Product", "Place")
MAX_WORDS = 24  # characters of a holder given in words


@dataclass(frozen=True, slots=True)
class Holder:
    """`name` is an entity id or words of the text; `reported` where the source is nameless hearsay."""

    name: str
    start: int
    end: int
    type: str = ""
    reported: bool = False


_HOUSE = ("官方", "公司", "团队", "账号", "账户", "官网", "博客", "官方博客")  # speak for the organisation of 其
# What makes a noun phrase an adverbial and not the subject: 在X上, 对X, 接受X采访, 据X.
_GOVERNED = re.compile(
    r"(?:在|对|对于|向|与|同|和|跟|给|就|针对|关于|通过|从|比|将|把|被|为|于|替|接受|面对|由|(?<!称)是|告诉|除|除了|随|随着|继|自|让|令|使|叫|帮|帮助|基于|围绕|采访|专访|致|加入|离开|引述|援引|引用|转引|以|用|像|及|发表在|登上|到|至)"
    r"\s*(?:美国|中国|日本|英国|韩国|德国|法国|知名|著名|自家|其|媒体)?\s*[《“‘]?$"
)
_OPEN_PLACE = ("在", "自", "随", "随着", "继", "当")
_POSTPOSITION = re.compile(
    r"上|中|里|内|下|期间|会|采访|后|时|前|看来|活动|平台|社交|网|论坛|博客|节目|报道|专访|大会|访谈|文"
)
_AND = re.compile(r"(?:和|与|及|、|以及|同)\s*$")
_ASIDE = re.compile(r"\s*(?:在|对|向|于|就|也|则|近日|日前|今天|昨天|周[一二三四五六日])")
_AIDE = re.compile(r"的(?:代理|辩护|前)?(?:律师|发言人|助理|妻子|母亲|父亲|儿子|女儿|同事|朋友|团队|支持者|代表)")
_INSIDER = re.compile(
    r"(?:[一两二三多几数]?[位名个]|有|某)?(?:接近|熟悉|了解|来自|(?:不愿|不想|要求|不便|未)[^,。]{2,8}的|(?:匿名|不具名|未具名)的?)\s*$"
)
_SECRET = ("接近", "熟悉", "不愿", "匿名", "具名", "要求")
_LISTED = re.compile(r"\s*[》”]?(?:、|和|与|及|以及)\s*[《“]?")
_LATIN_WORDS = re.compile(r"[A-Za-z0-9 .]+")
# Characters of transcribed foreign names: 荷西姆, 维多利亚·克拉科夫纳.
_TRANSCRIBED = re.compile(
    r"(?:^|(?<=[,。;\s]))([阿埃艾奥巴拜班贝比波伯勃布查达戴丹德迪杜恩尔法菲芬弗福戈格哈汉赫霍基吉加杰卡凯坎科克肯库拉莱兰朗劳勒雷里利林刘鲁罗洛玛马迈曼"
    r"梅门米莫姆穆纳奈内尼娜诺努欧帕佩皮普奇恰乔切琼荷萨塞桑森沙舍什史斯松苏索塔泰坦特滕蒂图托瓦万威韦维温沃乌西希夏肖谢欣休雅亚杨耶伊因英尤约扎詹泽珍朱兹佐丽莉琳茜妮黛·]{2,14})"
    r"(?:博士|教授|先生|女士)?(?:也|还|则|又|曾|随后|补充|进一步|在[^,。]{1,20})?$"
)
_ADDRESSED = re.compile(r"(?:对|向|接受|告诉|给|与|同|答)[^,、的]{0,12}$")
_PART_OF_WORD = tuple("的家生界级库型版主集营")  # 企业家, 大学生, 用户界面: the head is another word
_NOBODY = (
    "像",
    "就像",
    "例如",
    "比如",
    "因为",
    "没有人",
    "没人",
    "无人",
    "任何",
    "并",
    "试图",
    "可以",
    "能够",
    "用于",
    "通过",
)
_NO_NAME = re.compile(r"满足|不能|^它|获得|得到|受到|引发|引起|包括|吸引|在|将|把|被|因(?!特)|从(?!业)|使得")
_TITLE = re.compile(r"《([^《》]{2,30})》(?!\s*(?:时|后|前|中|里|上|的(?:作者|主演|导演|编剧|创作者|主编)))")
_IN_WORK = re.compile(r"[》”]?\s*(?:时|后|前)")
_CALLED = re.compile(r"(?:名叫|名为|叫做|叫作|叫|署名)\s*[“《]?$")  # 一位叫X的创业者: X himself
_POSSESSIVE = re.compile(r"[》”’)]?\s*(?:杂志|周刊|网站)?\s*(?:旗下|的(?!话)|之)")
_PARTITIVE = re.compile(r"[》”’)]?\s*(?:上|中|内部|内|里|社区|论坛|平台|也|还)*(?:有|就有|也有)\s*")
_FIRST_PERSON = re.compile(
    r"(?<!据)(?<!在)(?<!于)(?<!对)(?<!向)(?<!跟)(?<!告诉)(?:我们|我|咱们|笔者|小编|本文)(?!国|方|校|省|市|院)"
)
_THIRD_PERSON = re.compile(r"(?<!其)(?<!利)(?:他|她)(?!们|人|国|乡|山|日|者)")
_THEY = re.compile(r"(?:他|她)们")
_SOME_PEOPLE = re.compile(r"人们|[^们]{1,3}人")
_ITS = re.compile(r"(?:其|该公司|这家公司|公司|该机构|这家初创公司|这家企业|该初创公司)(?!中|他|实|次|余|间)")
_IT = re.compile(r"^\s*它(?!们)")
_LEAD = re.compile(
    r"^(?:当(?=有|一|很)|[(【]?\d+[)】、.]|综合|在[^,。;:在]{1,10}[中上里]|只有|如果|但是|但|不过|而且|而|然而|此前|近日|近期|日前|目前|对此|同时|此外|另外|随后|之后|后来|最近|今天|昨天|昨日|今日|昨晚|今早|上周|本周|当时|当天|"
    r"早前|其中|最初|起初|当初|原先|后来|早期|早先|一开始|一直以来|长期以来|多年来|过去|以前|从前|通常|往往|渐渐|因此|所以|甚至|于是|虽然|尽管|即便|如今|现在|刚刚|据|根据|也|还|就|又|更|曾|已|都|却|再|早在|一个|由|面对|之前|其实|事实上|"
    r"[\d一二三四五六七八九十]+[年月日号][份初底末]?|[去今明前]年|年初|年底|\d+:\d+|[,\s])+"
)
_TAIL = re.compile(
    r"(?:近日|日前|今天|昨天|昨日|今日|也|还|都|就|又|更|曾|已|已经|一致|普遍|纷纷|公开|随后|再次|则|均|特别|特意|明确|表|方面|此前|之前|多次|一度|进一步|首次|正式|直接|当时|最近|"
    r"刚刚|同时|甚至|干脆|反复|坚持|始终|毫不[\u4e00-\u9fff]{1,4}地|[\u4e00-\u9fff]{1,4}地|会|将|可|对此|共同|联合|[,\s])++$"
)


_VERBAL = (
    "援引|引用|引述|称|说|与|和|对|向|了|在|发布|推出|被|让|给|把|将|从|是|有|用|及|但|而|就|已|不|来|去|到|出走|投|买"
)


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(
        r"[》”’)]?\s*(?:公司|集团|杂志|中国|大中华区|全球|亚太|的)?\s*(?:前|现任|时任|原|一名|一位|某|多名|多位|现|新任|临时|联席)?\s*"
        rf"(?:(?!{_VERBAL})[\u4e00-\u9fffA-Za-z]){{0,8}}?({either(words('titles'))})(?:们)?"
    )


@cache
def _sources() -> re.Pattern[str]:
    adverbs = "(?=(?:也|则|还|都|就|又)?(?:[说表称认觉反指]|$))"
    beside = rf"(?:(?<=^)|(?<=[,、。;“”\s])){either(words('sources_beside'))}{adverbs}"
    return re.compile(either([*words("sources"), *words("documents")]) + "|" + beside)


@cache
def _documents() -> re.Pattern[str]:
    return re.compile(
        r"[》”’)]?\s*(?:的|在|旗下|官方|自家|发布的|公布的|最新|最近|独家|内部|其|上|一篇|一则|一份|一项|年度|相关|中国|\d{1,4}[年月日号]|份)*+\s*"
        rf"[\u4e00-\u9fff]{{0,10}}?{either(words('documents'))}(?!人员|员|者|院|所|中心|团队|机构|室|局|集|库|科学家|工程师)"
    )


_LATIN_NAME = re.compile(r"\s*([A-Z][A-Za-z.'\-]{1,19}(?:[ ·][A-Z][A-Za-z.'\-]*){0,3})")
# A name that heads a clause of saying, and nothing tells what it is: Harge, Talia Goldberg; not AI, CEO, Agent.
_NAMED_ALONE = re.compile(
    r"(?!(?:Agent|Agents|Prompt|Token|Transformer|Bot|Chatbot|Copilot|Note|Figure|Table|Part|Chapter|The|This|It|We|In)\b)"
    r"[A-Z][a-z]{2,}(?:[ ·][A-Z][A-Za-z.'\-]*)*"
)
_KINDS = ["公司", "企业", "团队", "机构", "组织", "实验室", "平台", "独角兽", "媒体", "网站", "智库", "杂志", "基金"]
_KINDS += ["品牌", "厂商", "巨头", "博主", "用户", "网友", "大神", "先生", "女士", "博士", "教父"]
_BEHIND_NAME = re.compile(
    r"\s*(?:\([^()]{1,40}\))?\s*(?:在|对|向|于|就|曾|也|则|还|近日|随后|今天|周|\d|此前|之前|更|一直|接受|的观点|$)"
)


@cache
def _named_kinds() -> re.Pattern[str]:
    return re.compile(either([*words("titles"), *words("sources"), *_KINDS]))


def _latin(a: AnnotatedArticle, start: int, end: int) -> Holder | None:
    """CEO Thomas Dohmke, 初创公司Sakana: a latin name that no mention covers, right behind a title or a kind."""
    norm = a.article.norm
    owned = [x.end + 1 for x in a.mentions_in(start, end) if norm[x.end : x.end + 1] == "的"]  # BVP的Talia Goldberg
    for begin in [start, *owned, *(kind.end() for kind in _named_kinds().finditer(norm, start, end))]:
        m = _LATIN_NAME.match(norm, begin, end)
        if m and begin == start and not _NAMED_ALONE.fullmatch(m.group(1)):
            continue
        if not m or _TAIL.sub("", norm[m.end() : end]) and not _BEHIND_NAME.match(norm, m.end(), end):
            continue
        if all(x.end <= m.start(1) for x in a.mentions_in(m.start(1) - 20, m.end(1))):
            return Holder(m.group(1).strip(), m.start(1), m.end(1), "Person")
    return None


def candidates(a: AnnotatedArticle, start: int, end: int) -> list[EntityMention]:
    """The mentions of [start, end) that could speak: not governed by a preposition."""
    norm = a.article.norm
    kept: list[EntityMention] = []
    for m in a.mentions_in(start, end):
        if m.end > end or m.type not in SPEAKERS:
            continue
        before = norm[max(start, m.start - 8) : m.start]
        joined = bool(kept) and _AND.search(norm[kept[-1].end : m.start]) and m.start - kept[-1].end <= 3
        governor = _GOVERNED.search(before)
        if governor and governor.group().startswith(_OPEN_PLACE) and not _POSTPOSITION.search(norm, m.end, end):
            governor = None  # 在 opens a clause of time here (早在X宣布…时), not a place
        if joined or not governor:
            kept.append(m)
    return kept


def subject(a: AnnotatedArticle, start: int, end: int) -> Holder | None:
    """The speaker named in [start, end), the text of a clause before its saying verb; None where there is none."""
    norm = a.article.norm
    found = candidates(a, start, end)
    called = [m for m in a.mentions_in(start, end) if m.type == "Person" and _CALLED.search(norm[start : m.start])]
    persons = [m for m in found if m.type == "Person" and not _POSSESSIVE.match(norm, m.end)]
    if persons := persons or called[-1:]:
        return _person(a, start, end, persons)
    if named := _latin(a, start, end):
        return named
    for m in reversed(found):
        if holder := _spoken_for(norm, m, start, end):
            return holder
    if titled := _titled(norm, start, end, found):
        return titled
    if generic := _generic(a, start, end, found):
        return generic
    for m in found:
        if not _POSSESSIVE.match(norm, m.end) and not (m.type in ("Work", "Policy") and _IN_WORK.match(norm, m.end)):
            return _group(norm, found, m)
    if foreign := _TRANSCRIBED.search(norm[start:end]):
        return Holder(foreign.group(1), start + foreign.start(1), start + foreign.end(1), "Person")
    return _pronoun(a, start, end) or _they(a, start, end)


def _they(a: AnnotatedArticle, start: int, end: int) -> Holder | None:
    """他们: the nameless group that the text spoke of last."""
    norm = a.article.norm
    m = _THEY.search(norm, start, end)
    if not m or m.start() - start > 8:
        return None
    groups = [
        g
        for g in word_pattern("sources").finditer(norm, max(0, start - 150), start)
        if norm[g.end() : g.end() + 1] == "们"
        or _SOME_PEOPLE.fullmatch(g.group())
        and norm[g.end()] not in "物员士类工生"
    ]
    if not groups:
        return None
    begin = phrase_start(norm, max(0, groups[-1].start() - 12), groups[-1].start())
    return Holder(
        words_of(norm, begin, groups[-1].end() + norm.startswith("们", groups[-1].end())), m.start(), m.end(), "Person"
    )


def _person(a: AnnotatedArticle, start: int, end: int, persons: list[EntityMention]) -> Holder:
    first = persons[0]
    title = _titles().match(a.article.norm, first.end, end)
    if title and title.end() - first.end <= 6 and len(persons) > 1 and "的" in title.group():
        first = persons[1]
    return Holder(first.entity, first.start, first.end, first.type)


def _spoken_for(norm: str, m: EntityMention, start: int, end: int) -> Holder | None:
    """X的报告 speaks for X; X CEO and X上有读者 speak as those words."""
    if m.type == "Person" and (aide := _AIDE.match(norm, m.end, end)):
        return Holder(words_of(norm, m.start, aide.end()), m.start, aide.end(), "Person")
    plain = re.compile(either([w for w in words("titles") if w != "官方"])).match(norm, m.end, end)
    if (document := _documents().match(norm, m.end, end)) and not plain:
        return Holder(m.entity, m.start, document.end(), m.type)
    partitive = _PARTITIVE.match(norm, m.end, end)
    if partitive and (source := _sources().search(norm, partitive.end(), min(end, partitive.end() + 10))):
        if word_pattern("documents").fullmatch(norm, source.start(), source.end()):
            return Holder(m.entity, m.start, source.end(), m.type)
        middle = "" if re.search(r"[也还]有|就有", partitive.group()) else partitive.group()
        name = norm[m.start : m.end] + middle + norm[partitive.end() : source.end()]
        return Holder(name, m.start, source.end(), "Person")
    if m.type in ("Organization", "Product", "Place", "Work") and (title := _titles().match(norm, m.end, end)):
        rest = norm[title.end() : end]
        person = None if _ASIDE.match(rest) else word_pattern("sources").search(rest)
        if "、" in rest or person and not _GOVERNED.search(rest[: person.start()]):
            return None
        if title.group(1) in ("方面", "官方"):
            return Holder(m.entity, m.start, title.end(), m.type)
        begin = m.end if m.kind == "pronoun" else m.start  # 其首席信息官 speaks as 首席信息官
        if insider := _INSIDER.search(norm, start, m.start):
            name = words_of(norm, insider.start(), title.end())
            return Holder(name, insider.start(), title.end(), "Person", any(w in name for w in _SECRET))
        return Holder(words_of(norm, begin, title.end()), m.start, title.end(), "Person")
    return None


def _group(norm: str, found: list[EntityMention], m: EntityMention) -> Holder:
    """X alone, or the words for all where several speak together (X、Y等多家机构)."""
    index = found.index(m)
    speaker, last, several = m, m, False
    for other in found[index + 1 :]:
        gap = norm[last.end : other.start]
        if (
            gap == "" and other.type == "Organization" and last.type in ("Organization", "Place")
        ):  # 百度昆仑芯: an owner and what it owns
            speaker, last = other, other
        elif _LISTED.fullmatch(gap):
            last, several = other, True
    etc = re.compile(r"\s*等[\u4e00-\u9fff]{0,8}?(?:公司|机构|企业|厂商|媒体|高校|部门|平台|大学|家)").match(
        norm, last.end
    )
    if several:
        end = etc.end() if etc else last.end
        return Holder(words_of(norm, m.start, end), m.start, end, m.type)
    return Holder(speaker.entity, m.start, speaker.end, speaker.type)


def _generic(a: AnnotatedArticle, start: int, end: int, found: list[EntityMention]) -> Holder | None:
    """A nameless source (业内人士, 外国网友): the noun phrase nearest before the verb."""
    norm = a.article.norm
    matches = [m for m in _sources().finditer(norm, start, end) if not any(f.start <= m.start() < f.end for f in found)]
    for m in reversed(matches):
        stop = m.end() + norm.startswith("们", m.end())
        tail = _TAIL.sub("", norm[stop:end])
        if len(tail) > 14 or norm[stop : stop + 1] in _PART_OF_WORD or _POSSESSIVE.match(norm, stop):
            continue
        if _GOVERNED.search(norm[max(start, m.start() - 8) : m.start()]) and not _joined(norm, m.start(), matches):
            continue
        if any(f.start >= stop for f in found):
            continue
        earlier = [x.end() for x in matches if x.end() < m.start()]
        if earlier and _ADDRESSED.search(norm[earlier[-1] : m.start()]):
            continue  # 业内人士向财联社记者: the first speaks to the second
        begin = phrase_start(norm, start, m.start())
        if m.group() == "市场" and begin != m.start():
            continue  # 不同的市场 is no crowd that thinks
        document = bool(word_pattern("documents").fullmatch(norm, m.start(), m.end())) or m.group() in _HOUSE
        if norm.startswith("其", begin):
            if document and (owner := _pronoun(a, begin, stop)):
                return owner
            begin += 1
        name = words_of(norm, begin, stop)
        reported = any(w in name for w in words("reported_sources"))
        if len(name) < 2 or "是" in name or name.startswith(_NOBODY) or _NO_NAME.search(name):
            return None
        return Holder(name, begin, stop, "Document" if document and m.group() not in _HOUSE else "Person", reported)
    return None


def _titled(norm: str, start: int, end: int, found: list[EntityMention]) -> Holder | None:
    """《X》 that no mention covers: a paper, a book or a report that speaks by its title."""
    for m in _TITLE.finditer(norm, start, end):
        known = any(x.start <= m.start() + 1 and x.end >= m.end() - 1 for x in found)
        if not known and not _GOVERNED.search(norm[max(start, m.start() - 6) : m.start() + 1]):
            return Holder(m.group(1), m.start(), m.end(), "Work")
    return None


def _joined(norm: str, position: int, matches: list[re.Match[str]]) -> bool:
    """Whether a source is the second of two (代表和专家们)."""
    return any(re.fullmatch(r"们?\s*(?:和|与|及|、)", norm[m.end() : position]) for m in matches if m.end() < position)


def phrase_start(norm: str, start: int, head: int) -> int:
    """Where the noun phrase that ends in a head begins: after adverbials, and not more than a few words back."""
    text = norm[start:head]
    lead = _LEAD.match(text)
    begin = start + (lead.end() if lead else 0)
    begin = min(begin, head)
    if (cut := max(norm.rfind(c, begin, head) for c in ",;:“”》。!?")) >= 0:
        begin = cut + 1
    if (cut := max(norm.rfind("援引", begin, head), norm.rfind("引述", begin, head))) >= 0:
        begin = cut + 2
    if (cut := max(norm.rfind("采访的", begin, head), norm.rfind("参加会议的", begin, head))) >= 0:
        begin = norm.index("的", cut) + 1
    listed = norm.rfind("、", begin, head)
    if listed >= 0 and not re.search(_sources().pattern + r"们?$", norm[begin:listed]):
        begin = listed + 1
    if len(_LATIN_WORDS.sub("A", norm[begin:head])) > 12:
        cut = max(norm.rfind("的", begin, head - 1), norm.rfind(" ", begin, head - 1))
        begin = cut + 1 if cut >= 0 else max(begin, head - 14)
    return begin


def words_of(norm: str, start: int, end: int) -> str:
    """The words of a holder without the punctuation around them, and not too many."""
    return norm[start:end].strip(" ,:;“”《》").removeprefix("的")[:MAX_WORDS]


def _pronoun(a: AnnotatedArticle, start: int, end: int) -> Holder | None:
    """他, 其, 该公司 that no mention covers: the nearest person or organisation before."""
    norm = a.article.norm
    for regex, types in (
        (_THIRD_PERSON, ("Person",)), (_ITS, ("Organization",)), (_IT, ("Product", "Model", "Organization")),
    ):  # fmt: skip
        m = regex.search(norm[start:end])
        if m and m.start() <= 8:
            earlier = a.mentions_in(max(0, start - 400), start)
            if found := next((x for x in reversed(earlier) if x.type in types), None):
                return Holder(found.entity, start + m.start(), start + m.end(), found.type)
            if regex is _THIRD_PERSON and (name := _described(norm, earlier)):
                return Holder(name, start + m.start(), start + m.end(), "Person")
    return None


def _described(norm: str, earlier: Sequence[EntityMention]) -> str | None:
    """The words for the person whom a text last named by his post alone: 谷歌的研究员."""
    for x in reversed(earlier):
        title = _titles().match(norm, x.end, x.end + MAX_WORDS) if x.type == "Organization" else None
        if title and title.group(1) not in ("方面", "官方", "团队", "董事会", "高层") and title.group()[-1] != "们":
            return words_of(norm, x.start, title.end())
    return None


def is_first_person(norm: str, start: int, end: int) -> bool:
    """Whether the author speaks of himself: 我, 我们, 笔者 as the subject."""
    return bool(_FIRST_PERSON.search(norm, start, end))
