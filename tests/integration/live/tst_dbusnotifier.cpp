#include "desktop/dbusnotifier.h"
#include "support/loopgap.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

const QString Name = u"org.freedesktop.Notifications"_s;
const QString Path = u"/org/freedesktop/Notifications"_s;

// A notification server on a bus of its own connection, as a desktop has one.
class Desktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    explicit Desktop(QStringList able)
        : m_able(std::move(able))
        , m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"desktop"_s))
    {
        m_bus.registerObject(Path, this, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_bus.registerService(Name);
    }
    ~Desktop() override
    {
        m_bus.unregisterService(Name);
        m_bus.unregisterObject(Path);
        QDBusConnection::disconnectFromBus(u"desktop"_s);
    }
    Q_DISABLE_COPY_MOVE(Desktop)

    struct Shown {
        QString title;
        QString text;
        QStringList actions;
        QVariantMap hints;
        uint replaces = 0;
    };
    std::vector<Shown> shown;

public Q_SLOTS:
    QStringList GetCapabilities() { return m_able; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &text,
        const QStringList &actions, const QVariantMap &hints, int)
    {
        shown.push_back({ title, text, actions, hints, replaces });
        return uint(shown.size());
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    QStringList m_able;
    QDBusConnection m_bus;
};

const QStringList Able { u"actions"_s, u"body"_s, u"body-markup"_s };

} // namespace

class TestDbusNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNoticeIsShown();
    void markupIsEscapedWhereItWouldBeRead();
    void textIsLeftAloneWhereMarkupIsNotRead();
    void aClickIsToldWithItsKey();
    void aClosedNoticeIsForgotten();
    void withoutAServiceNothingHappens();
    void aServiceThatComesLaterIsUsed();
    void askingTakesNoTime();
};

void TestDbusNotifier::aNoticeIsShown()
{
    Desktop desktop(Able);
    const auto notifier = makeDbusNotifier();
    notifier->notify({ u"k"_s, u"shop has a gap"_s, u"nothing can be restored"_s, u"Show"_s });
    QTRY_COMPARE(desktop.shown.size(), 1U);
    QCOMPARE(desktop.shown.front().title, u"shop has a gap"_s);
    QCOMPARE(desktop.shown.front().text, u"nothing can be restored"_s);
    QCOMPARE(desktop.shown.front().actions, (QStringList { u"default"_s, u"Show"_s }));
    QCOMPARE(desktop.shown.front().hints.value(u"urgency"_s).toInt(), 2);
    QCOMPARE(desktop.shown.front().hints.value(u"desktop-entry"_s).toString(), u"tidemark"_s);
    QCOMPARE(desktop.shown.front().replaces, 0U);
}

void TestDbusNotifier::markupIsEscapedWhereItWouldBeRead()
{
    Desktop desktop(Able);
    const auto notifier = makeDbusNotifier();
    const QString hostile = u"<b>all is well</b> & <img src=\"http://x/\"/>\u202e\x1b[2J\nsecond"_s;
    notifier->notify({ u"k"_s, hostile, hostile, u"Show"_s });
    QTRY_COMPARE(desktop.shown.size(), 1U);
    QCOMPARE(desktop.shown.front().text,
        u"&lt;b&gt;all is well&lt;/b&gt; &amp; &lt;img src=&quot;http://x/&quot;/&gt;[2J\nsecond"_s);
    QCOMPARE(desktop.shown.front().title, u"<b>all is well</b> & <img src=\"http://x/\"/>[2J second"_s);
}

void TestDbusNotifier::textIsLeftAloneWhereMarkupIsNotRead()
{
    Desktop desktop({ u"body"_s });
    const auto notifier = makeDbusNotifier();
    notifier->notify({ u"k"_s, u"a & b"_s, u"a & b < c"_s, u"Show"_s });
    QTRY_COMPARE(desktop.shown.size(), 1U);
    QCOMPARE(desktop.shown.front().text, u"a & b < c"_s);
    QCOMPARE(desktop.shown.front().actions, QStringList());
}

