#include "secrets/keychainstate.h"

#include "ports/once.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <optional>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int AnswerWithinMs = 5000;

// The first argument of the answer, invalid when there was none.
Once<QVariant> ask(
    const QString &path, const QString &interface, const QString &method, const QVariantList &args)
{
    const Once<QVariant> done;
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
    call.setArguments(args);
    const QDBusPendingCall pending = QDBusConnection::sessionBus().asyncCall(call, AnswerWithinMs);
    auto *watcher = new QDBusPendingCallWatcher(pending);
    QObject::connect(
        watcher, &QDBusPendingCallWatcher::finished, watcher, [done](QDBusPendingCallWatcher *finished) {
            const QVariantList answer = finished->reply().arguments();
            const bool good = !finished->isError() && !answer.isEmpty();
            done.settle(good ? answer.front() : QVariant());
            finished->deleteLater();
        });
    return done;
}

} // namespace

QCoro::Task<KeychainState> askKeychainState()
{
    if (!QDBusConnection::sessionBus().isConnected())
        co_return KeychainState::Absent;
    const auto alias = ask(
        u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s, { u"default"_s });
    const QVariant path = co_await alias;
    if (!path.isValid())
        co_return KeychainState::Absent;
    const QString collection = path.value<QDBusObjectPath>().path();
    if (collection == u"/"_s)
        co_return KeychainState::Open;
    const auto property = ask(collection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
        { u"org.freedesktop.Secret.Collection"_s, u"Locked"_s });
    const QVariant locked = co_await property;
    co_return locked.value<QDBusVariant>().variant().toBool() ? KeychainState::Locked : KeychainState::Open;
}

} // namespace tidemark
