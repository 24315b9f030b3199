#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace tidemark::test {

// A certificate and its key, made on the spot.
struct TestCertificate {
    QByteArray pem;
    QByteArray keyPem;
    QString fingerprint; // as a console shows it

    [[nodiscard]] static TestCertificate make(const QByteArray &name = "scripted.example");
};

struct HttpRequestSeen {
    int connection = 0; // from 1
    QByteArray method;
    QByteArray path; // as sent
    QByteArray query;
    QMap<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
};

// What the server does about one request.
struct Act {
    QByteArray bytes; // written as they are
    std::chrono::milliseconds delay {};
    bool hangUp = false; // after writing
    int pieceSize = 0; // 0: at once, else so many bytes at a time
    std::chrono::milliseconds pause {}; // between pieces
};

// An answer with its framing.
[[nodiscard]] Act answer(const QByteArray &body, int status = 200, const QByteArray &reason = "OK",
    const QByteArray &headers = "Content-Type: application/json;charset=UTF-8\r\n");
// The same as chunks.
[[nodiscard]] Act chunked(const QByteArray &body);
[[nodiscard]] Act hangUp();
[[nodiscard]] Act silence();

// A TLS server on 127.0.0.1 in a thread of its own that does what its script says and remembers every byte
// that came out of a handshake.
class ScriptedServer
{
public:
    using Script = std::function<Act(const HttpRequestSeen &)>;

    explicit ScriptedServer(TestCertificate certificate = TestCertificate::make(),
        const QString &address = QStringLiteral("127.0.0.1"));
    ScriptedServer(const ScriptedServer &) = delete;
    ScriptedServer &operator=(const ScriptedServer &) = delete;
    ~ScriptedServer();

    void setScript(Script script); // runs in the server's thread
    void setCertificate(TestCertificate certificate); // for new connections
    void dropConnections();

    [[nodiscard]] int port() const;
    [[nodiscard]] QString url(const QString &path = {}) const;
    [[nodiscard]] QString fingerprint() const;
    [[nodiscard]] QByteArray certificatePem() const;
    [[nodiscard]] std::vector<HttpRequestSeen> requests() const;
    [[nodiscard]] QByteArray everyByte() const;
    [[nodiscard]] int connections() const; // handshakes that were completed

private:
    class Worker;
    QThread m_thread;
    std::unique_ptr<Worker> m_worker;
    QString m_address;
};

} // namespace tidemark::test
