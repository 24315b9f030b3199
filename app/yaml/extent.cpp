#include "yaml/extent.h"

#include "yaml/screen.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::yaml {

static bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

qsizetype lineStart(const QByteArray &bytes, qsizetype offset)
{
    return offset == 0 ? 0 : bytes.lastIndexOf('\n', offset - 1) + 1;
}

qsizetype lineEnd(const QByteArray &bytes, qsizetype offset)
{
    const qsizetype newline = bytes.indexOf('\n', offset);
    return newline < 0 ? bytes.size() : newline + 1;
}

qsizetype skipBlank(const QByteArray &bytes, qsizetype offset)
{
    while (offset < bytes.size()) {
        const bool comment = bytes[offset] == '#' && (offset == 0 || isBlank(bytes[offset - 1]));
        if (comment)
            offset = lineEnd(bytes, offset);
        else if (isBlank(bytes[offset]))
            ++offset;
        else
            break;
    }
    return offset;
}

static qsizetype endOfSingle(const QByteArray &bytes, qsizetype at)
{
    for (++at; at < bytes.size(); ++at) {
        if (bytes[at] != '\'')
            continue;
        if (at + 1 >= bytes.size() || bytes[at + 1] != '\'')
            return at + 1;
        ++at;
    }
    return -1;
}

static qsizetype endOfDouble(const QByteArray &bytes, qsizetype at)
{
    for (++at; at < bytes.size(); ++at) {
        if (bytes[at] == '\\')
            ++at;
        else if (bytes[at] == '"')
            return at + 1;
    }
    return -1;
}

static qsizetype closed(qsizetype end, const Node &node)
{
    if (end < 0)
        throw Refusal { problemAt(
            node.place, u"the quote that begins here is never closed"_s, u"Close it on the same line."_s) };
    return end;
}

// Plain text has no escapes: it stands there as it reads, but for line breaks folded to spaces.
static qsizetype endOfPlain(const QByteArray &bytes, qsizetype at, const QByteArray &text)
{
    for (qsizetype i = 0; i < text.size() && at < bytes.size();) {
        if (isBlank(text[i])) {
            while (i < text.size() && isBlank(text[i]))
                ++i;
            at = skipBlank(bytes, at);
            continue;
        }
        ++i;
        ++at;
    }
    return at;
}

static qsizetype indentOf(const QByteArray &bytes, qsizetype start)
{
    qsizetype at = start;
    while (at < bytes.size() && bytes[at] == ' ')
        ++at;
    return at - start;
}

static bool blankLine(const QByteArray &bytes, qsizetype start)
{
    const QByteArray line = bytes.mid(start, lineEnd(bytes, start) - start);
    return std::all_of(line.begin(), line.end(), isBlank);
}

// The header line and every line indented deeper than the key; trailing blank lines belong to it when kept.
static qsizetype endOfBlock(const QByteArray &bytes, qsizetype at, qsizetype parentIndent)
{
    const qsizetype header = lineEnd(bytes, at);
    const bool keepsBlank = bytes.mid(at, header - at).left(4).contains('+');
    qsizetype end = header;
    for (qsizetype start = header; start < bytes.size(); start = lineEnd(bytes, start)) {
        const bool blank = blankLine(bytes, start);
        if (!blank && indentOf(bytes, start) <= parentIndent)
            break;
        if (!blank || keepsBlank)
            end = lineEnd(bytes, start);
    }
    while (end > at && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r'))
        --end;
    return end;
}

static qsizetype endOfScalar(const Node &node, const QByteArray &bytes, qsizetype parentIndent)
{
    const qsizetype at = node.place.offset;
    switch (node.style) {
    case Node::Style::Single:
        return closed(endOfSingle(bytes, at), node);
    case Node::Style::Double:
        return closed(endOfDouble(bytes, at), node);
    case Node::Style::Block:
        return endOfBlock(bytes, at, parentIndent);
    case Node::Style::Plain:
        break;
    }
    return endOfPlain(bytes, at, node.text.toUtf8());
}

// yaml-cpp does not tell where nothing stands: it is after the key's colon, or after the list's dash.
static void measureNull(Node &node, const QByteArray &bytes, const Place &before, qsizetype after)
{
    qsizetype at = after;
    while (at < bytes.size() && (bytes[at] == ' ' || bytes[at] == ':'))
        ++at;
    for (const QByteArray word : { "~", "null", "Null", "NULL" }) {
        if (QByteArrayView(bytes).sliced(at).startsWith(word)) {
            node.place = advance(before, bytes, at);
            node.end = at + word.size();
            return;
        }
    }
    const qsizetype colon = bytes.indexOf(':', after);
    node.place = advance(before, bytes, colon < 0 ? after : colon + 1);
    node.end = node.place.offset;
}

static void measureInside(
    Node &node, const QByteArray &bytes, qsizetype parentIndent, const Place &before, qsizetype after);

static qsizetype endOfFlow(const Node &node, const QByteArray &bytes)
{
    qsizetype at = node.items.empty() ? node.place.offset + 1 : node.items.back().end;
    at = skipBlank(bytes, at);
    if (at < bytes.size() && bytes[at] == ',')
        at = skipBlank(bytes, at + 1);
    return std::min(at + 1, bytes.size());
}

static void measureChildren(Node &node, const QByteArray &bytes, qsizetype parentIndent)
{
    Place before = node.place;
    qsizetype after = before.offset;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        qsizetype indent = parentIndent;
        if (node.kind == Node::Kind::Map) {
            Node &key = node.keys[i];
            key.end = endOfScalar(key, bytes, 0);
            before = key.place;
            after = key.end;
            indent = key.place.offset - lineStart(bytes, key.place.offset);
        }
        measureInside(node.items[i], bytes, indent, before, after);
        after = node.items[i].end;
    }
}

static void measureInside(
    Node &node, const QByteArray &bytes, qsizetype parentIndent, const Place &before, qsizetype after)
{
    if (node.kind == Node::Kind::Null)
        return measureNull(node, bytes, before, after);
    if (node.kind == Node::Kind::Scalar) {
        node.end = endOfScalar(node, bytes, parentIndent);
        return;
    }
    if (!node.flow && node.kind == Node::Kind::Map && !node.keys.empty())
        node.place = node.keys.front().place;
    measureChildren(node, bytes, parentIndent);
    if (node.flow)
        node.end = endOfFlow(node, bytes);
    else
        node.end = node.items.empty() ? node.place.offset : node.items.back().end;
}

void measure(Node &root, const QByteArray &bytes)
{
    if (root.kind == Node::Kind::Null)
        root.place = placeOf(bytes, 0);
    else
        measureInside(root, bytes, 0, placeOf(bytes, 0), 0);
}

} // namespace tidemark::yaml
