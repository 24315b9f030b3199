#include "fleet/fingerprint.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype Digits = 64;

bool isHex(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

bool isSeparator(QChar c)
{
    return c == u':' || c == u'-' || c.isSpace();
}

// The digits alone, or nothing when there is something else in it.
std::optional<QString> digitsOf(const QString &text)
{
    QString digits;
    for (const QChar c : text.section(u'=', -1)) {
        if (isHex(c))
            digits.append(c.toLower());
        else if (!isSeparator(c))
            return {};
    }
    return digits;
}

} // namespace

QStringList fingerprintPairs(const QString &fingerprint)
{
    const auto digits = digitsOf(fingerprint);
    if (!digits || digits->size() != Digits)
        return {};
    QStringList pairs;
    for (qsizetype at = 0; at < Digits; at += 2)
        pairs.append(digits->mid(at, 2).toUpper());
    return pairs;
}

FingerprintMatch compareFingerprint(const QString &pasted, const QString &shown)
{
    const auto mine = digitsOf(pasted.trimmed());
    const auto theirs = digitsOf(shown);
    if (pasted.trimmed().isEmpty())
        return FingerprintMatch::Empty;
    if (!mine || mine->isEmpty() || mine->size() > Digits)
        return FingerprintMatch::NotAFingerprint;
    if (!theirs || !theirs->startsWith(*mine))
        return FingerprintMatch::Different;
    return mine->size() == Digits ? FingerprintMatch::Same : FingerprintMatch::Incomplete;
}

} // namespace tidemark
