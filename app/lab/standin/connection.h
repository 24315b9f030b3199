#pragma once

#include "standin/faults.h"
#include "standin/http.h"

#include <QObject>
#include <QPointer>
#include <QSslSocket>

#include <functional>

namespace tidemark::standin {

// One client's connection: TLS, keep-alive, one request after the other, and the faults on the way out.
class Connection : public QObject
{
public:
    using Answer = std::function<void(HttpResponse, int delayMs)>;
    struct Ways {
        std::function<void(const HttpRequest &, Answer)> answer;
        std::function<std::optional<Fault>(const QString &path)> fault;
        std::function<bool()> cutHandshake;
        std::function<int(int)> delay; // milliseconds after haste
        std::function<bool(const HttpRequest &, HttpResponse &)> control; // the control endpoint took it
        QString redirectTo; // for plain HTTP
    };
    // Owns the socket and itself: it is gone when the other side is.
    Connection(QSslSocket *socket, Ways ways, QObject *parent);

private:
    void onBytes();
    void begin(); // TLS, or plain HTTP by mistake
    void serveNext();
    void respond(const HttpRequest &request, HttpResponse response);
    void send(const HttpRequest &request, HttpResponse response, const std::optional<Fault> &fault);
    void sendBroken(const WireImage &wire, const Fault &fault);
    void trickle(QByteArray bytes, int pauseMs);
    void redirect(const HttpRequest &request);
    void hangUp();

    QSslSocket *m_socket;
    Ways m_ways;
    HttpParser m_parser;
    bool m_begun = false;
    bool m_plain = false;
    bool m_busy = false;
};

} // namespace tidemark::standin
