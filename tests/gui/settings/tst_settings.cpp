#include "settings/settingspage.h"
#include "support/showactive.h"
#include "support/uiworld.h"
#include "widgets/environmentblock.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

QString print(const std::vector<FleetEdit> &edits)
{
    QStringList lines;
    for (const FleetEdit &edit : edits)
        lines.append(edit.path.join(u'/') + u'=' + edit.value);
    return lines.join(u' ');
}

QPushButton *button(QWidget *within, const QString &text)
{
    for (QPushButton *one : within->findChildren<QPushButton *>()) {
        if (one->text() == text && one->isVisible())
            return one;
    }
    return nullptr;
}

QString wordsOn(QWidget *within)
{
    QStringList words;
    for (QLabel *label : within->findChildren<QLabel *>()) {
        if (label->isVisible())
            words.append(label->text());
    }
    return words.join(u'\n');
}

void press(QPushButton *button)
{
    QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aChangedHostIsWrittenAndNothingElse();
    void changesSurviveAnotherChoice();
    void aFileChangedMeanwhileIsOfferedAgain();
    void aRefusedConnectionIsToldInTheServersWords();
    void missingRightsCanBeCopied();
    void aPasswordGoesToTheKeyringAndItsNameToTheFile();
    void anotherCertificateMustBeConfirmed();
    void aCertificateThatReturnedIsConfirmedAgain();
    void aTypedZoneMovesTheSecondClock();
    void everyFieldHasANameAndIsReachedByTab();
    void aServerIsAddedAndTakenOut();
    void hostileNamesStayPlain();
    void aThingIsShownWithItsField_data();
    void aThingIsShownWithItsField();
    void tabGoesThroughAFormMadeAnew();

private:
    QLineEdit *line(const QString &name) { return m_page->findChild<QLineEdit *>(name); }
    void show(int section);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<test::UiWorld> m_world;
    std::unique_ptr<SettingsPage> m_page;
};

void TestSettings::init()
{
    if (!m_theme)
        m_theme = std::make_unique<Theme>(*qApp);
    m_world = std::make_unique<test::UiWorld>();
    m_world->openExample();
    PageContext context = m_world->context(*m_theme);
    context.folders = { { u"Fleet file"_s, u"/home/mkeller/.config/tidemark"_s } };
    m_page = std::make_unique<SettingsPage>(context);
    m_page->resize(1240, 780);
    QVERIFY(test::showActive(m_page.get()));
}

