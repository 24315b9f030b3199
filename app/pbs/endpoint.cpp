#include "pbs/endpoint.h"

#include <QRegularExpression>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> badAddress(const QString &why, const QString &text)
{
    return failure(ErrorKind::Invalid, u"pbs.url"_s, why + u": "_s + text);
}

bool bare(const QUrl &url)
{
    return !url.hasQuery() && !url.hasFragment();
}

} // namespace

Result<QUrl> parseBase(const QString &text)
{
    constexpr int standardPort = 8007;
    const QString trimmed = text.trimmed();
    const QString whole = trimmed.contains(u"://"_s) ? trimmed : u"https://"_s + trimmed;
    QUrl url(whole, QUrl::StrictMode);
    // The text is not repeated where it may hold a password.
    if (!url.userInfo().isEmpty() || whole.contains(u'@'))
        return failure(ErrorKind::Invalid, u"pbs.url"_s, u"the address must not hold a user or password"_s);
    if (!url.isValid() || url.host().isEmpty() || !bare(url))
        return badAddress(u"not the address of a server"_s, text);
    if (url.scheme() != u"https"_s)
        return badAddress(u"a backup server is reached over https only"_s, text);
    url.setPort(url.port(standardPort));
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path, QUrl::StrictMode);
    return url;
}

Result<QString> normalFingerprint(const QString &text)
{
    static const QRegularExpression pairs(uR"(\A([0-9a-f]{2}:){31}[0-9a-f]{2}\z)"_s);
    static const QRegularExpression digits(uR"(\A[0-9a-f]{64}\z)"_s);
    QString lower = text.trimmed().toLower();
    if (digits.match(lower).hasMatch())
        for (qsizetype at = 62; at > 0; at -= 2)
            lower.insert(at, u':');
    if (lower.isEmpty() || pairs.match(lower).hasMatch())
        return lower;
    return failure(ErrorKind::Invalid, u"pbs.fingerprint-form"_s, u"not a SHA-256 fingerprint: "_s + text);
}

QString authId(const Auth &auth)
{
    if (const auto *token = std::get_if<TokenAuth>(&auth))
        return token->id;
    if (const auto *password = std::get_if<PasswordAuth>(&auth))
        return password->user;
    return {};
}

} // namespace tidemark::pbs
