#include "standin/connection.h"

#include <QDateTime>
#include <QHostAddress>
#include <QLocale>
#include <QTimer>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

Connection::Connection(QSslSocket *socket, Ways ways, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_ways(std::move(ways))
{
    m_socket->setParent(this);
    connect(m_socket, &QSslSocket::readyRead, this, &Connection::onBytes);
    connect(m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
    connect(m_socket, &QSslSocket::errorOccurred, this, [this] {
        if (m_socket->state() != QAbstractSocket::ConnectedState)
            deleteLater();
    });
    connect(m_socket, &QSslSocket::sslErrors, m_socket,
        [this](const QList<QSslError> &) { m_socket->ignoreSslErrors(); });
}

void Connection::hangUp()
{
    m_socket->abort();
    deleteLater();
}

void Connection::begin()
{
    const QByteArray first = m_socket->peek(1);
    if (first.isEmpty())
        return;
    m_begun = true;
    m_plain = first[0] != 0x16; // a TLS record of type handshake
    if (m_plain)
        return;
    if (m_ways.cutHandshake())
        return hangUp();
    m_socket->startServerEncryption();
}

void Connection::onBytes()
{
    if (!m_begun)
        begin();
    if (!m_begun || (!m_plain && !m_socket->isEncrypted()))
        return;
    m_parser.feed(m_socket->readAll());
    serveNext();
}

void Connection::serveNext()
{
    if (m_busy)
        return;
    const auto request = m_parser.next();
    if (!request) {
        if (m_parser.broken())
            hangUp();
        return;
    }
    m_busy = true;
    if (m_plain)
        return redirect(*request);
    HttpResponse control;
    if (m_socket->peerAddress().isLoopback() && m_ways.control(*request, control))
        return send(*request, control, {});
    if (request->target.size() > 3072) {
        control.status = 414;
        return send(*request, control, {});
    }
    m_ways.answer(*request, [self = QPointer(this), request = *request](HttpResponse response, int delayMs) {
        if (!self)
            return;
        const int late = self->m_ways.delay(delayMs);
        if (late <= 0)
            return self->respond(request, std::move(response));
        QTimer::singleShot(late, self, [self, request, response] { self->respond(request, response); });
    });
}

void Connection::respond(const HttpRequest &request, HttpResponse response)
{
    response.bodiless = request.method == "HEAD";
    const auto fault = m_ways.fault(QString::fromUtf8(request.path()));
    if (fault && fault->kind == Fault::Kind::Hang)
        return;
    if (fault && fault->kind == Fault::Kind::Delay) {
        QTimer::singleShot(fault->ms, this, [this, request, response] { send(request, response, {}); });
        return;
    }
    send(request, std::move(response), fault);
}

static HttpResponse madeUp(int status)
{
    HttpResponse response;
    response.status = status;
    response.type = "application/json;charset=UTF-8";
    response.body = status == 401 ? "authentication failed - invalid ticket - expired"
        : status == 403           ? "permission check failed"
        : status == 400           ? "ENOENT: No such file or directory"
                                  : "internal error";
    if (status == 401)
        response.type.clear();
    return response;
}

static HttpResponse proxyPage()
{
    HttpResponse response;
    response.status = 502;
    response.type = "text/html";
    response.body = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad "
                    "Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
    return response;
}

void Connection::send(const HttpRequest &request, HttpResponse response, const std::optional<Fault> &fault)
{
    if (fault && fault->kind == Fault::Kind::Status)
        response = madeUp(fault->status);
    if (fault && fault->kind == Fault::Kind::ProxyError)
        response = proxyPage();
    if (fault && fault->kind == Fault::Kind::GarbleJson)
        response.body
            = "{\"data\":[{\"backup-type\":" + response.body.left(response.body.size() / 2) + "\\u00";
    // A wrong length is only heard where the length counts.
    const bool isLength
        = fault && (fault->kind == Fault::Kind::ShortLength || fault->kind == Fault::Kind::LongLength);
    response.stream = response.stream && !isLength;
    const bool deflate = !isLength && request.headers.value("accept-encoding").toLower().contains("deflate");
    const QByteArray date
        = QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy HH:mm:ss"_s).toLatin1()
        + " GMT";
    const WireImage wire = wireImage(response, deflate, request.keepAlive, date);
    if (fault)
        return sendBroken(wire, *fault);
    m_socket->write(wire.head + wire.body);
    m_busy = false;
    if (!request.keepAlive)
        return m_socket->disconnectFromHost();
    serveNext();
}

// Replaces what the head says of the length.
static QByteArray withLength(const WireImage &wire, qsizetype length)
{
    QByteArray head;
    for (const QByteArray &line : wire.head.split('\n'))
        if (!line.startsWith("content-length") && !line.startsWith("transfer-encoding")
            && line.trimmed().size() > 0)
            head += line + '\n';
    return head + "content-length: " + QByteArray::number(length) + "\r\n\r\n";
}

void Connection::sendBroken(const WireImage &wire, const Fault &fault)
{
    switch (fault.kind) {
    case Fault::Kind::DropBeforeHeaders:
        return hangUp();
    case Fault::Kind::DropAfterHeaders:
        m_socket->write(wire.head);
        break;
    case Fault::Kind::CutBody:
        m_socket->write(wire.head + wire.body.left(wire.body.size() / 2));
        break;
    case Fault::Kind::ShortLength:
        m_socket->write(withLength(wire, wire.body.size() / 2) + wire.body);
        break;
    case Fault::Kind::LongLength:
        m_socket->write(withLength(wire, wire.body.size() + 100) + wire.body);
        break;
    case Fault::Kind::SlowBytes:
        return trickle(wire.head + wire.body, fault.ms);
    case Fault::Kind::Delay:
    case Fault::Kind::GarbleJson:
    case Fault::Kind::Status:
    case Fault::Kind::CutHandshake:
    case Fault::Kind::Hang:
    case Fault::Kind::ProxyError:
        m_socket->write(wire.head + wire.body);
        m_busy = false;
        return serveNext();
    }
    m_socket->flush();
    m_socket->disconnectFromHost();
}

void Connection::trickle(QByteArray bytes, int pauseMs)
{
    if (bytes.isEmpty()) {
        m_busy = false;
        return serveNext();
    }
    m_socket->write(bytes.left(1));
    m_socket->flush();
    bytes.remove(0, 1);
    QTimer::singleShot(pauseMs, this, [this, rest = std::move(bytes), pauseMs] { trickle(rest, pauseMs); });
}

// The path is lost, as it is with PBS.
void Connection::redirect(const HttpRequest &request)
{
    const int status = request.method == "GET" || request.method == "HEAD" ? 301 : 308;
    m_socket->write("HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\nlocation: "
        + m_ways.redirectTo.toLatin1() + "\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    m_socket->disconnectFromHost();
}

} // namespace tidemark::standin
