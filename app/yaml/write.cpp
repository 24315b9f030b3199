#include "yaml/write.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark::yaml {

static constexpr qsizetype LongestFlow = 88;

// Other readers take these for booleans, nulls, numbers or times.
static bool ambiguous(const QString &text)
{
    static const QRegularExpression form(
        u"^(~|null|true|false|yes|no|on|off|y|n|[-+.]?[0-9].*|[-+]?\\.(inf|nan))$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(text).hasMatch();
}

static bool mustEscape(char32_t c)
{
    return c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF
        || QChar::category(c) == QChar::Other_Format;
}

static bool needsEscapes(const QString &text)
{
    const auto all = text.toUcs4();
    return std::any_of(all.begin(), all.end(), mustEscape);
}

// Text that may stand without quotes anywhere.
static bool plainSafe(const QString &text, bool inFlow)
{
    static const QRegularExpression form(u"^[A-Za-z0-9/_.$(\\x{a1}-\\x{d7ff}]"
                                         "[A-Za-z0-9 /_.,;:+=~@%$()<>*?!&'\\x{a1}-\\x{d7ff}-]*$"_s);
    if (text.isEmpty() || text != text.trimmed() || needsEscapes(text) || !form.match(text).hasMatch())
        return false;
    if (inFlow && (text.contains(u',') || text.contains(u'?')))
        return false;
    return !text.contains(": "_L1) && !text.endsWith(u':') && !(inFlow && text.contains(u':'))
        && !text.startsWith("..."_L1);
}

static QString escapedCharacter(char32_t c)
{
    switch (c) {
    case U'"':
        return u"\\\""_s;
    case U'\\':
        return u"\\\\"_s;
    case U'\n':
        return u"\\n"_s;
    case U'\t':
        return u"\\t"_s;
    default:
        break;
    }
    if (!mustEscape(c))
        return QString::fromUcs4(&c, 1);
    const int width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    const auto form = width == 2 ? u"\\x%1"_s : width == 4 ? u"\\u%1"_s : u"\\U%1"_s;
    return form.arg(static_cast<uint>(c), width, 16, QChar(u'0'));
}

static QByteArray doubleQuoted(const QString &text)
{
    QString out = u"\""_s;
    for (const char32_t c : text.toUcs4())
        out += escapedCharacter(c);
    return (out + u'"').toUtf8();
}

QByteArray writeQuoted(const QString &text, Node::Style style)
{
    if (style == Node::Style::Single && !needsEscapes(text))
        return "'" + text.toUtf8().replace("'", "''") + "'";
    return doubleQuoted(text);
}

QByteArray writeScalar(const QString &text, Node::Style style, bool inFlow)
{
    const bool quotes = !plainSafe(text, inFlow) || (style != Node::Style::Plain && ambiguous(text))
        || QStringList { u"~"_s, u"null"_s, u"Null"_s, u"NULL"_s }.contains(text);
    if (!quotes)
        return text.toUtf8();
    return writeQuoted(text, style);
}

QByteArray writeFlow(const Node &node)
{
    if (node.kind == Node::Kind::Null)
        return "null";
    if (node.kind == Node::Kind::Scalar)
        return writeScalar(node.text, node.style, true);
    QByteArrayList parts;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const QByteArray value = writeFlow(node.items[i]);
        const bool map = node.kind == Node::Kind::Map;
        parts << (map ? writeScalar(node.keys[i].text, Node::Style::Plain, true) + ": " + value : value);
    }
    return node.kind == Node::Kind::Map ? "{" + parts.join(", ") + "}" : "[" + parts.join(", ") + "]";
}

static bool flat(const Node &node)
{
    const auto simple = [](const Node &item) { return !item.isCollection(); };
    return std::all_of(node.items.begin(), node.items.end(), simple);
}

static QByteArray spaces(qsizetype count)
{
    return QByteArray(count, ' ');
}

static QByteArray writeEntry(const Node &key, const Node &value, qsizetype indent)
{
    const QByteArray name = writeScalar(key.text, Node::Style::Plain, false) + ":";
    if (!value.isCollection()) {
        const QByteArray text
            = value.kind == Node::Kind::Null ? "null" : writeScalar(value.text, value.style, false);
        return name + " " + text + "\n";
    }
    const QByteArray flow = flat(value) ? writeFlow(value) : QByteArray();
    if (!flow.isEmpty() && indent + name.size() + flow.size() < LongestFlow)
        return name + " " + flow + "\n";
    return name + "\n" + writeBlock(value, indent + 2);
}

QByteArray writeBlock(const Node &node, qsizetype indent, bool begun)
{
    if (!node.isCollection() || node.items.empty())
        return (begun ? QByteArray() : spaces(indent)) + writeFlow(node) + "\n";
    QByteArray out;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        out += i == 0 && begun ? QByteArray() : spaces(indent);
        if (node.kind == Node::Kind::Map)
            out += writeEntry(node.keys[i], node.items[i], indent);
        else
            out += "- " + writeBlock(node.items[i], indent + 2, true);
    }
    return out;
}

static QByteArray writeSection(const Node &key, const Node &list)
{
    QByteArray out = key.text.toUtf8() + ":\n";
    for (std::size_t i = 0; i < list.items.size(); ++i)
        out += (i == 0 ? "  - " : "\n  - ") + writeBlock(list.items[i], 4, true);
    return out;
}

QByteArray writeFile(const Node &root)
{
    QByteArray out;
    for (std::size_t i = 0; i < root.items.size(); ++i) {
        const Node &value = root.items[i];
        if (value.kind == Node::Kind::List && !flat(value))
            out += "\n" + writeSection(root.keys[i], value);
        else
            out += writeEntry(root.keys[i], value, 0);
    }
    return out;
}

} // namespace tidemark::yaml
