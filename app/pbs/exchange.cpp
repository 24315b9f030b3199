#include "pbs/exchange.h"

#include "pbs/inflate.h"
#include "pbs/oncebody.h"
#include "pbs/trust.h"
#include "ports/once.h"

#include <QDateTime>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QTimer>

#include <numeric>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype BodyLimit = 512 * 1024 * 1024;
const QString ConnectionLost = u"pbs.connection-lost"_s;

struct LaterDeleter {
    void operator()(QNetworkReply *reply) const { reply->deleteLater(); }
};
using Reply = std::unique_ptr<QNetworkReply, LaterDeleter>;

// Why we ended a request ourselves; the reply only says that it was aborted.
struct Verdict {
    std::optional<Error> error;

    void note(const Error &why)
    {
        if (!error)
            error = why;
    }
    void refuse(QNetworkReply *reply, const Error &why)
    {
        note(why);
        reply->abort();
    }
};
using SharedVerdict = std::shared_ptr<Verdict>;

QNetworkRequest networkRequest(const HttpRequest &request)
{
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    // Naming an encoding keeps the manager from unpacking by itself: it would take a cut stream for a whole.
    out.setRawHeader("Accept-Encoding", "identity");
    out.setRawHeader("User-Agent", "Tidemark");
    for (const auto &[name, value] : request.headers)
        out.setRawHeader(name, value);
    return out;
}

// The check. Certificate errors come first, and only for a certificate the system does not trust; encrypted()
// comes for every new connection, and the request is held back until its handlers have returned.
void guard(QNetworkReply *reply, const std::shared_ptr<Stops> &stops, const QString &fingerprint,
    const SharedVerdict &verdict)
{
    const auto changed
        = [=](const QSslCertificate &leaf) { return stops->stop(reply->url(), fingerprint, leaf); };
    QObject::connect(reply, &QNetworkReply::sslErrors, reply, [=](const QList<QSslError> &errors) {
        const QSslCertificate leaf = reply->sslConfiguration().peerCertificate();
        if (fingerprint.isEmpty())
            verdict->note(untrusted(leaf, errors)); // not ignored: the handshake fails by itself
        else if (fingerprintOf(leaf) != fingerprint)
            verdict->note(changed(leaf));
        else
            reply->ignoreSslErrors();
    });
    QObject::connect(reply, &QNetworkReply::encrypted, reply, [=] {
        const QSslCertificate leaf = reply->sslConfiguration().peerCertificate();
        if (!fingerprint.isEmpty() && fingerprintOf(leaf) != fingerprint)
            verdict->refuse(reply, changed(leaf));
    });
}

void limitSize(QNetworkReply *reply, const SharedVerdict &verdict)
{
    QObject::connect(reply, &QNetworkReply::downloadProgress, reply, [=](qint64 received, qint64) {
        if (received > BodyLimit)
            verdict->refuse(
                reply, { ErrorKind::Protocol, u"pbs.too-large"_s, u"the answer is larger than 512 MiB"_s });
    });
}

Error timedOut(std::chrono::milliseconds limit)
{
    return { ErrorKind::Timeout, u"pbs.timeout"_s, u"no answer within %1 ms"_s.arg(limit.count()) };
}

// Whether Qt's error is only its view of an HTTP status.
bool isAnAnswer(QNetworkReply::NetworkError error)
{
    if (error == QNetworkReply::NoError)
        return true;
    if (error == QNetworkReply::ContentReSendError || error == QNetworkReply::ProtocolUnknownError
        || error == QNetworkReply::ProtocolFailure)
        return false;
    return error >= QNetworkReply::ContentAccessDenied;
}

Error lost(const QNetworkReply &reply, bool answering)
{
    if (answering)
        return { ErrorKind::Protocol, u"pbs.truncated"_s,
            u"the connection ended in the middle of the answer: "_s + reply.errorString() };
    return { ErrorKind::Unreachable, ConnectionLost, u"the connection ended before an answer came"_s };
}

Error networkError(const QNetworkReply &reply, bool answering)
{
    switch (reply.error()) {
    case QNetworkReply::ContentReSendError:
    case QNetworkReply::RemoteHostClosedError:
        return lost(reply, answering);
    case QNetworkReply::SslHandshakeFailedError:
        return { ErrorKind::Unreachable, u"pbs.tls"_s, reply.errorString() };
    case QNetworkReply::TimeoutError:
        return { ErrorKind::Timeout, u"pbs.timeout"_s, reply.errorString() };
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return { ErrorKind::Protocol, u"pbs.garbled"_s, u"not an HTTP answer: "_s + reply.errorString() };
    default:
        return answering ? lost(reply, true)
                         : Error { ErrorKind::Unreachable, u"pbs.unreachable"_s, reply.errorString() };
    }
}