void TestSettings::cleanup()
{
    if (const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES"); !folder.isEmpty())
        m_page->grab().save(
            folder + u"/settings-"_s + QString::fromLatin1(QTest::currentTestFunction()) + u".png"_s);
    m_page.reset();
    QTRY_COMPARE(m_world->inFlight.count(), 0);
}

void TestSettings::show(int section)
{
    m_page->findChild<QListWidget *>(u"sections"_s)->setCurrentRow(section);
}

void TestSettings::aChangedHostIsWrittenAndNothingElse()
{
    QVERIFY(!button(m_page.get(), u"Save to the fleet file"_s)->isEnabled());
    line(u"connect.host"_s)->setFocus();
    QTest::keyClicks(line(u"connect.host"_s), u"db7.lan"_s);
    press(button(m_page.get(), u"Save to the fleet file"_s));
    QTRY_COMPARE(m_world->fleetFile->edited.size(), std::size_t { 1 });
    QCOMPARE(print(m_world->fleetFile->edited.front().edits), u"clusters/oltp-db/connect/host=db7.lan"_s);
    QCOMPARE(m_world->fleetFile->edited.front().path, u"/home/mkeller/fleet.yaml"_s);
    QTRY_COMPARE(m_page->badge(), QString());
}

void TestSettings::changesSurviveAnotherChoice()
{
    QTest::keyClicks(line(u"connect.database"_s), u"shop"_s);
    m_page->setScope(u"queue-db"_s);
    QCOMPARE(line(u"connect.database"_s)->text(), QString());
    m_page->setScope(u"oltp-db"_s);
    QCOMPARE(line(u"connect.database"_s)->text(), u"shop"_s);
    QCOMPARE(m_page->badge(), u"1"_s);
    press(button(m_page.get(), u"Discard changes"_s));
    QCOMPARE(line(u"connect.database"_s)->text(), QString());
    QCOMPARE(m_page->badge(), QString());
}

void TestSettings::aFileChangedMeanwhileIsOfferedAgain()
{
    m_world->fleetFile->afterEdit
        = Result<LoadedFleet>(failure(ErrorKind::Conflict, u"fleet.changed"_s, u"somebody saved it"_s));
    m_world->fleetFile->files.insert(
        u"/home/mkeller/fleet.yaml"_s, LoadedFleet { test::exampleFleet(), {}, "theirs" });
    QTest::keyClicks(line(u"connect.host"_s), u"db7.lan"_s);
    press(button(m_page.get(), u"Save to the fleet file"_s));
    QTRY_VERIFY(button(m_page.get(), u"Read the file again, keep my changes"_s));
    press(button(m_page.get(), u"Read the file again, keep my changes"_s));
    QTRY_COMPARE(m_world->fleet->loaded().text, QByteArray("theirs"));
    QCOMPARE(line(u"connect.host"_s)->text(), u"db7.lan"_s);
    m_world->fleetFile->afterEdit.reset();
    press(button(m_page.get(), u"Save to the fleet file"_s));
    QTRY_COMPARE(m_world->fleetFile->edited.size(), std::size_t { 2 });
    QCOMPARE(m_world->fleetFile->edited.back().before, QByteArray("theirs"));
}

void TestSettings::aRefusedConnectionIsToldInTheServersWords()
{
    m_world->servers->answers.insert(u"oltp-db"_s,
        failure(ErrorKind::Denied, u"pg.password"_s, u"password authentication failed for user \"$(id)\""_s));
    press(button(m_page.get(), u"Test connection"_s));
    QTRY_VERIFY(wordsOn(m_page.get()).contains(u"password authentication failed for user \"$(id)\""_s));
    QVERIFY(button(m_page.get(), u"Test connection"_s)->isEnabled());
}

void TestSettings::missingRightsCanBeCopied()
{
    ServerFacts facts = test::exampleFacts(u"oltp-db"_s, m_world->clock->now());
    facts.missing = { { u"settings"_s, u"GRANT pg_monitor TO \"a\"\"b\""_s } };
    m_world->servers->answers.insert(u"oltp-db"_s, facts);
    press(button(m_page.get(), u"Test connection"_s));
    QTRY_VERIFY(button(m_page.get(), u"Copy GRANT"_s));
    press(button(m_page.get(), u"Copy GRANT"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"GRANT pg_monitor TO \"a\"\"b\""_s);
}

void TestSettings::aPasswordGoesToTheKeyringAndItsNameToTheFile()
{
    press(button(m_page.get(), u"Password…"_s));
    QTRY_VERIFY(QApplication::activeModalWidget());
    QWidget *dialog = QApplication::activeModalWidget();
    QVERIFY(!button(dialog, u"Use it"_s)->isEnabled());
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"s3cret $(id)"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_world->secrets->kept.value(u"pg/oltp-db"_s), Secret(u"s3cret $(id)"_s.toUtf8()));
    press(button(m_page.get(), u"Save to the fleet file"_s));
    QTRY_COMPARE(m_world->fleetFile->edited.size(), std::size_t { 1 });
    QCOMPARE(
        print(m_world->fleetFile->edited.front().edits), u"clusters/oltp-db/connect/secret=pg/oltp-db"_s);
}

void TestSettings::anotherCertificateMustBeConfirmed()
{
    show(1);
    QString fingerprint = u"7a:"_s.repeated(32);
    fingerprint.chop(1);
    m_world->backupServers->certificates.insert(
        u"https://pbs01.lan:8007"_s, CertificateFacts { .fingerprint = fingerprint });
    press(button(m_page.get(), u"Read certificate…"_s));
    QTRY_VERIFY(QApplication::activeModalWidget());
    QWidget *dialog = QApplication::activeModalWidget();
    QVERIFY2(wordsOn(dialog).contains(u"7A 7A"_s), qUtf8Printable(wordsOn(dialog)));
    press(button(dialog, u"Not my server"_s));
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QCOMPARE(line(u"fingerprint"_s)->text(), QString());
    press(button(m_page.get(), u"Read certificate…"_s));
    QTRY_VERIFY(QApplication::activeModalWidget());
    press(button(QApplication::activeModalWidget(), u"Trust this fingerprint"_s));
    QTRY_COMPARE(line(u"fingerprint"_s)->text(), fingerprint);
    QCOMPARE(m_page->badge(), u"1"_s);
}

void TestSettings::aCertificateThatReturnedIsConfirmedAgain()
{
    show(1);
    const QString url = u"https://pbs01.lan:8007"_s;
    const QString fingerprint = QStringList(QStringList(32, u"7a"_s)).join(u':');
    auto &probe = *m_world->backupServers;
    const auto read = [&](bool changedBefore) {
        probe.certificates.insert(
            url, CertificateFacts { .fingerprint = fingerprint, .changedBefore = changedBefore });
        press(button(m_page.get(), u"Read certificate…"_s));
    };
    read(false);
    QTRY_VERIFY(QApplication::activeModalWidget());
    press(button(QApplication::activeModalWidget(), u"Trust this fingerprint"_s));
    QTRY_COMPARE(probe.confirmed, QStringList { url + u' ' + fingerprint });
    QTRY_VERIFY(!QApplication::activeModalWidget());
    read(false);
    QTRY_VERIFY(wordsOn(m_page.get()).contains(u"The server shows the fingerprint that was confirmed"_s));
    QCOMPARE(probe.confirmed.size(), 1);
    read(true);
    QTRY_VERIFY(QApplication::activeModalWidget());
    const QString words = wordsOn(QApplication::activeModalWidget());
    QVERIFY2(words.contains(u"has shown another one since"_s), qUtf8Printable(words));
    m_world->monitor->tried.clear();
    press(button(QApplication::activeModalWidget(), u"Trust this fingerprint"_s));
    QTRY_COMPARE(probe.confirmed.size(), 2);
    QCOMPARE(m_world->monitor->tried, QStringList { u"pbs01"_s });
}

void TestSettings::aTypedZoneMovesTheSecondClock()
{
    show(3);
    auto *zones = m_page->findChild<QComboBox *>(u"zone"_s);
    zones->setCurrentIndex(zones->findData(u"Asia/Kathmandu"_s));
    Q_EMIT zones->activated(zones->currentIndex());
    QCOMPARE(m_world->clocks->localZone().id(), QByteArray("Asia/Kathmandu"));
    QCOMPARE(m_world->preferences->texts.value(u"zone"_s), u"Asia/Kathmandu"_s);
}

void TestSettings::everyFieldHasANameAndIsReachedByTab()
{
    QSet<QWidget *> reached;
    QWidget *at = m_page->findChild<QListWidget *>(u"sections"_s);
    at->setFocus();
    for (int step = 0; step < 60; ++step) {
        reached.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QStringList unnamed;
    for (QWidget *widget : m_page->findChildren<QWidget *>()) {
        const bool focusable = widget->focusPolicy() & Qt::TabFocus;
        if (!widget->isVisible() || !widget->isEnabled() || !focusable)
            continue;
        QAccessibleInterface *access = QAccessible::queryAccessibleInterface(widget);
        if (!access || access->text(QAccessible::Name).isEmpty())
            unnamed.append(QString::fromLatin1(widget->metaObject()->className()) + widget->objectName());
        if (!reached.contains(widget))
            unnamed.append(u"not reached: "_s + access->text(QAccessible::Name));
    }
    QCOMPARE(unnamed.join(u'\n'), QString());
}

void TestSettings::aServerIsAddedAndTakenOut()
{
    press(button(m_page.get(), u"Add…"_s));
    QTRY_VERIFY(QApplication::activeModalWidget());
    QWidget *dialog = QApplication::activeModalWidget();
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"name"_s), u"oltp-db"_s);
    QVERIFY(!button(dialog, u"Add it"_s)->isEnabled());
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"name"_s), u"9"_s);
    QVERIFY(!button(dialog, u"Add it"_s)->isEnabled()); // nothing says where it is
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"value"_s), u"db9.lan"_s);
    press(button(dialog, u"Add it"_s));
    QTRY_COMPARE(m_world->fleetFile->edited.size(), std::size_t { 1 });
    QCOMPARE(print(m_world->fleetFile->edited.front().edits), u"clusters/oltp-db9/connect/host=db9.lan"_s);

    m_world->openExample();
    m_page->setScope(u"restore-lab01"_s);
    press(button(m_page.get(), u"Remove…"_s));
    QTRY_VERIFY(QApplication::activeModalWidget());
    QCOMPARE(
        QApplication::activeModalWidget()->findChild<EnvironmentEdge *>()->environment(), Environment::Test);
    press(button(QApplication::activeModalWidget(), u"Take it out"_s));
    QTRY_COMPARE(m_world->fleetFile->edited.size(), std::size_t { 2 });
    QCOMPARE(print(m_world->fleetFile->edited.back().edits), u"clusters/restore-lab01="_s);
}

