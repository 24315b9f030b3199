#include "firstrun/fingerprintpanel.h"
#include "firstrun/firstrunpage.h"
#include "firstrun/passworddialog.h"
#include "firstrun/servertable.h"
#include "pagebench.h"
#include "widgets/banner.h"
#include "widgets/copydialog.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString Shown
    = u"7a:1e:93:c4:0b:5f:d2:88:61:ae:37:f0:9c:12:44:e9:b3:05:6d:ca:21:8f:70:4e:d9:ab:16:5c:83:fe:02:97"_s;
const QString PbsUrl = u"https://pbs01.lan:8007"_s;
const QByteArray ServiceFile
    = "[oltp-db]\nhost=oltp-db-1.lan\n[queue-db]\nhost=queue-db-1.lan\n[content-db]\n"
      "host=content-db.lan\n[olap-db]\nhost=olap-db.lan\n[proj-pg01]\nhost=proj-pg01.lan\n"
      "[restore-lab01]\nhost=restore-lab01.lan\nport=5433\n";

template <class W>
W &part(const test::PageBench &bench, const char *name)
{
    auto *found = bench.window->findChild<W *>(QString::fromLatin1(name));
    if (!found)
        qFatal("no part %s", name);
    return *found;
}

void press(const test::PageBench &bench, const char *name)
{
    auto &button = part<QPushButton>(bench, name);
    QTest::mouseClick(&button, Qt::LeftButton);
}

void type(const test::PageBench &bench, const char *name, const QString &text)
{
    auto &edit = part<QLineEdit>(bench, name);
    edit.setFocus();
    edit.selectAll();
    QTest::keyClicks(&edit, text);
    if (text.isEmpty())
        edit.clear();
}

ServerFacts facts(const QString &name, const Instant &now)
{
    return test::exampleFacts(name, now);
}

// "[x] oltp-db | oltp-db-1.lan:5432 | PG 15 TLS | Production | pg_monitor"
QString tableOf(const ServerTable &table)
{
    QStringList lines;
    const auto *model = table.model();
    for (int row = 0; row < model->rowCount(); ++row) {
        QStringList cells { model->index(row, 0).data(Qt::CheckStateRole).toInt() == Qt::Checked ? u"[x]"_s
                                                                                                 : u"[ ]"_s };
        for (int column = 1; column < model->columnCount(); ++column)
            cells.append(model->index(row, column).data(Qt::AccessibleTextRole).toString());
        lines.append(cells.join(u" | "_s));
    }
    return lines.join(u'\n');
}

QString tallyOf(const test::PageBench &bench)
{
    QStringList words;
    for (const TextLabel *label : part<QWidget>(bench, "tally").findChildren<TextLabel *>())
        if (!label->text().isEmpty())
            words.append(label->text());
    return words.join(u" / "_s);
}

template <class D>
D *dialogOf(const test::PageBench &bench)
{
    const auto all = bench.window->findChildren<D *>();
    for (D *dialog : all)
        if (dialog->isVisible())
            return dialog;
    return nullptr;
}

} // namespace

class TestFirstRunPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_bench.reset(); }
    void pictures();
    void servicesAreFoundTestedAndOpened();
    void aServerIsLeftOutByKeyboard();
    void aRefusedPasswordIsAskedForAndKept();
    void missingRightsAreShownToBeCopied();
    void aMissingServiceFileSaysWhatToDo();
    void hostsAndConnectionStringsAreAdded();
    void hostileNamesAreShownAsTheyAre();
    void aFingerprintIsComparedBeforeAnythingIsSent();
    void aCertificateThatReturnedIsCompared();
    void notMyServerSendsNothing();
    void aPbsThatFailsSaysWhyAndTriesAgain();
    void anExistingFileIsNotOverwritten();
    void aBrokenFleetFileListsItsLines();
    void aDroppedFileIsOpened();
    void examplesAreOpenedAsCopies();
    void thePracticeLabOpensItsFleet();
    void aLabThatFailsSaysWhy();
    void everyFieldHasAName();

private:
    void open(QSize size = { 1434, 814 });
    void choose(int row, Environment environment);
    void answerAll();
    std::unique_ptr<test::PageBench> m_bench;
};

void TestFirstRunPage::init()
{
    m_bench = std::make_unique<test::PageBench>();
    m_bench->files->files.insert(m_bench->files->servicePath, ServiceFile);
}

