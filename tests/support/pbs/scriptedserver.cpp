#include "support/pbs/scriptedserver.h"

#include "support/pbs/tlsthreads.h"

#include <QHostAddress>
#include <QMutex>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTimer>

namespace tidemark::test {

namespace {

// Takes one whole request off the front of what has come; false: not there yet.
bool takeRequest(QByteArray &buffer, HttpRequestSeen &request)
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return false;
    const QList<QByteArray> lines = buffer.left(headEnd).split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    request.headers.clear();
    for (const QByteArray &line : lines.mid(1))
        request.headers.insert(
            line.left(line.indexOf(':')).trimmed().toLower(), line.mid(line.indexOf(':') + 1).trimmed());
    const qsizetype length = request.headers.value("content-length", "0").toLongLong();
    if (buffer.size() < headEnd + 4 + length)
        return false;
    const QByteArray target = first.value(1);
    const qsizetype mark = target.indexOf('?');
    request.method = first.value(0);
    request.path = mark < 0 ? target : target.left(mark);
    request.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    request.body = buffer.mid(headEnd + 4, length);
    buffer.remove(0, headEnd + 4 + length);
    return true;
}

} // namespace

Act answer(const QByteArray &body, int status, const QByteArray &reason, const QByteArray &headers)
{
    return { "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason + "\r\n" + headers
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body };
}

Act chunked(const QByteArray &body)
{
    constexpr qsizetype piece = 64 * 1024;
    QByteArray bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n";
    for (qsizetype at = 0; at < body.size(); at += piece) {
        const QByteArray part = body.mid(at, piece);
        bytes += QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n";
    }
    return { bytes + "0\r\n\r\n" };
}

Act hangUp()
{
    return { .hangUp = true };
}

Act silence()
{
    return {};
}

class ScriptedServer::Worker : public QObject
{
public:
    Script script;
    TestCertificate certificate;
    mutable QMutex guard;
    std::vector<HttpRequestSeen> seen;
    QByteArray bytes;
    int handshakes = 0;
    int port = 0;
    QSslServer *server = nullptr;
    std::vector<QPointer<QSslSocket>> sockets;

    void listen(const QString &address)
    {
        server = new QSslServer(this);
        present();
        QObject::connect(server, &QSslServer::pendingConnectionAvailable, this, [this] { accept(); });
        if (server->listen(QHostAddress(address)))
            port = server->serverPort();
    }
    void present()
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(certificate.pem));
        configuration.setPrivateKey(QSslKey(certificate.keyPem, QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        server->setSslConfiguration(configuration);
    }
    void accept()
    {
        while (auto *socket = qobject_cast<QSslSocket *>(server->nextPendingConnection())) {
            const QMutexLocker lock(&guard);
            const int number = ++handshakes;
            sockets.emplace_back(socket);
            auto buffer = std::make_shared<QByteArray>();
            QObject::connect(socket, &QSslSocket::readyRead, socket,
                [this, socket, buffer, number] { receive(socket, *buffer, number); });
            QObject::connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
            if (socket->bytesAvailable() > 0)
                QMetaObject::invokeMethod(
                    socket, [this, socket, buffer, number] { receive(socket, *buffer, number); },
                    Qt::QueuedConnection);
        }
    }
    void receive(QSslSocket *socket, QByteArray &buffer, int number)
    {
        const QByteArray fresh = socket->readAll();
        buffer += fresh;
        HttpRequestSeen request;
        request.connection = number;
        {
            const QMutexLocker lock(&guard);
            bytes += fresh;
        }
        while (takeRequest(buffer, request)) {
            {
                const QMutexLocker lock(&guard);
                seen.push_back(request);
            }
            const Act act = script ? script(request) : silence();
            QTimer::singleShot(act.delay, socket, [this, socket, act] { perform(socket, act, 0); });
        }
    }
    void perform(QSslSocket *socket, const Act &act, qsizetype from)
    {
        const qsizetype size = act.pieceSize > 0 ? act.pieceSize : act.bytes.size();
        socket->write(act.bytes.mid(from, size));
        socket->flush();
        if (from + size < act.bytes.size()) {
            QTimer::singleShot(
                act.pause, socket, [this, socket, act, from, size] { perform(socket, act, from + size); });
        } else if (act.hangUp) {
            socket->disconnectFromHost();
        }
    }
    void drop()
    {
        for (const auto &socket : sockets)
            if (socket)
                socket->abort();
        sockets.clear();
    }
};

ScriptedServer::ScriptedServer(TestCertificate certificate, const QString &address)
    : m_worker(std::make_unique<Worker>())
    , m_address(address)
{
    m_worker->certificate = std::move(certificate);
    m_worker->moveToThread(&m_thread);
    m_thread.setObjectName(QString::fromLatin1(TlsServerThread));
    outliveTlsThreads();
    m_thread.start();
    QMetaObject::invokeMethod(
        m_worker.get(), [this] { m_worker->listen(m_address); }, Qt::BlockingQueuedConnection);
}

ScriptedServer::~ScriptedServer()
{
    QMetaObject::invokeMethod(
        m_worker.get(),
        [this] {
            m_worker->drop();
            delete m_worker->server;
            m_worker->server = nullptr;
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void ScriptedServer::setScript(Script script)
{
    QMetaObject::invokeMethod(
        m_worker.get(), [&] { m_worker->script = std::move(script); }, Qt::BlockingQueuedConnection);
}

void ScriptedServer::setCertificate(TestCertificate certificate)
{
    QMetaObject::invokeMethod(
        m_worker.get(),
        [&] {
            m_worker->certificate = std::move(certificate);
            m_worker->present();
        },
        Qt::BlockingQueuedConnection);
}

void ScriptedServer::dropConnections()
{
    QMetaObject::invokeMethod(
        m_worker.get(), [this] { m_worker->drop(); }, Qt::BlockingQueuedConnection);
}

int ScriptedServer::port() const
{
    return m_worker->port;
}

QString ScriptedServer::url(const QString &path) const
{
    const QString host
        = m_address.contains(QLatin1Char(':')) ? QLatin1Char('[') + m_address + QLatin1Char(']') : m_address;
    return QStringLiteral("https://%1:%2%3").arg(host).arg(port()).arg(path);
}

QString ScriptedServer::fingerprint() const
{
    return m_worker->certificate.fingerprint;
}

QByteArray ScriptedServer::certificatePem() const
{
    return m_worker->certificate.pem;
}

std::vector<HttpRequestSeen> ScriptedServer::requests() const
{
    const QMutexLocker lock(&m_worker->guard);
    return m_worker->seen;
}

QByteArray ScriptedServer::everyByte() const
{
    const QMutexLocker lock(&m_worker->guard);
    return m_worker->bytes;
}

int ScriptedServer::connections() const
{
    const QMutexLocker lock(&m_worker->guard);
    return m_worker->handshakes;
}

} // namespace tidemark::test