void TestSettings::hostileNamesStayPlain()
{
    Fleet fleet = test::exampleFleet();
    const QString name = u"<b>x</b>\n\"$(id)\" 'ü' -rf"_s;
    fleet.clusters.front().name = name;
    m_world->fleet->open(u"/tmp/f.yaml"_s, LoadedFleet { fleet, {}, {} });
    QTest::keyClicks(line(u"connect.host"_s), u"h"_s);
    press(button(m_page.get(), u"Save to the fleet file"_s));
    QTRY_COMPARE(m_world->fleetFile->edited.size(), std::size_t { 1 });
    QCOMPARE(m_world->fleetFile->edited.front().edits.front().path.at(1), name);
    for (QLabel *label : m_page->findChildren<QLabel *>())
        QVERIFY2(label->textFormat() == Qt::PlainText, qUtf8Printable(label->text()));
}

void TestSettings::aThingIsShownWithItsField_data()
{
    QTest::addColumn<QStringList>("item");
    QTest::addColumn<QString>("section");
    QTest::addColumn<QString>("focused");
    QTest::newRow("field of a server")
        << QStringList { u"clusters"_s, u"queue-db"_s, u"connect"_s, u"user"_s } << u"Servers"_s << u"Role"_s;
    QTest::newRow("choice of a server")
        << QStringList { u"clusters"_s, u"olap-db"_s, u"environment"_s } << u"Servers"_s << u"Environment"_s;
    QTest::newRow("secret of a server") << QStringList { u"clusters"_s, u"olap-db"_s, u"connect"_s,
        u"secret"_s } << u"Servers"_s << u"Password…"_s;
    QTest::newRow("objective") << QStringList { u"clusters"_s, u"olap-db"_s, u"objectives"_s, u"rto"_s }
                               << u"Objectives"_s << u"Back within (RTO)"_s;
    QTest::newRow("field of a backup server")
        << QStringList { u"sources"_s, u"pbs01"_s, u"fingerprint"_s } << u"Sources"_s << u"Fingerprint"_s;
    QTest::newRow("secret of a backup server")
        << QStringList { u"sources"_s, u"pbs01"_s, u"secret"_s } << u"Sources"_s << u"Secret…"_s;
    QTest::newRow("server alone") << QStringList { u"clusters"_s, u"queue-db"_s } << u"Servers"_s
                                  << u"Servers"_s;
    QTest::newRow("gone meanwhile") << QStringList { u"clusters"_s, u"gone"_s, u"environment"_s }
                                    << u"Servers"_s << u"Servers"_s;
}