void TestFirstRunPage::open(QSize size)
{
    m_bench->open<FirstRunPage>(u"Welcome to Tidemark"_s, size);
    QTRY_VERIFY(!part<ServerTable>(*m_bench, "servers").model()->rowCount()
        || part<ServerTable>(*m_bench, "servers").model()->rowCount() == 6);
}

void TestFirstRunPage::answerAll()
{
    auto &answers = m_bench->world.servers->answers;
    for (const char *name : { "oltp-db", "queue-db", "content-db", "olap-db", "proj-pg01" })
        answers.insert(
            QString::fromLatin1(name), facts(QString::fromLatin1(name), m_bench->world.clock->now()));
    answers[u"oltp-db"_s]->mayReplicate = true;
    answers[u"queue-db"_s]->mayReplicate = true;
    answers[u"olap-db"_s]->memberOf.clear();
    answers[u"olap-db"_s]->missing = { { u"archiver statistics"_s, u"GRANT pg_monitor TO tidemark_op;"_s } };
    answers.insert(u"restore-lab01"_s,
        failure(ErrorKind::Denied, u"pg.28P01"_s, u"password authentication failed for user \"tidemark\""_s));
}

void TestFirstRunPage::choose(int row, Environment environment)
{
    auto &table = part<ServerTable>(*m_bench, "servers");
    const QModelIndex index = table.model()->index(row, int(ServerTableModel::Column::Environment));
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(index).center());
    QTRY_VERIFY(table.findChild<QMenu *>(u"environmentMenu"_s));
    auto *menu = table.findChild<QMenu *>(u"environmentMenu"_s);
    for (int step = 0; step <= int(environment) - 1; ++step)
        QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_VERIFY(!table.findChild<QMenu *>(u"environmentMenu"_s));
}

