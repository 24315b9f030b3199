#include "log/clean.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark::log {

namespace {

constexpr qsizetype Longest = 8000;

struct Rule {
    QRegularExpression pattern;
    QString replacement;
};

QRegularExpression expression(const QString &pattern)
{
    return QRegularExpression(pattern,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption
            | QRegularExpression::DotMatchesEverythingOption);
}

// The order matters: whole keys and headers first, single values last.
const std::array<Rule, 7> &rules()
{
    static const std::array<Rule, 7> all { {
        { expression(u"(-----BEGIN [^-]*PRIVATE KEY-----).*?(-----END [^-]*-----|$)"_s), u"\\1***\\2"_s },
        { expression(u"\\b((?:proxy-)?authorization|(?:set-)?cookie)([\"']?\\s*[:=])[^\\r\\n]*"_s),
            u"\\1\\2 ***"_s },
        { expression(u"\\b(P(?:BS|VE)APIToken[= ]\\s*[^\\s:=]+[:=])\\S+"_s), u"\\1***"_s },
        { expression(u"\\b(P(?:BS|VE)[A-Z]*:[^\\s:]+:[^\\s:]*::?)[^\\s\"';,]+"_s), u"\\1***"_s },
        { expression(u"([a-z][a-z0-9+.-]*://[^\\s:/?#@]*):\\S*@"_s), u"\\1:***@"_s },
        { expression(u"([\\w-]*(?:password|passwd|passphrase|pwd|secret|token|ticket|totp|otp|api[_-]?key|"
                     "AuthCookie))([\"']?\\s*[=:]\\s*)"
                     "(\"(?:[^\"\\\\]|\\\\.)*(?:\"|$)|'(?:[^'\\\\]|\\\\.)*(?:'|$)|[^\\s,;&}\\])]+)"_s),
            u"\\1\\2***"_s },
        { expression(u"\\b(PASSWORD\\s+)'(?:[^']|'')*(?:'|$)"_s), u"\\1'***'"_s },
    } };
    return all;
}

bool forges(QChar c)
{
    const char16_t code = c.unicode();
    return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || code == 0x2028
        || code == 0x2029;
}

QString escaped(QChar c)
{
    switch (c.unicode()) {
    case u'\n':
        return u"\\n"_s;
    case u'\r':
        return u"\\r"_s;
    case u'\t':
        return u"\\t"_s;
    default:
        return u"\\u%1"_s.arg(int { c.unicode() }, 4, 16, QChar(u'0'));
    }
}

} // namespace

QString clean(const QString &text)
{
    QString safe = text;
    for (const Rule &rule : rules())
        safe.replace(rule.pattern, rule.replacement);
    QString line;
    line.reserve(safe.size());
    for (const QChar c : QStringView(safe).left(Longest)) {
        if (forges(c))
            line += escaped(c);
        else
            line += c;
    }
    if (safe.size() > Longest)
        line += u" … %1 more characters"_s.arg(safe.size() - Longest);
    return line;
}

} // namespace tidemark::log
