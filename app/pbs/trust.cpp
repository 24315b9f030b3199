#include "pbs/trust.h"

#include "ports/once.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QSslSocket>
#include <QTimer>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

QString objections(const QList<QSslError> &errors)
{
    QStringList texts;
    for (const QSslError &error : errors)
        texts << error.errorString();
    texts.removeDuplicates();
    return texts.join(u"; "_s);
}

std::optional<Instant> instantOf(const QDateTime &time)
{
    if (!time.isValid())
        return std::nullopt;
    return Instant::fromSeconds(time.toSecsSinceEpoch());
}

CertificateFacts factsOf(const QSslSocket &socket, bool trusted)
{
    const QSslCertificate leaf = socket.peerCertificate();
    return {
        .fingerprint = fingerprintOf(leaf),
        .subject = leaf.subjectDisplayName(),
        .issuer = leaf.issuerDisplayName(),
        .validFrom = instantOf(leaf.effectiveDate()),
        .validUntil = instantOf(leaf.expiryDate()),
        .trustedBySystem = trusted,
    };
}

Error connectError(const QSslSocket &socket)
{
    const bool tls = socket.error() == QAbstractSocket::SslHandshakeFailedError
        || socket.error() == QAbstractSocket::SslInternalError;
    return { ErrorKind::Unreachable, tls ? u"pbs.tls"_s : u"pbs.unreachable"_s, socket.errorString() };
}

} // namespace

QString fingerprintOf(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return {};
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':'));
}

Error mismatch(const QString &confirmed, const QSslCertificate &shown)
{
    return { ErrorKind::Denied, u"pbs.fingerprint-mismatch"_s,
        u"the server shows %1, confirmed is %2"_s.arg(fingerprintOf(shown), confirmed) };
}

Error untrusted(const QSslCertificate &shown, const QList<QSslError> &errors)
{
    return { ErrorKind::Denied, u"pbs.certificate-untrusted"_s,
        u"the server shows %1: %2"_s.arg(fingerprintOf(shown), objections(errors)) };
}

Error cancelledError()
{
    return { ErrorKind::Cancelled, u"pbs.cancelled"_s, u"stopped on request"_s };
}

QCoro::Task<Result<CertificateFacts>> shownCertificate(
    QUrl base, std::chrono::milliseconds limit, std::stop_token stop)
{
    const Once<Result<CertificateFacts>> done;
    QSslSocket socket;
    bool trusted = true;
    QObject::connect(&socket, &QSslSocket::sslErrors, &socket, [&](const QList<QSslError> &) {
        trusted = false;
        socket.ignoreSslErrors();
    });
    QObject::connect(
        &socket, &QSslSocket::encrypted, &socket, [&, done] { done.settle(factsOf(socket, trusted)); });
    QObject::connect(&socket, &QSslSocket::errorOccurred, &socket,
        [&, done] { done.settle(tl::unexpected(connectError(socket))); });
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [=] {
        done.settle(
            failure(ErrorKind::Timeout, u"pbs.timeout"_s, u"no handshake within %1 ms"_s.arg(limit.count())));
    });
    const std::stop_callback onStop(stop, [done] { done.settle(tl::unexpected(cancelledError())); });
    timer.start(limit);
    socket.connectToHostEncrypted(base.host(), static_cast<quint16>(base.port()));
    auto facts = co_await done;
    socket.disconnect();
    socket.abort();
    co_return facts;
}

} // namespace tidemark::pbs
