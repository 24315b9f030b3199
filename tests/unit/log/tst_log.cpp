#include "log/clean.h"
#include "log/log.h"
#include "support/temporaryfolder.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTest>

#include <sys/stat.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

QString contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : u"unreadable"_s;
}

// The lines without their times.
QStringList lines(const test::TemporaryFolder &folder)
{
    static const QRegularExpression time(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (?=\\w)"_s);
    QStringList all = contents(folder.filePath(u"tidemark.log"_s)).split(u'\n', Qt::SkipEmptyParts);
    for (QString &line : all) {
        const auto match = time.match(line);
        line = match.hasMatch() ? line.mid(match.capturedLength()) : u"NO TIME "_s + line;
    }
    return all;
}

} // namespace

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void whatLooksSecretIsTakenOut_data();
    void whatLooksSecretIsTakenOut();
    void whatIsHarmlessStays_data();
    void whatIsHarmlessStays();
    void aNameCannotForgeALine();
    void aVeryLongLineIsCut();
    void roomsWriteAtTheirLevels_data();
    void roomsWriteAtTheirLevels();
    void qtsMessagesAreTakenUp();
    void theFileIsPrivateAndRotates();
    void anUnwritableFolderIsSaidOnce();
    void anUnknownLevelIsSaid();
    void roomsMayBeUsedFromManyThreads();
};

void TestLog::cleanup()
{
    log::stop();
    qunsetenv("TIDEMARK_LOG");
}

void TestLog::whatLooksSecretIsTakenOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cleaned");
    const auto row = [](const char *name, const QString &text, const QString &cleaned) {
        QTest::newRow(name) << text << cleaned;
    };
    row("conninfo", u"host=a password=S3cret user=b"_s, u"host=a password=*** user=b"_s);
    row("conninfo, quoted", u"password='S3 cr\\'et' user=b"_s, u"password=*** user=b"_s);
    row("environment", u"PGPASSWORD=S3cret psql"_s, u"PGPASSWORD=*** psql"_s);
    row("environment of PBS", u"PBS_PASSWORD=S3cret;x"_s, u"PBS_PASSWORD=***;x"_s);
    row("JSON", u"{\"password\": \"S3 c\\\"ret\",\"a\":1}"_s, u"{\"password\": ***,\"a\":1}"_s);
    row("form", u"username=a&password=S3cret&otp=123456"_s, u"username=a&password=***&otp=***"_s);
    row("a quote that stays open", u"password='S3 cret"_s, u"password=***"_s);
    row("API token", u"PBSAPIToken=a@pbs!b:01234567-89ab"_s, u"PBSAPIToken=***"_s);
    row("API token, spaced", u"PBSAPIToken a@pbs!b:0123-45"_s, u"PBSAPIToken a@pbs!b:***"_s);
    row("API token of PVE", u"PVEAPIToken=a@pam!b=0123"_s, u"PVEAPIToken=***"_s);
    row("header", u"Authorization: PBSAPIToken=a@pbs!b:0123\nAccept: */*"_s,
        u"Authorization: ***\\nAccept: */*"_s);
    row("basic", u"authorization: Basic YTpi"_s, u"authorization: ***"_s);
    row("cookie", u"Cookie: PBSAuthCookie=PBS:a@pam:65AB::zzz=="_s, u"Cookie: ***"_s);
    row("ticket", u"got PBS:root@pam:65AB12CD::abc+/== back"_s, u"got PBS:root@pam:65AB12CD::*** back"_s);
    row("CSRF", u"CSRFPreventionToken: 65AB:xyz"_s, u"CSRFPreventionToken: ***"_s);
    row("URI", u"postgresql://joe:S3cret@db:5432/x"_s, u"postgresql://joe:***@db:5432/x"_s);
    row("URI with an @ in it", u"postgresql://joe:S3@cret@db/x"_s, u"postgresql://joe:***@db/x"_s);
    row("URI with parameters", u"postgresql:///x?user=a&password=S3cret"_s,
        u"postgresql:///x?user=a&password=***"_s);
    row("TOTP seed", u"otpauth://totp/x?secret=JBSWY3DP&issuer=y"_s,
        u"otpauth://totp/x?secret=***&issuer=y"_s);
    row("SQL", u"ALTER ROLE a PASSWORD 'S3''cret' LOGIN"_s, u"ALTER ROLE a PASSWORD '***' LOGIN"_s);
    row("private key", u"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- x"_s,
        u"-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY----- x"_s);
}

void TestLog::whatLooksSecretIsTakenOut()
{
    QFETCH(QString, text);
    QTEST(log::clean(text), "cleaned");
}

void TestLog::whatIsHarmlessStays_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : { "FATAL: password authentication failed for user \"joe\"",
             "https://pbs01:8007/api2/json", "tokenId audit@pbs!console", "C:\\temp", "ünï 数据 🐘",
             "there is no secret \"pbs01 token\"", "2026-11-20T02:31:07Z 4C/9A1F3B28" })
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestLog::whatIsHarmlessStays()
{
    QFETCH(QString, text);
    QCOMPARE(log::clean(text), text);
}

