#include "procedure/masking.h"
#include "procedure/procedurejson.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

Step command(const QString &id)
{
    Step step;
    step.id = id;
    step.command = u"true"_s;
    return step;
}

Procedure twoSteps()
{
    Procedure procedure;
    procedure.kind = u"recover"_s;
    procedure.title = u"“ \\ \" \n of it"_s;
    procedure.cluster = u"über 'x' $(rm)"_s;
    procedure.environment = Environment::Lab;
    Host host;
    host.name = u"db 1"_s;
    host.ssh = u"ssh://a@b:22"_s;
    host.runAs = u"postgres"_s;
    procedure.hosts = { host };
    procedure.facts = { { u"target"_s, u"0/1A2B"_s } };
    Step first = command(u"restore.copy"_s);
    first.phase = u"Restore"_s;
    first.title = u"Copy"_s;
    first.why = u"because"_s;
    first.host = host.name;
    first.command = u"printf '%s\\n' 'a\tb'\n"_s;
    first.kind = StepKind::Wait;
    first.repeat = Repeatability::LookFirst;
    first.look = u"test -e x"_s;
    first.undo = u"rm x"_s;
    first.leaves = u"x"_s;
    first.danger = Danger::Destroys;
    first.expected = std::chrono::milliseconds(1500);
    Step second;
    second.id = u"promote"_s;
    second.kind = StepKind::Confirm;
    second.typed = u"harbor-db"_s;
    second.repeat = Repeatability::Never;
    second.danger = Danger::Interrupts;
    procedure.steps = { first, second };
    return procedure;
}

} // namespace

class TestProcedure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackFromJson();
    void tellsWhatCannotBeRead_data();
    void tellsWhatCannotBeRead();
    void tellsFaults_data();
    void tellsFaults();
    void hidesPasswords_data();
    void hidesPasswords();
};

void TestProcedure::comesBackFromJson()
{
    const Procedure procedure = twoSteps();
    const QByteArray bytes = procedureJson(procedure);
    const auto read = procedureFromJson(bytes);
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QCOMPARE(procedureJson(*read), bytes);
    QVERIFY(*read == procedure);
}

void TestProcedure::tellsWhatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("why");
    QTest::newRow("not JSON") << QByteArray("{") << QByteArray("") << u"at byte"_s;
    QTest::newRow("another file") << QByteArray("\"procedure\": 1") << QByteArray("\"fleet\": 1")
                                  << u"this is no procedure"_s;
    QTest::newRow("a later version") << QByteArray("\"procedure\": 1") << QByteArray("\"procedure\": 7")
                                     << u"of version 7"_s;
    QTest::newRow("an unknown kind") << QByteArray("\"wait\"") << QByteArray("\"pray\"")
                                     << u"step 1: \"kind\" says \"pray\""_s;
    QTest::newRow("a number for a text")
        << QByteArray("\"because\"") << QByteArray("5") << u"step 1: \"why\" is not a text"_s;
    QTest::newRow("two of one id") << QByteArray("\"promote\"") << QByteArray("\"restore.copy\"")
                                   << u"two steps are called restore.copy"_s;
}

void TestProcedure::tellsWhatCannotBeRead()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, why);
    QByteArray bytes = procedureJson(twoSteps());
    QVERIFY(bytes.contains(from));
    bytes.replace(bytes.indexOf(from), from.size(), to);
    const auto read = procedureFromJson(bytes);
    QVERIFY(!read);
    QCOMPARE(read.error().code, u"procedure.unreadable"_s);
    QVERIFY2(read.error().detail.contains(why), qPrintable(read.error().detail));
}

void TestProcedure::tellsFaults_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("fault");
    QTest::newRow("fine") << u"a.b-1"_s << u"true"_s << u""_s << u""_s;
    QTest::newRow("a path as id") << u"../x"_s << u"true"_s << u""_s
                                  << u"step \"../x\": an id has small letters, digits, points and dashes"_s;
    QTest::newRow("no script") << u"a"_s << u""_s << u""_s << u"step a has no script"_s;
    QTest::newRow("NUL") << u"a"_s << QString(QChar(0)) << u""_s
                         << u"step a: the script holds a NUL character"_s;
    QTest::newRow("nowhere") << u"a"_s << u"true"_s << u"moon"_s
                             << u"step a runs on moon, which is not described"_s;
}

void TestProcedure::tellsFaults()
{
    QFETCH(QString, id);
    QFETCH(QString, script);
    QFETCH(QString, host);
    QFETCH(QString, fault);
    Step step = command(id);
    step.command = script;
    step.host = host;
    Procedure procedure;
    procedure.steps = { step };
    QCOMPARE(faultsOf(procedure).join(u'|'), fault);
}

void TestProcedure::hidesPasswords_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("conninfo") << QByteArray("host=a password='b c' port=1")
                              << QByteArray("host=a password=*** port=1");
    QTest::newRow("environment") << QByteArray("PGPASSWORD=x psql") << QByteArray("PGPASSWORD=*** psql");
    QTest::newRow("address") << QByteArray("postgres://me:s3cret@db/x")
                             << QByteArray("postgres://me:***@db/x");
    QTest::newRow("JSON") << QByteArray("{\"password\": \"a\\\"b\"}") << QByteArray("{\"password\": ***}");
    QTest::newRow("nothing") << QByteArray("FATAL: password authentication failed \xff")
                             << QByteArray("FATAL: password authentication failed \xff");
}

void TestProcedure::hidesPasswords()
{
    QFETCH(QByteArray, said);
    QFETCH(QByteArray, shown);
    QCOMPARE(masked(said), shown);
}

QTEST_APPLESS_MAIN(TestProcedure)
#include "tst_procedure.moc"