void TestDbusNotifier::aClickIsToldWithItsKey()
{
    Desktop desktop(Able);
    const auto notifier = makeDbusNotifier();
    QSignalSpy clicked(notifier.get(), &DesktopNotifier::clicked);
    notifier->notify({ u"first"_s, u"a"_s, {}, u"Show"_s });
    notifier->notify({ u"second"_s, u"b"_s, {}, u"Show"_s });
    QTRY_COMPARE(desktop.shown.size(), 2U);
    QTest::qWait(50); // the answer with the number is on its way
    Q_EMIT desktop.ActionInvoked(2, u"default"_s);
    QTRY_COMPARE(clicked.size(), 1);
    QCOMPARE(clicked.front().front().toString(), u"second"_s);
    Q_EMIT desktop.ActionInvoked(77, u"default"_s); // another program's
    Q_EMIT desktop.ActionInvoked(1, u"other"_s);
    Q_EMIT desktop.ActionInvoked(1, u"default"_s);
    QTRY_COMPARE(clicked.size(), 2);
    QCOMPARE(clicked.back().front().toString(), u"first"_s);
}

void TestDbusNotifier::aClosedNoticeIsForgotten()
{
    Desktop desktop(Able);
    const auto notifier = makeDbusNotifier();
    QSignalSpy clicked(notifier.get(), &DesktopNotifier::clicked);
    notifier->notify({ u"first"_s, u"a"_s, {}, u"Show"_s });
    notifier->notify({ u"second"_s, u"b"_s, {}, u"Show"_s });
    QTRY_COMPARE(desktop.shown.size(), 2U);
    QTest::qWait(50);
    Q_EMIT desktop.NotificationClosed(1, 2);
    Q_EMIT desktop.ActionInvoked(1, u"default"_s); // a number that another program may have by now
    Q_EMIT desktop.ActionInvoked(2, u"default"_s);
    QTRY_COMPARE(clicked.size(), 1);
    QCOMPARE(clicked.front().front().toString(), u"second"_s);
}

void TestDbusNotifier::withoutAServiceNothingHappens()
{
    const auto notifier = makeDbusNotifier();
    QSignalSpy clicked(notifier.get(), &DesktopNotifier::clicked);
    for (int i = 0; i < 100; ++i)
        notifier->notify({ u"k"_s, u"a"_s, u"b"_s, u"Show"_s });
    QTest::qWait(300);
    QVERIFY(clicked.isEmpty());
    const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/such/bus");
    const auto nowhere = makeDbusNotifier();
    nowhere->notify({ u"k"_s, u"a"_s, u"b"_s, u"Show"_s });
    QTest::qWait(100);
    nowhere->notify({ u"k"_s, u"a"_s, u"b"_s, u"Show"_s });
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
}

void TestDbusNotifier::aServiceThatComesLaterIsUsed()
{
    const auto notifier = makeDbusNotifier();
    notifier->notify({ u"k"_s, u"lost"_s, {}, u"Show"_s });
    QTest::qWait(200);
    Desktop desktop(Able);
    notifier->notify({ u"k"_s, u"seen"_s, {}, u"Show"_s });
    QTRY_COMPARE(desktop.shown.size(), 1U);
    QCOMPARE(desktop.shown.front().title, u"seen"_s);
}

// Whether or not anybody answers.
void TestDbusNotifier::askingTakesNoTime()
{
    double longest = 1000;
    for (int attempt = 0; attempt < test::LoopGap::Attempts && longest >= 16; ++attempt) {
        test::LoopGap gap;
        const auto notifier = makeDbusNotifier();
        for (int i = 0; i < 20; ++i) {
            notifier->notify({ u"k"_s, u"a"_s, u"b"_s, u"Show"_s });
            QTest::qWait(5);
        }
        longest = gap.longest();
    }
    QVERIFY2(longest < 16, qPrintable(QString::number(longest)));
}

QTEST_GUILESS_MAIN(TestDbusNotifier)
#include "tst_dbusnotifier.moc"
