#pragma once

#include "standin/site.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <functional>
#include <memory>

namespace tidemark::standin {

// What a call answers, before a formatter has put it into words.
struct Reply {
    int status = 200;
    QJsonValue data;
    QJsonObject beside; // total, digest …: next to data
    QString error; // for every status but 200
    QList<QPair<QString, QString>> parameterErrors;
    int delayMs = 0; // before haste
    bool stream = false;
    bool later = false; // Call::finish() will be called
    QByteArray type; // of JSON; empty: the usual one
    // Instead of JSON:
    std::optional<QByteArray> raw;
    QByteArray rawType;
    QList<QPair<QByteArray, QByteArray>> headers;
};

[[nodiscard]] inline Reply ok(const QJsonValue &data = {})
{
    Reply reply;
    reply.data = data;
    return reply;
}
[[nodiscard]] inline Reply refuse(const QString &error, int status = 400)
{
    Reply reply;
    reply.status = status;
    reply.error = error;
    return reply;
}
[[nodiscard]] inline Reply withDigest(const QJsonValue &data, const QString &digest)
{
    Reply reply = ok(data);
    reply.beside[QStringLiteral("digest")] = digest;
    return reply;
}
[[nodiscard]] inline Reply answerLater()
{
    Reply reply;
    reply.later = true;
    return reply;
}
// The 403 of a route's own permission, half a second late.
[[nodiscard]] inline Reply forbidden()
{
    Reply reply = refuse(QStringLiteral("permission check failed"), 403);
    reply.delayMs = 500;
    return reply;
}

// One request that has been authenticated and whose parameters are verified.
struct Call {
    Site &site;
    QString authId;
    QJsonObject params;
    QByteArray method;
    std::function<void(Reply)> finish;

    [[nodiscard]] State &state() const { return site.state; }
    [[nodiscard]] qint64 now() const { return site.now(); }
    [[nodiscard]] bool has(const QString &name) const { return params.contains(name); }
    [[nodiscard]] QString text(const QString &name) const { return params[name].toString(); }
    [[nodiscard]] qint64 number(const QString &name, qint64 fallback = 0) const
    {
        return params[name].toInteger(fallback);
    }
    [[nodiscard]] bool flag(const QString &name, bool fallback = false) const
    {
        return params[name].toBool(fallback);
    }
    [[nodiscard]] QStringList list(const QString &name) const
    {
        QStringList result;
        for (const auto &item : params[name].toArray())
            result.append(item.toString());
        return result;
    }
};

using CallPtr = std::shared_ptr<Call>;
using Handler = std::function<Reply(const CallPtr &)>;

} // namespace tidemark::standin