void TestFirstRunPage::pictures()
{
    m_bench->world.backupServers->certificates.insert(PbsUrl,
        CertificateFacts {
            Shown, u"CN=pbs01.lan"_s, u"CN=pbs01.lan"_s, {}, Instant::fromSeconds(1'867'190'400), false });
    for (const auto choice : { Theme::Choice::Light, Theme::Choice::Dark }) {
        m_bench->theme.choose(choice);
        open();
        answerAll();
        press(*m_bench, "testAll");
        for (int row = 0; row < 6; ++row)
            if (row != 4)
                choose(row, row == 5 ? Environment::Test : Environment::Production);
        type(*m_bench, "pbsAddress", u"pbs01.lan:8007"_s);
        type(*m_bench, "pbsToken", u"tidemark@pbs!console"_s);
        type(*m_bench, "pbsSecret", u"6ef9a5c3-0f3e-4e55-9a42-5a3b"_s);
        press(*m_bench, "pbsConnect");
        QTRY_VERIFY(part<FingerprintPanel>(*m_bench, "fingerprintPanel").isVisible());
        type(*m_bench, "pastedFingerprint", Shown);
        m_bench->shoot(u"firstrun-"_s + Theme::choiceName(choice));
        QTest::mouseClick(&part<QAbstractButton>(*m_bench, "way1"), Qt::LeftButton);
        m_bench->shoot(u"firstrun-file-"_s + Theme::choiceName(choice));
        QTest::mouseClick(&part<QAbstractButton>(*m_bench, "way2"), Qt::LeftButton);
        m_bench->shoot(u"firstrun-lab-"_s + Theme::choiceName(choice));
    }
    open({ 1174, 634 });
    m_bench->shoot(u"firstrun-small"_s);
}

void TestFirstRunPage::servicesAreFoundTestedAndOpened()
{
    open();
    answerAll();
    m_bench->world.fleetFile->afterEdit = LoadedFleet { test::exampleFleet(), {}, "made" };
    QTRY_COMPARE(part<QLineEdit>(*m_bench, "servicePath").text(), u"/home/mkeller/.pg_service.conf"_s);
    QVERIFY(!part<QPushButton>(*m_bench, "openOverview").isEnabled());
    press(*m_bench, "testAll");
    QTRY_COMPARE(tallyOf(*m_bench), u"0 ready / 5 without an environment / 1 refused / no PBS yet"_s);
    for (int row : { 0, 1, 2, 3 })
        choose(row, Environment::Production);
    QCOMPARE(tableOf(part<ServerTable>(*m_bench, "servers")),
        u"[x] | oltp-db | oltp-db-1.lan:5432 | PG 15, TLS | Production | pg_monitor, replication\n"
        "[x] | queue-db | queue-db-1.lan:5432 | PG 15, TLS | Production | pg_monitor, replication\n"
        "[x] | content-db | content-db.lan:5432 | PG 15, TLS | Production | pg_monitor\n"
        "[x] | olap-db | olap-db.lan:5432 | PG 16, TLS | Production | pg_monitor missing, Show GRANT\n"
        "[x] | proj-pg01 | proj-pg01.lan:5432 | PG 16, TLS | Choose… | pg_monitor\n"
        "[x] | restore-lab01 | restore-lab01.lan:5433 | – | Choose… | password refused, Password…"_s);
    QCOMPARE(tallyOf(*m_bench),
        u"3 ready / 1 without an environment, 1 without a grant / 1 refused / no PBS yet"_s);
    QCOMPARE(part<QPushButton>(*m_bench, "openOverview").text(), u"Open Overview with 4"_s);
    press(*m_bench, "openOverview");
    QTRY_VERIFY(m_bench->world.fleet->isOpen());
    QStringList written;
    for (const FleetEdit &edit : m_bench->world.fleetFile->edited.front().edits)
        written.append(edit.path.join(u'/') + u'=' + edit.value);
    QCOMPARE(written.join(u' '),
        u"name=fleet clusters/oltp-db/environment=production clusters/oltp-db/connect/service=oltp-db "
        "clusters/queue-db/environment=production clusters/queue-db/connect/service=queue-db "
        "clusters/content-db/environment=production clusters/content-db/connect/service=content-db "
        "clusters/olap-db/environment=production clusters/olap-db/connect/service=olap-db"_s);
}

void TestFirstRunPage::aServerIsLeftOutByKeyboard()
{
    open();
    auto &table = part<ServerTable>(*m_bench, "servers");
    table.setFocus();
    table.setCurrentIndex(table.model()->index(0, int(ServerTableModel::Column::Name)));
    QTest::keyClick(&table, Qt::Key_Space);
    QVERIFY(tableOf(table).startsWith(u"[ ] | oltp-db"_s));
    QTest::keyClick(&table, Qt::Key_Space);
    QVERIFY(tableOf(table).startsWith(u"[x] | oltp-db"_s));
    const QRect box = table.visualRect(table.model()->index(1, 0));
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, box.center());
    QVERIFY(tableOf(table).contains(u"[ ] | queue-db"_s));
}

void TestFirstRunPage::aRefusedPasswordIsAskedForAndKept()
{
    open();
    answerAll();
    press(*m_bench, "testAll");
    auto &table = part<ServerTable>(*m_bench, "servers");
    QTRY_VERIFY(tableOf(table).contains(u"password refused"_s));
    table.setFocus();
    table.setCurrentIndex(table.model()->index(5, int(ServerTableModel::Column::Access)));
    QTRY_VERIFY(
        part<Banner>(*m_bench, "serverObstacle").plainText().contains(u"password authentication failed"_s));
    QTest::keyClick(&table, Qt::Key_Return);
    QTRY_VERIFY(dialogOf<PasswordDialog>(*m_bench));
    auto *dialog = dialogOf<PasswordDialog>(*m_bench);
    m_bench->world.servers->answers.insert(
        u"restore-lab01"_s, facts(u"restore-lab01"_s, m_bench->world.clock->now()));
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"password"_s), u"s3cr3t $(id)"_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"usePassword"_s), Qt::LeftButton);
    QTRY_COMPARE(
        m_bench->world.secrets->kept.value(u"pg/restore-lab01"_s).reveal(), QByteArray("s3cr3t $(id)"));
    QCOMPARE(m_bench->world.servers->passwords.back()->reveal(), QByteArray("s3cr3t $(id)"));
    QTRY_VERIFY(!tableOf(table).contains(u"password refused"_s));
    QVERIFY(!tableOf(table).contains(u"s3cr3t"_s));
}

