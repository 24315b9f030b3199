#include "yaml/edit.h"

#include "yaml/extent.h"
#include "yaml/meant.h"
#include "yaml/write.h"

using namespace Qt::StringLiterals;

namespace tidemark::yaml {

namespace {

using Text = std::optional<QByteArray>;

QByteArray spaces(qsizetype count)
{
    return QByteArray(std::max<qsizetype>(count, 0), ' ');
}

qsizetype columnOf(const QByteArray &text, qsizetype offset)
{
    return offset - lineStart(text, offset);
}

bool onlySpaces(const QByteArray &text, qsizetype from, qsizetype to)
{
    const QByteArray between = text.mid(from, to - from);
    return std::all_of(between.begin(), between.end(), [](char c) { return c == ' '; });
}

// Puts whole lines in, in the file's own line endings, also behind a last line that has none.
QByteArray insertLines(const QByteArray &text, qsizetype at, QByteArray lines)
{
    if (text.contains("\r\n"))
        lines.replace("\n", "\r\n");
    const QByteArray eol = text.contains("\r\n") ? "\r\n" : "\n";
    const bool openLine = at > 0 && at == text.size() && !text.endsWith('\n');
    if (openLine)
        lines = eol + lines.chopped(eol.size());
    return QByteArray(text).insert(at, lines);
}

QByteArray cut(const QByteArray &text, qsizetype from, qsizetype to)
{
    return QByteArray(text).remove(from, to - from);
}

// The dash that begins this item of a block list; -1 when it is not where it should be.
qsizetype dashOf(const QByteArray &text, const Node &item)
{
    qsizetype at = item.place.offset - 1;
    while (at >= 0 && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r'))
        --at;
    const bool alone = at >= 0 && text[at] == '-' && onlySpaces(text, lineStart(text, at), at);
    return alone ? at : -1;
}

QByteArray inOwnQuotes(const Node &old, const Node &value, bool inFlow)
{
    if (old.kind == Node::Kind::Scalar
        && (old.style == Node::Style::Single || old.style == Node::Style::Double))
        return writeQuoted(value.text, old.style);
    return writeScalar(value.text, value.style, inFlow);
}

Text replaceScalar(const QByteArray &text, const Node &old, const Node &value, bool inFlow)
{
    const bool nothingThere = old.end == old.place.offset;
    const QByteArray now = (nothingThere ? " " : "") + inOwnQuotes(old, value, inFlow);
    return QByteArray(text).replace(old.place.offset, old.end - old.place.offset, now);
}

struct Kept {
    std::size_t front = 0;
    std::size_t back = 0;
};

// How many items at both ends stay as they are.
Kept keptItems(const Node &old, const Node &value)
{
    const std::size_t shorter = std::min(old.items.size(), value.items.size());
    Kept kept;
    while (kept.front < shorter && old.items[kept.front].text == value.items[kept.front].text)
        ++kept.front;
    while (kept.back < shorter - kept.front
        && old.items[old.items.size() - 1 - kept.back].text
            == value.items[value.items.size() - 1 - kept.back].text)
        ++kept.back;
    return kept;
}

Text replaceBlockList(const QByteArray &text, const Node &old, const Node &value)
{
    const Kept kept = keptItems(old, value);
    const qsizetype firstDash = dashOf(text, old.items.front());
    if (firstDash < 0)
        return {};
    QByteArray out = text;
    qsizetype at
        = kept.front == 0 ? lineStart(text, firstDash) : lineEnd(text, old.items[kept.front - 1].end);
    for (std::size_t i = old.items.size() - kept.back; i-- > kept.front;) {
        const qsizetype dash = dashOf(text, old.items[i]);
        if (dash < 0)
            return {};
        out = cut(out, lineStart(text, dash), lineEnd(text, old.items[i].end));
    }
    QByteArray lines;
    for (std::size_t i = kept.front; i < value.items.size() - kept.back; ++i)
        lines += spaces(columnOf(text, firstDash)) + "- "
            + writeScalar(value.items[i].text, value.items[i].style, false) + "\n";
    return lines.isEmpty() ? out : insertLines(out, std::min(at, out.size()), lines);
}

Text replaceValue(const QByteArray &text, const Node &old, const Node &value, bool inFlow)
{
    if (value.kind == Node::Kind::Scalar && !old.isCollection())
        return replaceScalar(text, old, value, inFlow);
    if (value.kind != Node::Kind::List || (old.kind != Node::Kind::List && old.kind != Node::Kind::Null))
        return {};
    if (old.kind == Node::Kind::List && !old.flow)
        return replaceBlockList(text, old, value);
    const bool nothingThere = old.end == old.place.offset;
    return QByteArray(text).replace(
        old.place.offset, old.end - old.place.offset, (nothingThere ? " " : "") + writeFlow(value));
}

Text appendFlow(const QByteArray &text, const Node &into, const Node &rest)
{
    QByteArray inside = writeFlow(rest);
    inside = inside.sliced(1, inside.size() - 2);
    if (into.items.empty())
        return QByteArray(text).insert(into.place.offset + 1, inside);
    return QByteArray(text).insert(into.items.back().end, ", " + inside);
}

Text appendEntry(const QByteArray &text, const Node &into, const Node &rest, bool atTop)
{
    const qsizetype indent = columnOf(text, into.keys.front().place.offset);
    const QByteArray lines = atTop && indent == 0 ? writeFile(rest) : writeBlock(rest, indent);
    return insertLines(text, lineEnd(text, into.end), lines);
}

bool blankBefore(const QByteArray &text, const Node &list)
{
    if (list.items.size() < 2)
        return false;
    const qsizetype next = lineEnd(text, list.items[list.items.size() - 2].end);
    return text.mid(next, lineEnd(text, next) - next).trimmed().isEmpty();
}

Text appendItem(const QByteArray &text, const Node &into, const Node &rest)
{
    const Node &first = into.items.front();
    const qsizetype dash = dashOf(text, first);
    if (dash < 0)
        return {};
    const bool sameLine = lineStart(text, dash) == lineStart(text, first.place.offset);
    const qsizetype gap = sameLine ? first.place.offset - dash : 2;
    const qsizetype indent = columnOf(text, dash);
    const QByteArray lines = (blankBefore(text, into) ? "\n" : "") + spaces(indent) + "-" + spaces(gap - 1)
        + writeBlock(rest.items.front(), indent + gap, true);
    return insertLines(text, lineEnd(text, into.end), lines);
}

Text fill(const QByteArray &text, const Node &empty, const Node &rest, qsizetype indent)
{
    const QByteArray lines = writeBlock(rest, indent);
    if (empty.end > empty.place.offset)
        return {};
    return insertLines(text, lineEnd(text, empty.end), lines);
}

QByteArray begun(const QByteArray &text, const Node &rest)
{
    const bool open = !text.isEmpty() && !text.endsWith('\n');
    return text + (open ? "\n" : "") + writeFile(rest);
}

Text append(const QByteArray &text, const Trail &trail, const Change &change)
{
    const Node &into = trail.last();
    const std::size_t depth = trail.places.size();
    const Node rest = wrapped(change.steps, depth, *change.value);
    if (into.kind == Node::Kind::Null && depth == 0)
        return begun(text, rest);
    if (into.kind == Node::Kind::Null) {
        const Node &parent = *trail.nodes[depth - 1];
        return parent.flow || parent.keys.empty()
            ? Text()
            : fill(text, into, rest, columnOf(text, parent.keys.front().place.offset) + 2);
    }
    if (into.kind != rest.kind)
        return {};
    if (into.flow)
        return appendFlow(text, into, rest);
    return into.kind == Node::Kind::Map ? appendEntry(text, into, rest, depth == 0)
                                        : appendItem(text, into, rest);
}

Text removeFlow(const QByteArray &text, const Node &from, std::size_t at)
{
    const auto &begins = from.kind == Node::Kind::Map ? from.keys : from.items;
    if (at + 1 < from.items.size())
        return cut(text, begins[at].place.offset, begins[at + 1].place.offset);
    return cut(text, from.items[at - 1].end, from.items[at].end);
}

Text removeEntry(const QByteArray &text, const Node &from, std::size_t at)
{
    const qsizetype key = from.keys[at].place.offset;
    const qsizetype start = lineStart(text, key);
    if (onlySpaces(text, start, key))
        return cut(text, start, lineEnd(text, from.items[at].end));
    if (at + 1 == from.keys.size())
        return {};
    return cut(text, key, from.keys[at + 1].place.offset);
}

Text removeItem(const QByteArray &text, const Node &from, std::size_t at)
{
    const qsizetype dash = dashOf(text, from.items[at]);
    if (dash < 0)
        return {};
    return cut(text, lineStart(text, dash), lineEnd(text, from.items[at].end));
}

Text removed(const QByteArray &text, const Trail &trail)
{
    const std::size_t depth = removalDepth(trail);
    const Node &from = *trail.nodes[depth - 1];
    const std::size_t at = trail.places[depth - 1];
    if (from.items.size() == 1)
        return {};
    if (from.flow)
        return removeFlow(text, from, at);
    return from.kind == Node::Kind::Map ? removeEntry(text, from, at) : removeItem(text, from, at);
}

Text changedText(const QByteArray &text, const Node &root, const Change &change)
{
    const Trail trail = follow(root, change.steps);
    const bool whole = trail.places.size() == change.steps.size();
    if (!change.value)
        return whole ? removed(text, trail) : text;
    if (!whole)
        return append(text, trail, change);
    return replaceValue(text, trail.last(), *change.value, trail.nodes[trail.nodes.size() - 2]->flow);
}

} // namespace

Text edited(const QByteArray &text, const Change &change)
{
    const Parsed root = parse(text);
    if (!root || change.steps.empty())
        return {};
    const auto wanted = meant(*root, change);
    auto now = changedText(text, *root, change);
    if (!wanted || !now)
        return {};
    const Parsed again = parse(*now);
    if (!again || !sameMeaning(*again, *wanted))
        return {};
    return now;
}

} // namespace tidemark::yaml