void TestLog::aNameCannotForgeALine()
{
    const test::TemporaryFolder folder;
    QCOMPARE(log::start({ .folder = folder.path() }), QString());
    log::room("pg").info(u"connected to a\n2026-01-01T00:00:00.000Z info pg: all is well\r\t\x1b[2J\x7f"_s
        + QChar(0x2028) + QChar(0x202e) + QChar(u'\0') + u"{} %s %v"_s);
    QCOMPARE(lines(folder),
        QStringList { u"info    pg: connected to a\\n2026-01-01T00:00:00.000Z info pg: all is well\\r\\t"
                      "\\u001b[2J\\u007f\\u2028\\u202e\\u0000{} %s %v"_s });
}

void TestLog::aVeryLongLineIsCut()
{
    const QString cut = log::clean(QString(9000, u'x'));
    QCOMPARE(cut, QString(8000, u'x') + u" … 1000 more characters"_s);
}

void TestLog::roomsWriteAtTheirLevels_data()
{
    QTest::addColumn<QString>("levels");
    QTest::addColumn<QByteArray>("environment");
    QTest::addColumn<QString>("written");
    QTest::newRow("by itself") << QString() << QByteArray() << u"info pg, warning pg, error pbs"_s;
    QTest::newRow("a preference") << u"warning"_s << QByteArray() << u"warning pg, error pbs"_s;
    QTest::newRow("a room of its own")
        << u"error,pg=debug"_s << QByteArray() << u"debug pg, info pg, warning pg, error pbs"_s;
    QTest::newRow("the environment wins") << u"debug"_s << QByteArray("off, pbs = error") << u"error pbs"_s;
}

void TestLog::roomsWriteAtTheirLevels()
{
    QFETCH(QString, levels);
    QFETCH(QByteArray, environment);
    if (!environment.isEmpty())
        qputenv("TIDEMARK_LOG", environment);
    const test::TemporaryFolder folder;
    QCOMPARE(log::start({ .folder = folder.path(), .levels = levels }), QString());
    log::room("pg").debug(u"x"_s);
    log::room("pg").info(u"x"_s);
    log::room("pg").warning(u"x"_s);
    log::room("pbs").error(u"x"_s);
    QStringList written;
    for (const QString &line : lines(folder))
        written += line.left(line.indexOf(u':')).simplified();
    QTEST(written.join(u", "_s), "written");
}

void TestLog::qtsMessagesAreTakenUp()
{
    const test::TemporaryFolder folder;
    QCOMPARE(log::start({ .folder = folder.path() }), QString());
    const QLoggingCategory category("some.part");
    qWarning("trouble with password=%s", "S3cret");
    qCCritical(category, "worse");
    QCOMPARE(lines(folder),
        (QStringList { u"warning qt: trouble with password=***"_s, u"error   qt: some.part: worse"_s }));
}

void TestLog::theFileIsPrivateAndRotates()
{
    const test::TemporaryFolder folder;
    const QString place = folder.filePath(u"state/tidemark"_s);
    QCOMPARE(log::start({ .folder = place, .fileBytes = 4000, .files = 2 }), QString());
    for (int i = 0; i < 1000; ++i)
        log::room("pg").info(u"line %1"_s.arg(i));
    QStringList files;
    for (const QFileInfo &info : QDir(place).entryInfoList(QDir::Files, QDir::Name)) {
        struct stat about {
        };
        QCOMPARE(::stat(QFile::encodeName(info.filePath()).constData(), &about), 0);
        QVERIFY(info.size() <= 4000);
        files += u"%1 %2"_s.arg(info.fileName(), QString::number(about.st_mode & 07777, 8));
    }
    QCOMPARE(files.join(u", "_s), u"tidemark.1.log 600, tidemark.2.log 600, tidemark.log 600"_s);
    QVERIFY(contents(place + u"/tidemark.log"_s).endsWith(u"line 999\n"_s));
}

void TestLog::anUnwritableFolderIsSaidOnce()
{
    const test::TemporaryFolder folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QString warning = log::start({ .folder = folder.filePath(u"file/below"_s) });
    QCOMPARE(warning, u"the log goes to standard error: %1/file/below cannot be made"_s.arg(folder.path()));
    log::room("pg").info(u"this goes to standard error"_s);
}

void TestLog::anUnknownLevelIsSaid()
{
    const test::TemporaryFolder folder;
    QCOMPARE(log::start({ .folder = folder.path(), .levels = u"pg=loud"_s }),
        u"\"pg=loud\" is no log level: use debug, info, warning, error or off"_s);
    log::room("pg").info(u"x"_s);
    QCOMPARE(lines(folder).last(), u"info    pg: x"_s);
}

void TestLog::roomsMayBeUsedFromManyThreads()
{
    const test::TemporaryFolder folder;
    QCOMPARE(log::start({ .folder = folder.path() }), QString());
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([] {
            for (int i = 0; i < 100; ++i)
                log::room("pg").info(u"x"_s);
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(lines(folder), QStringList(400, u"info    pg: x"_s));
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