void TestFirstRunPage::missingRightsAreShownToBeCopied()
{
    open();
    answerAll();
    press(*m_bench, "testAll");
    auto &table = part<ServerTable>(*m_bench, "servers");
    QTRY_VERIFY(tableOf(table).contains(u"Show GRANT"_s));
    const QModelIndex index = table.model()->index(3, int(ServerTableModel::Column::Access));
    auto *delegate = qobject_cast<TwoLineDelegate *>(table.itemDelegate());
    QStyleOptionViewItem option;
    option.widget = &table;
    option.rect = table.visualRect(index);
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, delegate->linkRect(option, index).center());
    QTRY_VERIFY(dialogOf<CopyDialog>(*m_bench));
    auto *dialog = dialogOf<CopyDialog>(*m_bench);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"copyText"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"GRANT pg_monitor TO tidemark_op;"_s);
}

void TestFirstRunPage::aMissingServiceFileSaysWhatToDo()
{
    m_bench->files->files.clear();
    open();
    QTRY_COMPARE(part<Banner>(*m_bench, "serverObstacle").plainText().simplified(),
        u"There is no service file at /home/mkeller/.pg_service.conf. Add servers by host or connection string."_s);
    m_bench->files->files.insert(u"/tmp/x y"_s, QByteArray("[a\n[b]\nhost=h\n"));
    type(*m_bench, "servicePath", u"/tmp/x y"_s);
    QTest::keyClick(&part<QLineEdit>(*m_bench, "servicePath"), Qt::Key_Return);
    QTRY_VERIFY(
        part<Banner>(*m_bench, "serverObstacle").plainText().contains(u"Line 1 of the service file"_s));
    QVERIFY(tableOf(part<ServerTable>(*m_bench, "servers")).contains(u"| b | h:5432 |"_s));
}

void TestFirstRunPage::hostsAndConnectionStringsAreAdded()
{
    m_bench->files->files.clear();
    open();
    auto &way = part<SegmentedControl>(*m_bench, "serverWay");
    QTest::mouseClick(way.segment(1), Qt::LeftButton);
    press(*m_bench, "addHost");
    QCOMPARE(m_bench->world.servers->asked, QStringList());
    type(*m_bench, "host", u"db.lan"_s);
    type(*m_bench, "port", u"6000"_s);
    QTest::keyClick(&part<QLineEdit>(*m_bench, "port"), Qt::Key_Return);
    QTRY_VERIFY(tableOf(part<ServerTable>(*m_bench, "servers")).startsWith(u"[x] | db | db.lan:6000"_s));
    QTest::mouseClick(way.segment(2), Qt::LeftButton);
    type(*m_bench, "uri", u"postgresql://u:pw@h/x"_s);
    press(*m_bench, "addUri");
    QTRY_VERIFY(
        part<Banner>(*m_bench, "serverObstacle").plainText().contains(u"must not carry a password"_s));
    type(*m_bench, "uri", u"postgresql://u@h.lan:7000/x"_s);
    press(*m_bench, "addUri");
    QTRY_VERIFY(tableOf(part<ServerTable>(*m_bench, "servers")).contains(u"| h | h.lan:7000 |"_s));
    QTRY_COMPARE(
        m_bench->world.servers->asked, (QStringList { u"db.lan"_s, u"postgresql://u@h.lan:7000/x"_s }));
    QTRY_VERIFY(part<Banner>(*m_bench, "serverObstacle").plainText().contains(u"connection refused"_s));
}

void TestFirstRunPage::hostileNamesAreShownAsTheyAre()
{
    m_bench->files->files.insert(m_bench->files->servicePath,
        QByteArray("[<b>x</b>'\"$(id)]\nhost=-rf \xE2\x80\xAE evil\n[") + QByteArray(4000, 'w')
            + "]\nhost=h\n");
    m_bench->open<FirstRunPage>(u"Welcome to Tidemark"_s, { 1174, 634 });
    auto &table = part<ServerTable>(*m_bench, "servers");
    QTRY_COMPARE(table.model()->rowCount(), 2);
    QVERIFY(tableOf(table).contains(u"| <b>x</b>'\"$(id) | -rf \uFFFD evil:5432 |"_s));
    QVERIFY(m_bench->window->width() <= 1180);
    const QString tip = table.model()->index(0, 1).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(u"&lt;b&gt;"_s));
    m_bench->shoot(u"firstrun-hostile"_s);
}

