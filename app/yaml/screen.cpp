#include "yaml/screen.h"

#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace tidemark::yaml {

static constexpr qsizetype LargestFile = 1024 * 1024;
static constexpr std::size_t MostProblems = 20; // of one kind that tends to fill a file

Place advance(Place from, const QByteArray &bytes, qsizetype offset)
{
    const qsizetype end = std::min(offset, bytes.size());
    for (; from.offset < end; ++from.offset) {
        const auto c = static_cast<unsigned char>(bytes[from.offset]);
        if (c == '\n') {
            ++from.line;
            from.column = 1;
        } else if ((c & 0xC0) != 0x80) {
            ++from.column;
        }
    }
    return from;
}

Place placeOf(const QByteArray &bytes, qsizetype offset)
{
    Place start;
    if (bytes.startsWith("\xEF\xBB\xBF"))
        start.offset = 3;
    return advance(start, bytes, offset);
}

// The length of the UTF-8 sequence at the start, 0 if it is none.
static qsizetype sequenceLength(QByteArrayView bytes)
{
    const auto lead = static_cast<unsigned char>(bytes[0]);
    const qsizetype length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 1)
        return 1;
    if (length == 0 || lead > 0xF4 || length > bytes.size())
        return 0;
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decode(bytes.first(length));
    return decode.hasError() ? 0 : length;
}

static bool isControl(QByteArrayView bytes)
{
    const auto c = static_cast<unsigned char>(bytes[0]);
    if (c == 0xC2)
        return static_cast<unsigned char>(bytes[1]) < 0xA0;
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

static std::optional<FileProblem> firstStrangeByte(const QByteArray &bytes)
{
    const QByteArrayView all(bytes);
    for (qsizetype at = 0; at < all.size();) {
        const qsizetype length = sequenceLength(all.sliced(at));
        if (length == 0)
            return problemAt(placeOf(bytes, at), u"the file is not UTF-8 here"_s, u"Save it as UTF-8."_s);
        if (isControl(all.sliced(at)))
            return problemAt(placeOf(bytes, at), u"control character in the file"_s,
                u"Remove it; in a text write an escape such as \"\\x1b\"."_s);
        if (all[at] == '\r' && (at + 1 == all.size() || all[at + 1] != '\n'))
            return problemAt(placeOf(bytes, at), u"carriage return without a line feed"_s,
                u"End lines with LF or CRLF."_s);
        at += length;
    }
    return {};
}

static std::vector<FileProblem> tabIndented(const QByteArray &bytes)
{
    std::vector<FileProblem> problems;
    for (qsizetype start = 0; start >= 0 && start < bytes.size() && problems.size() < MostProblems;) {
        qsizetype at = start;
        while (at < bytes.size() && bytes[at] == ' ')
            ++at;
        if (at < bytes.size() && bytes[at] == '\t')
            problems.push_back(
                problemAt(placeOf(bytes, at), u"tab in the indentation"_s, u"Indent with spaces."_s));
        const qsizetype newline = bytes.indexOf('\n', start);
        start = newline < 0 ? -1 : newline + 1;
    }
    return problems;
}

std::vector<FileProblem> screen(const QByteArray &bytes)
{
    if (bytes.size() > LargestFile)
        return { problemAt({}, u"the file is larger than 1 MiB"_s, u"Is it the right file?"_s) };
    if (bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF"))
        return { problemAt({}, u"the file is UTF-16"_s, u"Save it as UTF-8."_s) };
    if (const auto strange = firstStrangeByte(bytes))
        return { *strange };
    return tabIndented(bytes);
}

static bool mustEscape(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

static QString escaped(char32_t c)
{
    if (c == U'\n')
        return u"\\n"_s;
    if (c == U'\t')
        return u"\\t"_s;
    const bool small = c < 0x100;
    return (small ? u"\\x%1"_s : u"\\u%1"_s).arg(static_cast<uint>(c), small ? 2 : 4, 16, QChar(u'0'));
}

QString shown(const QString &text, int limit)
{
    QString line;
    int count = 0;
    for (const char32_t c : text.toUcs4()) {
        if (++count > limit)
            return line + u'…';
        line += mustEscape(c) ? escaped(c) : QString::fromUcs4(&c, 1);
    }
    return line;
}

} // namespace tidemark::yaml
