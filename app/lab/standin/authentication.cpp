#include "standin/authentication.h"

#include "standin/privileges.h"

#include <QMessageAuthenticationCode>
#include <QRegularExpression>
#include <QUrl>

#include <array>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

static QByteArray signWith(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha512).toBase64();
}

static QByteArray sign(const State &state, const QByteArray &text)
{
    return signWith(state.key, text);
}

static QString hexTime(qint64 seconds)
{
    return QString::number(seconds, 16).toUpper().rightJustified(8, u'0');
}

static QByteArray signedText(const QString &head, const QString &boundTo)
{
    return "ticket:" + (boundTo.isEmpty() ? head : head + u"::"_s + boundTo).toUtf8();
}

QString makeTicket(const State &state, const QString &data, qint64 now, const QString &boundTo)
{
    const QString head = u"PBS:"_s + data + u':' + hexTime(now);
    return head + u"::"_s + QString::fromLatin1(sign(state, signedText(head, boundTo)));
}

tl::expected<QString, QString> checkTicket(
    const State &state, const QString &ticket, qint64 now, qint64 lifetime, const QString &boundTo)
{
    const QString prefix = ticket.section(u':', 0, 0);
    const QString data = ticket.section(u':', 1, 1);
    if (!ticket.contains(u':'))
        return tl::unexpected(u"ticket without data"_s);
    if (ticket.count(u':') < 2)
        return tl::unexpected(u"ticket without timestamp"_s);
    bool isHex = false;
    const qint64 time = ticket.section(u':', 2, 2).toLongLong(&isHex, 16);
    if (!isHex)
        return tl::unexpected(u"ticket with bad timestamp - invalid digit found in string"_s);
    if (ticket.count(u':') < 4)
        return tl::unexpected(u"ticket without signature"_s);
    const QString head = ticket.section(u':', 0, 2);
    const QByteArray given = ticket.section(u':', 4).toLatin1();
    for (const QByteArray &retired : state.retiredKeys)
        if (given == signWith(retired, signedText(head, boundTo)))
            return tl::unexpected(u"invalid ticket - expired"_s);
    if (prefix != u"PBS" || given != sign(state, signedText(head, boundTo)))
        return tl::unexpected(u"ticket with invalid signature"_s);
    if (time > now + 300)
        return tl::unexpected(u"invalid ticket - timestamp newer than expected"_s);
    if (time < now - lifetime)
        return tl::unexpected(u"invalid ticket - expired"_s);
    return data;
}

static QString csrfDigest(const State &state, const QString &userId, const QString &time)
{
    return QString::fromLatin1(sign(state, (u"csrf:"_s + time + u':' + userId).toUtf8()).left(43));
}

QString makeCsrfToken(const State &state, const QString &userId, qint64 now)
{
    return hexTime(now) + u':' + csrfDigest(state, userId, hexTime(now));
}

static std::optional<QString> csrfFault(
    const State &state, const HttpRequest &request, const QString &userId, qint64 now)
{
    if (request.method == "GET")
        return {};
    const auto header = request.headers.constFind("csrfpreventiontoken");
    if (header == request.headers.constEnd())
        return u"missing CSRF prevention token"_s;
    const QStringList parts = QString::fromLatin1(*header).split(u':');
    if (parts.size() != 2)
        return u"invalid csrf token - format error - wrong number of parts."_s;
    if (parts[1] != csrfDigest(state, userId, parts[0]))
        return u"invalid csrf token - invalid signature."_s;
    const qint64 age = now - parts[0].toLongLong(nullptr, 16);
    if (age > TicketLifetime)
        return u"invalid csrf token - timestamp too old."_s;
    return {};
}

static std::optional<QString> authCookie(const HttpRequest &request)
{
    for (const QByteArray &part : request.headers.value("cookie").split(';')) {
        const QByteArray pair = part.trimmed();
        if (pair.startsWith("PBSAuthCookie="))
            return QUrl::fromPercentEncoding(pair.mid(14));
    }
    return {};
}

static const QString Inactive = u"user account or token disabled or expired."_s;

static tl::expected<QString, QString> byTicket(
    const State &state, const HttpRequest &request, const QString &cookie, qint64 now)
{
    const auto data = checkTicket(state, cookie, now, TicketLifetime);
    if (!data)
        return tl::unexpected(data.error());
    if (data->startsWith(u"!"))
        return tl::unexpected(u"ticket with invalid signature"_s);
    if (!isActive(state, *data, now))
        return tl::unexpected(Inactive);
    if (const auto fault = csrfFault(state, request, *data, now))
        return tl::unexpected(*fault);
    return *data;
}

static tl::expected<QString, QString> byToken(const State &state, const QString &header, qint64 now)
{
    static const QRegularExpression tokenName(u"^[A-Za-z0-9_][A-Za-z0-9._\\-]*$"_s);
    const QString id = header.section(u':', 0, 0);
    if (isToken(id) && !tokenName.match(id.section(u'!', 1)).hasMatch())
        return tl::unexpected(u"invalid token name"_s);
    if (!header.contains(u':'))
        return tl::unexpected(u"failed to split API token header"_s);
    if (!isToken(id))
        return tl::unexpected(u"not an API token ID"_s);
    if (!isActive(state, id, now))
        return tl::unexpected(Inactive);
    const Token &token = state.users.at(userOf(id)).tokens.at(id.section(u'!', 1));
    const QByteArray secret = QByteArray::fromPercentEncoding(header.section(u':', 1).toLatin1());
    if (token.secretHash != hashSecret(secret))
        return tl::unexpected(u"invalid credentials"_s);
    return id;
}

tl::expected<QString, QString> authenticate(const State &state, const HttpRequest &request, qint64 now)
{
    if (const auto cookie = authCookie(request))
        return byTicket(state, request, *cookie, now);
    const QString header = QString::fromUtf8(request.headers.value("authorization"));
    if (header.startsWith(u"PBSAPIToken=") || header.startsWith(u"PBSAPIToken "))
        return byToken(state, header.mid(12), now);
    return tl::unexpected(u"no authentication credentials provided."_s);
}

static QByteArray fromBase32(const QByteArray &text)
{
    QByteArray result;
    quint32 bits = 0;
    int count = 0;
    for (const char c : text.toUpper()) {
        const int value = c >= 'A' && c <= 'Z' ? c - 'A' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
        if (value < 0)
            continue;
        bits = (bits << 5) | quint32(value);
        count += 5;
        if (count >= 8) {
            count -= 8;
            result.append(char((bits >> count) & 0xff));
        }
    }
    return result;
}

QString totpCode(const QByteArray &base32Secret, qint64 step)
{
    QByteArray counter(8, '\0');
    for (int i = 7; i >= 0; --i, step >>= 8)
        counter[i] = char(step & 0xff);
    const QByteArray mac
        = QMessageAuthenticationCode::hash(counter, fromBase32(base32Secret), QCryptographicHash::Sha1);
    const int offset = mac.back() & 0xf;
    quint32 number = 0;
    for (int i = 0; i < 4; ++i)
        number = (number << 8) | quint8(mac[offset + i]);
    return QString::number((number & 0x7fffffff) % 1'000'000).rightJustified(6, u'0');
}

bool takeTotp(User &user, const QString &code, qint64 now)
{
    static constexpr std::array<qint64, 3> drift { 0, -1, 1 };
    for (SecondFactor &factor : user.totp)
        for (const qint64 d : drift) {
            const qint64 step = now / 30 + d;
            if (step > factor.lastStep && totpCode(factor.secret, step) == code) {
                factor.lastStep = step;
                return true;
            }
        }
    return false;
}

} // namespace tidemark::standin