void TestFirstRunPage::aFingerprintIsComparedBeforeAnythingIsSent()
{
    auto &pbs = *m_bench->world.backupServers;
    pbs.certificates.insert(PbsUrl, CertificateFacts { Shown, u"CN=pbs01"_s, u"CN=pbs01"_s, {}, {}, false });
    PbsFacts told;
    told.version = u"3.2.4"_s;
    told.authId = u"tidemark@pbs!console"_s;
    DatastoreFacts tank;
    tank.name = u"tank"_s;
    tank.total = Bytes { 4'000'000'000'000 };
    tank.used = Bytes { 1'840'000'000'000 };
    told.datastores = { tank };
    pbs.answers.insert(PbsUrl, told);
    open();
    type(*m_bench, "pbsAddress", u"pbs01.lan"_s);
    type(*m_bench, "pbsToken", u"tidemark@pbs!console"_s);
    type(*m_bench, "pbsSecret", u"topsecret"_s);
    press(*m_bench, "pbsConnect");
    QTRY_VERIFY(part<FingerprintPanel>(*m_bench, "fingerprintPanel").isVisible());
    QVERIFY(pbs.asked.empty());
    const auto verdict = [this](const QString &pasted) {
        type(*m_bench, "pastedFingerprint", pasted);
        return part<TextLabel>(*m_bench, "fingerprintVerdict").text() + u'/'
            + (part<QPushButton>(*m_bench, "trustFingerprint").isEnabled() ? u"may trust"_s : u"no"_s);
    };
    QCOMPARE(verdict(Shown.left(20)), u"same so far/no"_s);
    QCOMPARE(verdict(Shown.chopped(2) + u"98"_s), u"differs/no"_s);
    QCOMPARE(verdict(u"hello"_s), u"not a fingerprint/no"_s);
    QCOMPARE(verdict(Shown.toUpper()), u"same/may trust"_s);
    QVERIFY(pbs.asked.empty());
    press(*m_bench, "trustFingerprint");
    QTRY_COMPARE(part<Banner>(*m_bench, "pbsBanner").plainText().simplified(),
        u"It answers and shows its datastores"_s);
    QCOMPARE(pbs.asked.front().fingerprint, Shown);
    QCOMPARE(pbs.confirmed, QStringList { PbsUrl + u' ' + Shown });
    QCOMPARE(pbs.secrets.front()->reveal(), QByteArray("topsecret"));
    QCOMPARE(m_bench->world.secrets->kept.value(u"pbs/pbs01.lan token"_s).reveal(), QByteArray("topsecret"));
    QVERIFY(tallyOf(*m_bench).endsWith(u"PBS ready"_s));
    m_bench->shoot(u"firstrun-pbs-ready"_s);
}

// Another one was seen since this one was confirmed: it is not taken without a comparison.
void TestFirstRunPage::aCertificateThatReturnedIsCompared()
{
    CertificateFacts back { Shown, u"CN=pbs01"_s, u"CN=pbs01"_s, {}, {}, false };
    back.changedBefore = true;
    m_bench->world.backupServers->certificates.insert(PbsUrl, back);
    open();
    type(*m_bench, "pbsAddress", u"pbs01.lan"_s);
    press(*m_bench, "pbsConnect");
    QTRY_VERIFY(part<FingerprintPanel>(*m_bench, "fingerprintPanel").isVisible());
    QVERIFY(!part<QPushButton>(*m_bench, "trustFingerprint").isEnabled());
    type(*m_bench, "pastedFingerprint", Shown);
    QVERIFY(part<QPushButton>(*m_bench, "trustFingerprint").isEnabled());
}

void TestFirstRunPage::notMyServerSendsNothing()
{
    auto &pbs = *m_bench->world.backupServers;
    pbs.certificates.insert(PbsUrl, CertificateFacts { Shown, u"CN=a"_s, u"CN=b"_s, {}, {}, false });
    open();
    type(*m_bench, "pbsAddress", u"http://pbs01.lan"_s);
    press(*m_bench, "pbsConnect");
    QVERIFY(part<TextLabel>(*m_bench, "pbsHint").text().startsWith(u"This is not an address"_s));
    type(*m_bench, "pbsAddress", u"pbs01.lan"_s);
    press(*m_bench, "pbsConnect");
    QTRY_VERIFY(part<FingerprintPanel>(*m_bench, "fingerprintPanel").isVisible());
    press(*m_bench, "refuseFingerprint");
    QCOMPARE(part<TextLabel>(*m_bench, "pbsHint").text(), u"Nothing was sent to it. Check the address."_s);
    QVERIFY(pbs.asked.empty());
}

