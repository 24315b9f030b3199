#include "pbs/totp.h"

#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QUrlQuery>
#include <QtEndian>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

std::optional<QByteArray> fromBase32(const QByteArray &text)
{
    QByteArray out;
    quint32 bits = 0;
    int held = 0;
    for (const char c : text.toUpper()) {
        if (c == ' ' || c == '-' || c == '=')
            continue;
        const int value = c >= 'A' && c <= 'Z' ? c - 'A' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
        if (value < 0)
            return std::nullopt;
        bits = (bits << 5) | static_cast<quint32>(value);
        held += 5;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>((bits >> held) & 0xff);
        }
    }
    if (out.isEmpty())
        return std::nullopt;
    return out;
}

std::optional<TotpSeed::Hash> hashOf(const QString &name)
{
    const QString upper = name.toUpper();
    if (upper.isEmpty() || upper == u"SHA1"_s)
        return TotpSeed::Hash::Sha1;
    if (upper == u"SHA256"_s)
        return TotpSeed::Hash::Sha256;
    if (upper == u"SHA512"_s)
        return TotpSeed::Hash::Sha512;
    return std::nullopt;
}

QCryptographicHash::Algorithm algorithm(TotpSeed::Hash hash)
{
    switch (hash) {
    case TotpSeed::Hash::Sha1:
        return QCryptographicHash::Sha1;
    case TotpSeed::Hash::Sha256:
        return QCryptographicHash::Sha256;
    case TotpSeed::Hash::Sha512:
        return QCryptographicHash::Sha512;
    }
    Q_UNREACHABLE();
}

// The seed's own text never appears in an error.
tl::unexpected<Error> badSeed(const QString &why)
{
    return failure(ErrorKind::Invalid, u"pbs.totp-seed"_s, why);
}

Result<TotpSeed> parseAddress(const QUrl &address)
{
    const QUrlQuery query(address);
    const auto number = [&query](const QString &key, int fallback) {
        return query.hasQueryItem(key) ? query.queryItemValue(key).toInt() : fallback;
    };
    const auto key = fromBase32(query.queryItemValue(u"secret"_s).toLatin1());
    const auto hash = hashOf(query.queryItemValue(u"algorithm"_s));
    const int digits = number(u"digits"_s, 6);
    const int period = number(u"period"_s, 30);
    if (!key)
        return badSeed(u"the otpauth address holds no base32 secret"_s);
    if (!hash || digits < 6 || digits > 8 || period < 1)
        return badSeed(u"the otpauth address asks for an algorithm, digits or a period not known"_s);
    return TotpSeed { Secret(*key), *hash, digits, std::chrono::seconds(period) };
}

} // namespace

Result<TotpSeed> TotpSeed::parse(const Secret &text)
{
    const QByteArray trimmed = text.reveal().trimmed();
    if (trimmed.startsWith("otpauth://"))
        return parseAddress(QUrl(QString::fromUtf8(trimmed)));
    const auto key = fromBase32(trimmed);
    if (!key)
        return badSeed(u"the seed of the second factor is not base32"_s);
    return TotpSeed { .key = Secret(*key) };
}

qint64 TotpSeed::step(Instant when) const
{
    return when.seconds() / period.count();
}

QByteArray TotpSeed::code(qint64 step) const
{
    QByteArray counter(8, '\0');
    qToBigEndian(step, counter.data());
    const QByteArray mac = QMessageAuthenticationCode::hash(counter, key.reveal(), algorithm(hash));
    const int offset = mac.back() & 0x0f;
    const quint32 word = qFromBigEndian<quint32>(mac.constData() + offset) & 0x7fffffffU;
    quint32 limit = 1;
    for (int i = 0; i < digits; ++i)
        limit *= 10;
    return QByteArray::number(word % limit).rightJustified(digits, '0');
}

} // namespace tidemark::pbs
