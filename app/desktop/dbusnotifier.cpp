#include "desktop/dbusnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QHash>
#include <QThreadPool>

#include <atomic>
#include <deque>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

const QString Service = u"org.freedesktop.Notifications"_s;
const QString Path = u"/org/freedesktop/Notifications"_s;
constexpr int Patience = 5000; // ms; a service that hangs is given up
constexpr std::size_t MostWaiting = 20;
constexpr int MostText = 600;
constexpr uchar Critical = 2;

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(Service, Path, Service, method);
}

// Nothing that moves a cursor or turns the text around; lines stay, in a title they become spaces.
QString clean(const QString &text)
{
    QString made;
    for (const QChar one : text.left(MostText)) {
        const bool hidden = one.category() == QChar::Other_Format || one.category() == QChar::Other_Control;
        if (one == u'\n' || !hidden)
            made += one;
    }
    return made;
}

QString cleanTitle(const QString &text)
{
    return clean(text).replace(u'\n', u' ');
}

// A connection of its own for each: nobody else's calls wait behind it, and it can be closed.
QString freshName()
{
    static std::atomic_int count = 0;
    return u"tidemark-desktop-%1"_s.arg(++count);
}

class DbusNotifier : public DesktopNotifier
{
    Q_OBJECT

public:
    DbusNotifier()
    {
        m_pool.setMaxThreadCount(1);
        m_pool.start([this] {
            const auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name);
            QMetaObject::invokeMethod(
                this, [this, bus] { connected(bus); }, Qt::QueuedConnection);
        });
    }
    ~DbusNotifier() override
    {
        m_pool.waitForDone();
        QDBusConnection::disconnectFromBus(m_name);
    }
    Q_DISABLE_COPY_MOVE(DbusNotifier)

    void notify(DesktopNotice notice) override
    {
        if (m_state == State::Absent)
            return;
        m_waiting.push_back(std::move(notice));
        if (m_waiting.size() > MostWaiting)
            m_waiting.pop_front();
        if (m_state == State::Ready)
            send();
    }

private Q_SLOTS:
    void actionInvoked(uint id, const QString &action)
    {
        if (const auto shown = m_shown.constFind(id); shown != m_shown.constEnd() && action == u"default"_s)
            Q_EMIT clicked(*shown);
    }
    void notificationClosed(uint id, uint) { m_shown.remove(id); }

private:
    enum class State { Seeking, Ready, Absent };

    void connected(const QDBusConnection &bus)
    {
        m_state = bus.isConnected() ? State::Ready : State::Absent;
        if (m_state == State::Absent)
            return m_waiting.clear();
        m_bus = std::make_unique<QDBusConnection>(bus);
        m_bus->connect(Service, Path, Service, u"ActionInvoked"_s, this, SLOT(actionInvoked(uint, QString)));
        m_bus->connect(
            Service, Path, Service, u"NotificationClosed"_s, this, SLOT(notificationClosed(uint, uint)));
        if (!m_waiting.empty())
            send();
    }

    // What the service can do is asked before each: another one may have taken its place.
    void send()
    {
        auto *asked
            = new QDBusPendingCallWatcher(m_bus->asyncCall(callOf(u"GetCapabilities"_s), Patience), this);
        connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked] {
            asked->deleteLater();
            const QDBusPendingReply<QStringList> able = *asked;
            for (const DesktopNotice &notice : std::exchange(m_waiting, {}))
                if (able.isValid())
                    show(notice, able.value());
        });
    }

    void show(const DesktopNotice &notice, const QStringList &able)
    {
        QString text = clean(notice.text);
        if (able.contains(u"body-markup"_s))
            text = text.toHtmlEscaped();
        const QStringList actions = able.contains(u"actions"_s)
            ? QStringList { u"default"_s, cleanTitle(notice.button) }
            : QStringList();
        const QVariantMap hints { { u"urgency"_s, QVariant::fromValue(Critical) },
            { u"desktop-entry"_s, u"tidemark"_s }, { u"category"_s, u"device.error"_s } };
        QDBusMessage call = callOf(u"Notify"_s);
        call << u"Tidemark"_s << 0U << u"tidemark"_s << cleanTitle(notice.title) << text << actions << hints
             << -1;
        auto *sent = new QDBusPendingCallWatcher(m_bus->asyncCall(call, Patience), this);
        connect(sent, &QDBusPendingCallWatcher::finished, this, [this, sent, key = notice.key] {
            sent->deleteLater();
            if (const QDBusPendingReply<uint> id = *sent; id.isValid())
                m_shown.insert(id.value(), key);
        });
    }

    QString m_name = freshName();
    State m_state = State::Seeking;
    std::unique_ptr<QDBusConnection> m_bus;
    std::deque<DesktopNotice> m_waiting;
    QHash<uint, QString> m_shown; // what a click on it means
    QThreadPool m_pool;
};

} // namespace

std::shared_ptr<DesktopNotifier> makeDbusNotifier()
{
    return std::make_shared<DbusNotifier>();
}

} // namespace tidemark

#include "dbusnotifier.moc"