void TestFirstRunPage::aPbsThatFailsSaysWhyAndTriesAgain()
{
    auto &pbs = *m_bench->world.backupServers;
    open();
    type(*m_bench, "pbsAddress", u"pbs01.lan"_s);
    type(*m_bench, "pbsToken", u"t@pbs!x"_s);
    type(*m_bench, "pbsSecret", u"x"_s);
    press(*m_bench, "pbsConnect");
    QTRY_VERIFY(part<Banner>(*m_bench, "pbsBanner").plainText().contains(u"connection refused"_s));
    CertificateFacts trusted { Shown, u"CN=a"_s, u"CN=b"_s, {}, {}, true };
    pbs.certificates.insert(PbsUrl, trusted);
    pbs.answers.insert(
        PbsUrl, failure(ErrorKind::Denied, u"pbs.authentication-failed"_s, u"authentication failed"_s));
    auto &again = *part<Banner>(*m_bench, "pbsBanner").findChild<QPushButton *>();
    QTest::mouseClick(&again, Qt::LeftButton);
    QTRY_VERIFY(part<Banner>(*m_bench, "pbsBanner").plainText().contains(u"authentication failed"_s));
    PbsFacts blind;
    blind.missing = { { u"datastores"_s,
        u"proxmox-backup-manager acl update /datastore DatastoreAudit --auth-id 't@pbs!x'"_s } };
    pbs.answers.insert(PbsUrl, blind);
    press(*m_bench, "pbsConnect");
    QTRY_VERIFY(part<Banner>(*m_bench, "pbsBanner").plainText().contains(u"does not show all"_s));
    press(*m_bench, "pbsRights");
    QTRY_VERIFY(dialogOf<CopyDialog>(*m_bench));
    QVERIFY(dialogOf<CopyDialog>(*m_bench)->findChild<QPlainTextEdit *>()->toPlainText().startsWith(
        u"proxmox-backup-manager acl"_s));
}

void TestFirstRunPage::anExistingFileIsNotOverwritten()
{
    open();
    m_bench->world.fleetFile->afterEdit
        = failure(ErrorKind::Conflict, u"fleet.changed"_s, u"/home/mkeller/.config/tidemark/fleet.yaml"_s);
    press(*m_bench, "saveLater");
    QTRY_VERIFY(part<Banner>(*m_bench, "saveBanner").plainText().contains(u"was not written"_s));
    QVERIFY(!m_bench->world.fleet->isOpen());
    m_bench->world.fleetFile->afterEdit = LoadedFleet {};
    press(*m_bench, "saveLater");
    QTRY_VERIFY(part<Banner>(*m_bench, "saveBanner").plainText().startsWith(u"Saved to"_s));
    QVERIFY(!m_bench->world.fleet->isOpen());
}

void TestFirstRunPage::aBrokenFleetFileListsItsLines()
{
    open();
    m_bench->world.fleetFile->files.insert(u"/srv/fleet.yaml"_s,
        failure(ErrorKind::Invalid, u"fleet.invalid"_s,
            u"line 3: unknown key \"enviroment\"; did you mean \"environment\"?\nline 9: <b>x</b>"_s));
    QTest::mouseClick(&part<QAbstractButton>(*m_bench, "way1"), Qt::LeftButton);
    type(*m_bench, "fleetPath", u"/srv/none.yaml"_s);
    press(*m_bench, "openFleet");
    QTRY_VERIFY(
        part<Banner>(*m_bench, "fileBanner").plainText().contains(u"/srv/none.yaml cannot be opened"_s));
    type(*m_bench, "fleetPath", u"/srv/fleet.yaml"_s);
    QTest::keyClick(&part<QLineEdit>(*m_bench, "fleetPath"), Qt::Key_Return);
    QTRY_VERIFY(part<QPlainTextEdit>(*m_bench, "problems").isVisible());
    QCOMPARE(part<QPlainTextEdit>(*m_bench, "problems").toPlainText(),
        u"line 3: unknown key \"enviroment\"; did you mean \"environment\"?\nline 9: <b>x</b>"_s);
    QVERIFY(!m_bench->world.fleet->isOpen());
    m_bench->shoot(u"firstrun-problems"_s);
}

