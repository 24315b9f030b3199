#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslConfiguration>
#include <QSslSocket>

#include <zlib.h>

namespace tidemark::test {

struct RawAnswer {
    int status = 0; // 0: no answer
    QList<QPair<QByteArray, QByteArray>> headers; // names in lower case
    QByteArray body; // without chunks
    bool whole = false; // the framing was kept

    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers)
            if (key == name)
                return value;
        return {};
    }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

struct RawRequest {
    QByteArray method = "GET";
    QByteArray target = "/";
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;
    bool hasBody = false;
};

// An HTTP client without opinions: sends exactly what it is told over one TLS (or plain) connection and waits
// for the answer while the event loop runs, so the server may live in the same thread. Trusts every
// certificate.
class RawHttp
{
public:
    explicit RawHttp(int port, bool plain = false)
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.setSslConfiguration(tls);
        if (plain)
            m_socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(port));
        else
            m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), quint16(port));
        await([&] {
            return plain ? m_socket.state() == QAbstractSocket::ConnectedState : m_socket.isEncrypted();
        });
    }

    [[nodiscard]] QByteArray fingerprint() const
    {
        return m_socket.peerCertificate().digest(QCryptographicHash::Sha256).toHex(':');
    }
    [[nodiscard]] bool connected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }

    RawAnswer exchange(const RawRequest &request, int timeoutMs = 10'000)
    {
        QByteArray wire = request.method + ' ' + request.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
        for (const auto &[name, value] : request.headers)
            wire += name + ": " + value + "\r\n";
        if (request.hasBody)
            wire += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n";
        return send(wire + "\r\n" + request.body, request.method == "HEAD", timeoutMs);
    }
    RawAnswer send(const QByteArray &wire, bool isHead = false, int timeoutMs = 10'000)
    {
        m_socket.write(wire);
        m_received.clear();
        RawAnswer answer;
        await(
            [&] {
                m_received += m_socket.readAll();
                answer = parse(isHead);
                return answer.whole || !connected();
            },
            timeoutMs);
        return answer;
    }

private:
    template <class Done>
    static void await(Done done, int timeoutMs = 5000)
    {
        const QDeadlineTimer deadline(timeoutMs);
        while (!done() && !deadline.hasExpired())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
    }

    [[nodiscard]] RawAnswer parse(bool isHead) const
    {
        RawAnswer answer;
        const auto end = m_received.indexOf("\r\n\r\n");
        if (end < 0)
            return answer;
        const QList<QByteArray> lines = m_received.left(end).split('\n');
        answer.status = lines[0].split(' ').value(1).toInt();
        for (qsizetype i = 1; i < lines.size(); ++i)
            answer.headers.append({ lines[i].left(lines[i].indexOf(':')).trimmed().toLower(),
                lines[i].mid(lines[i].indexOf(':') + 1).trimmed() });
        const QByteArray rest = m_received.mid(end + 4);
        if (isHead)
            answer.whole = true;
        else if (answer.header("transfer-encoding") == "chunked")
            answer.whole = unchunk(rest, answer.body);
        else {
            const auto length = answer.header("content-length").toLongLong();
            answer.body = rest.left(length);
            answer.whole = rest.size() >= length;
        }
        return answer;
    }
    static bool unchunk(QByteArray rest, QByteArray &body)
    {
        while (true) {
            const auto line = rest.indexOf("\r\n");
            if (line < 0)
                return false;
            const auto size = rest.left(line).toLongLong(nullptr, 16);
            if (rest.size() < line + 2 + size + 2)
                return false;
            if (size == 0)
                return true;
            body += rest.mid(line + 2, size);
            rest.remove(0, line + 2 + size + 2);
        }
    }

    QSslSocket m_socket;
    QByteArray m_received;
};

// The content of a RAW deflate stream; empty when it is none.
[[nodiscard]] inline QByteArray rawInflated(QByteArray bytes)
{
    z_stream stream {};
    if (inflateInit2(&stream, -15) != Z_OK)
        return {};
    QByteArray out(1 << 22, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(bytes.data());
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    const int result = inflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    inflateEnd(&stream);
    return result == Z_STREAM_END ? out : QByteArray();
}

} // namespace tidemark::test