void TestSettings::aThingIsShownWithItsField()
{
    QFETCH(QStringList, item);
    QFETCH(QString, section);
    QFETCH(QString, focused);
    show(4);
    m_page->showItem(item);
    QCOMPARE(m_page->findChild<QListWidget *>(u"sections"_s)->currentItem()->text(), section);
    QWidget *now = QApplication::focusWidget();
    QVERIFY(now);
    const auto *pressed = qobject_cast<QPushButton *>(now);
    QCOMPARE(pressed ? pressed->text() : now->accessibleName(), focused);
    if (item.at(1) != u"gone"_s)
        QVERIFY(wordsOn(m_page.get()).contains(item.at(1)));
}

// From the list over its buttons and the fields to theirs, also after the fields were made for another
// server.
void TestSettings::tabGoesThroughAFormMadeAnew()
{
    m_page->setScope(u"queue-db"_s);
    QListWidget *list = nullptr;
    for (auto *one : m_page->findChildren<QListWidget *>(u"items"_s))
        list = one->isVisible() ? one : list;
    list->setFocus();
    QTest::keyClicks(line(u"connect.host"_s), u"h"_s);
    QStringList visited;
    for (int step = 0; step < 17; ++step) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        const auto *pressed = qobject_cast<QPushButton *>(QApplication::focusWidget());
        visited << (pressed ? pressed->text() : QApplication::focusWidget()->accessibleName());
    }
    QCOMPARE(visited.join(u'\n'),
        u"Add…\nRemove…\nEnvironment\nService\nConnection string\nHost\nPort\nDatabase\nRole\nTLS\n"
        "SSH tunnel\nPassword by command\nRuns on\nData directory\nInstalled from\nTest connection\n"
        "Password…"_s);
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