void TestFirstRunPage::aDroppedFileIsOpened()
{
    open();
    m_bench->world.fleetFile->files.insert(u"/srv/a b.yaml"_s, LoadedFleet { test::exampleFleet(), {}, {} });
    QTest::mouseClick(&part<QAbstractButton>(*m_bench, "way1"), Qt::LeftButton);
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(u"/srv/a b.yaml"_s) });
    QWidget *pane = part<QLineEdit>(*m_bench, "fleetPath").parentWidget()->parentWidget();
    QDragEnterEvent enter({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(pane, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(pane, &drop);
    QTRY_COMPARE(m_bench->world.fleet->path(), u"/srv/a b.yaml"_s);
    QCOMPARE(m_bench->world.preferences->texts.value(u"fleet"_s), u"/srv/a b.yaml"_s);
}

void TestFirstRunPage::examplesAreOpenedAsCopies()
{
    m_bench->files->exampleFiles = QStringList { u"/usr/share/tidemark/fleets/penguinmails.yaml"_s };
    m_bench->world.fleetFile->files.insert(
        u"/copies/penguinmails.yaml"_s, LoadedFleet { test::exampleFleet(), {}, {} });
    open();
    QTest::mouseClick(&part<QAbstractButton>(*m_bench, "way1"), Qt::LeftButton);
    QTRY_COMPARE(part<QListWidget>(*m_bench, "examples").count(), 1);
    press(*m_bench, "openExample");
    QTRY_COMPARE(m_bench->world.fleet->path(), u"/copies/penguinmails.yaml"_s);
    QCOMPARE(m_bench->files->copied, QStringList { u"/usr/share/tidemark/fleets/penguinmails.yaml"_s });
}

void TestFirstRunPage::thePracticeLabOpensItsFleet()
{
    auto &lab = *m_bench->world.lab;
    lab.lines = { u"initdb healthy"_s, u"started healthy on 127.0.0.1:6001"_s };
    lab.gate.shut();
    m_bench->world.fleetFile->files.insert(
        u"/lab/fleet.yaml"_s, LoadedFleet { test::exampleFleet(), {}, {} });
    open();
    press(*m_bench, "labFromCard");
    QTRY_COMPARE(part<QPlainTextEdit>(*m_bench, "labLines").toPlainText(),
        u"initdb healthy\nstarted healthy on 127.0.0.1:6001"_s);
    QVERIFY(!part<QPushButton>(*m_bench, "startLab").isEnabled());
    lab.gate.open();
    QTRY_COMPARE(m_bench->world.fleet->path(), u"/lab/fleet.yaml"_s);
}

void TestFirstRunPage::aLabThatFailsSaysWhy()
{
    auto &lab = *m_bench->world.lab;
    lab.answer = failure(
        ErrorKind::NotFound, u"lab.no-postgresql"_s, u"initdb was not found in /usr/lib/postgresql"_s);
    open();
    QTest::mouseClick(&part<QAbstractButton>(*m_bench, "way2"), Qt::LeftButton);
    type(*m_bench, "labFolder", u"/tmp/l ab'$(id)"_s);
    press(*m_bench, "startLab");
    QTRY_VERIFY(part<Banner>(*m_bench, "labBanner").plainText().contains(u"initdb was not found"_s));
    QCOMPARE(lab.folders, QStringList { u"/tmp/l ab'$(id)"_s });
    QVERIFY(part<QPushButton>(*m_bench, "startLab").isEnabled());
    lab.gate.shut();
    press(*m_bench, "startLab");
    press(*m_bench, "stopLab");
    QTRY_VERIFY(part<Banner>(*m_bench, "labBanner").plainText().contains(u"Stopped"_s));
}

void TestFirstRunPage::everyFieldHasAName()
{
    open();
    QStringList nameless;
    for (const QWidget *widget : m_bench->window->findChildren<QWidget *>()) {
        const bool focusable = widget->focusPolicy() & Qt::TabFocus;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        if (focusable && !named && !widget->objectName().startsWith(u"qt_"))
            nameless.append(
                QString::fromLatin1(widget->metaObject()->className()) + u'#' + widget->objectName());
    }
    QCOMPARE(nameless.join(u' '), QString());
}

QTEST_MAIN(TestFirstRunPage)
#include "tst_firstrunpage.moc"
