#include "postgres/certificatecheck.h"

#include "ports/once.h"

#include <QDir>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr char RequestTls[] = { 0, 0, 0, 8, 4, char(0xd2), 22, 47 }; // length and 80877103

struct Looked {
    QSslCertificate certificate;
    QList<QSslError> errors;
};

QString describe(const QSslCertificate &certificate)
{
    const auto name = [](const QStringList &names) { return names.value(0, u"?"_s); };
    return u"certificate of \"%1\", issued by \"%2\", valid until %3"_s.arg(
        name(certificate.subjectInfo(QSslCertificate::CommonName)),
        name(certificate.issuerInfo(QSslCertificate::CommonName)),
        certificate.expiryDate().toUTC().toString(Qt::ISODate));
}

QString codeFor(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return u"pg.tls-expired"_s;
    case QSslError::HostNameMismatch:
        return u"pg.tls-name"_s;
    default: // one of the many ways not to be trusted
        return u"pg.tls-untrusted"_s;
    }
}

// An authority that is not known weighs more than the date or the name on what it issued.
Error explained(const Error &refused, const Looked &looked)
{
    if (looked.certificate.isNull())
        return refused;
    Error error = refused;
    QStringList words { refused.detail };
    for (const QSslError &one : looked.errors) {
        const QString code = codeFor(one.error());
        if (error.code != u"pg.tls-untrusted" || words.size() == 1)
            error.code = code;
        words.append(one.errorString());
    }
    words.append(describe(looked.certificate));
    words.removeDuplicates();
    error.detail = words.join(u'\n');
    return error;
}

QSslConfiguration trusting(const QMap<QByteArray, QByteArray> &parameters)
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    const QString own = QString::fromUtf8(parameters.value("sslrootcert"));
    const QString file = own.isEmpty() ? QDir::homePath() + u"/.postgresql/root.crt"_s : own;
    configuration.setCaCertificates(QSslCertificate::fromPath(file));
    return configuration;
}

void look(QSslSocket &socket, const Endpoint &at, const Once<Looked> &looked)
{
    QObject::connect(
        &socket, &QSslSocket::connected, &socket, [&socket] { socket.write(RequestTls, sizeof RequestTls); });
    QObject::connect(&socket, &QSslSocket::readyRead, &socket, [&socket, looked] {
        if (socket.mode() != QSslSocket::UnencryptedMode)
            return;
        if (socket.read(1) == "S")
            socket.startClientEncryption();
        else
            looked.settle(Looked());
    });
    QObject::connect(
        &socket, &QSslSocket::sslErrors, &socket, [&socket, looked](const QList<QSslError> &errors) {
            looked.settle(Looked { socket.peerCertificate(), errors });
        });
    QObject::connect(&socket, &QSslSocket::encrypted, &socket, [&socket, looked] {
        looked.settle(Looked { socket.peerCertificate(), {} });
    });
    QObject::connect(&socket, &QSslSocket::errorOccurred, &socket, [looked] { looked.settle(Looked()); });
    QObject::connect(&socket, &QSslSocket::disconnected, &socket, [looked] { looked.settle(Looked()); });
    socket.setPeerVerifyName(QString::fromUtf8(at.host));
    socket.connectToHost(QString::fromUtf8(at.address), static_cast<quint16>(at.port.toUInt()));
}

} // namespace

QCoro::Task<Error> explainTls(
    Error refused, Endpoint at, QMap<QByteArray, QByteArray> parameters, std::stop_token stop)
{
    const bool unclear = refused.code == u"pg.tls-untrusted" || refused.code == u"pg.tls";
    if (!unclear || at.address.isEmpty() || !parameters.value("sslmode").startsWith("verify-"))
        co_return refused;
    const Once<Looked> looked;
    QSslSocket socket;
    socket.setSslConfiguration(trusting(parameters));
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [looked] { looked.settle(Looked()); });
    timer.start(3s);
    const std::stop_callback onStop(stop, [looked] { looked.settle(Looked()); });
    look(socket, at, looked);
    const Looked seen = co_await looked;
    socket.disconnect();
    co_return explained(refused, seen);
}

} // namespace tidemark