std::optional<Instant> dateOf(const QNetworkReply &reply)
{
    // HTTP says GMT where Qt's format wants an offset.
    const QByteArray text = reply.rawHeader("Date").replace("GMT", "+0000");
    const auto date = QDateTime::fromString(QString::fromLatin1(text), Qt::RFC2822Date);
    if (!date.isValid())
        return std::nullopt;
    return Instant::fromSeconds(date.toSecsSinceEpoch());
}

// Without its body, which is taken as it comes.
Result<HttpAnswer> answerOf(QNetworkReply &reply)
{
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    const bool answering = status.isValid();
    if (!answering || !isAnAnswer(reply.error()))
        return tl::unexpected(networkError(reply, answering));
    HttpAnswer answer { status.toInt(), reply.rawHeader("Content-Type"), {}, dateOf(reply) };
    return answer;
}

// A body in the pieces it came in. Joining tens of megabytes at once would hold up the event loop.
struct Pieces {
    std::vector<QByteArray> list;
    qsizetype size = 0;

    void takeFrom(QNetworkReply &reply)
    {
        list.push_back(reply.readAll());
        size += list.back().size();
    }
    [[nodiscard]] QByteArray joined() const
    {
        QByteArray all;
        all.reserve(size);
        for (const QByteArray &piece : list)
            all += piece;
        return all;
    }
};

// Small bodies here, large ones on the readers' threads, where the pieces go too.
QCoro::Task<Result<QByteArray>> unpacked(
    std::shared_ptr<Connections> connections, std::shared_ptr<Pieces> pieces, QByteArray encoding)
{
    constexpr qsizetype small = 8 * 1024;
    if (pieces->size < small)
        co_return inflate(pieces->joined(), encoding, BodyLimit);
    const Once<Result<QByteArray>> done;
    connections->readers()->start([pieces = std::move(pieces), encoding, done]() mutable {
        QByteArray packed = pieces->joined();
        pieces.reset();
        if (encoding.isEmpty())
            done.settle(std::move(packed));
        else
            done.settle(inflate(packed, encoding, BodyLimit));
    });
    auto plain = co_await done;
    co_return plain;
}

} // namespace

bool connectionLost(const Error &error)
{
    return error.code == ConnectionLost || error.code == u"pbs.truncated"_s;
}

QCoro::Task<Result<HttpAnswer>> exchange(
    std::shared_ptr<Connections> connections, QString fingerprint, HttpRequest request, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return tl::unexpected(cancelledError());
    if (const auto stopped = connections->stops()->stopped(request.url, fingerprint))
        co_return tl::unexpected(*stopped);
    const auto verdict = std::make_shared<Verdict>();
    auto *manager = connections->managerFor(request.url, fingerprint);
    auto *body = new OnceBody(request.body);
    const Reply reply(manager->sendCustomRequest(networkRequest(request), verb(request.method), body));
    body->setParent(reply.get());
    guard(reply.get(), connections->stops(), fingerprint, verdict);
    limitSize(reply.get(), verdict);

    auto pieces = std::make_shared<Pieces>();
    QObject::connect(reply.get(), &QNetworkReply::readyRead, reply.get(),
        [pieces = pieces.get(), r = reply.get()] { pieces->takeFrom(*r); });
    const Once<bool> finished;
    QObject::connect(
        reply.get(), &QNetworkReply::finished, reply.get(), [finished] { finished.settle(true); });
    const auto refuse = [verdict, r = reply.get()](const Error &why) { verdict->refuse(r, why); };
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [=] { refuse(timedOut(request.limit)); });
    timer.start(request.limit);
    const std::stop_callback onStop(stop,
        [refuse, r = reply.get()] { QMetaObject::invokeMethod(r, [refuse] { refuse(cancelledError()); }); });
    co_await finished;
    timer.stop();

    if (verdict->error)
        co_return tl::unexpected(*verdict->error);
    auto answer = answerOf(*reply);
    if (!answer)
        co_return tl::unexpected(answer.error());
    const QByteArray encoding = reply->rawHeader("Content-Encoding");
    pieces->takeFrom(*reply);
    reply->disconnect();
    auto plain = co_await unpacked(connections, std::move(pieces), encoding);
    if (!plain)
        co_return tl::unexpected(plain.error());
    answer->body = *std::move(plain);
    co_return answer;
}

} // namespace tidemark::pbs
