#include "procedure/masking.h"

#include <QRegularExpression>
#include <QString>

using namespace Qt::StringLiterals;

namespace tidemark {

// Latin 1 keeps every byte as it is.
QByteArray masked(const QByteArray &output)
{
    static const QRegularExpression named(
        uR"re(((?:password|passphrase|passwd|pgpassword|secret|token_secret|cipher[-_]pass|access[-_]key)["']?\s*[=:]\s*)("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"';&]+))re"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression inAddress(uR"re(([a-z][a-z0-9+.-]*://[^\s:/@]+:)([^\s@/]+)(?=@))re"_s,
        QRegularExpression::CaseInsensitiveOption);
    QString text = QString::fromLatin1(output);
    text.replace(named, u"\\1***"_s);
    text.replace(inAddress, u"\\1***"_s);
    return text.toLatin1();
}

} // namespace tidemark
