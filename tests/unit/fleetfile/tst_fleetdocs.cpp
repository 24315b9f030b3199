#include "fleetfile/fleettext.h"
#include "fleetfile/keydocs.h"
#include "fleetfile/tables.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// docs/fleet.md and docs/fleet.schema.json say what the reader does. After a change of the key tables run
// this test once with TIDEMARK_WRITE_DOCS=1: it writes both anew.
class tst_FleetDocs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tablesAreTheReaders();
    void schemaIsTheReaders();
    void exampleUsesEverySection();
    void patternsAgreeWithTheChecks_data();
    void patternsAgreeWithTheChecks();
};

static const QString docsPath = u"" TIDEMARK_SOURCE_DIR "/docs/fleet.md"_s;
static const QString schemaPath = u"" TIDEMARK_SOURCE_DIR "/docs/fleet.schema.json"_s;

static QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

static QString withTables(const QString &docs)
{
    const QString begin = u"<!-- keys -->\n"_s;
    const QString end = u"<!-- end of keys -->"_s;
    return docs.section(begin, 0, 0) + begin + u'\n' + fleetfile::keyTables() + end + docs.section(end, 1);
}

void tst_FleetDocs::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("TIDEMARK_WRITE_DOCS"))
        return;
    QVERIFY(write(docsPath, withTables(QString::fromUtf8(contents(docsPath))).toUtf8()));
    QVERIFY(write(schemaPath, fleetfile::keySchema()));
}

void tst_FleetDocs::tablesAreTheReaders()
{
    const QString docs = QString::fromUtf8(contents(docsPath));
    QVERIFY(docs.contains("<!-- keys -->"_L1));
    QCOMPARE(docs, withTables(docs));
}

void tst_FleetDocs::schemaIsTheReaders()
{
    QCOMPARE(QString::fromUtf8(contents(schemaPath)), QString::fromUtf8(fleetfile::keySchema()));
}

void tst_FleetDocs::exampleUsesEverySection()
{
    const QString docs = QString::fromUtf8(contents(docsPath));
    const QString example = docs.section(u"```yaml\n"_s, 1, 1).section(u"```"_s, 0, 0);
    const ReadFleet read = readFleet(example.toUtf8());
    QCOMPARE(problemLines(read.problems), QString());
    QCOMPARE(problemLines(read.warnings), QString());
    const yaml::Node written = fleetfile::fleetTable().write(*read.fleet);
    QStringList used;
    for (const yaml::Node &key : written.keys)
        used << key.text;
    QCOMPARE(used, fleetfile::fleetTable().spec().known());
}

void tst_FleetDocs::patternsAgreeWithTheChecks_data()
{
    QTest::addColumn<const yaml::ScalarKind *>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    const auto row = [](const yaml::ScalarKind &kind, const QString &text, bool good) {
        QTest::newRow(qPrintable(kind.name + u": "_s + text)) << &kind << text << good;
    };
    for (const QString &text :
        { u"15 min"_s, u"4h"_s, u"1h 30min"_s, u"30 d"_s, u"1 y"_s, u"6 months"_s, u"0 s"_s })
        row(yaml::duration(), text, true);
    for (const QString &text : { u"15"_s, u"h"_s, u"-1 h"_s, u"1.5 h"_s, u"4 H"_s, u"1 fortnight"_s, u""_s })
        row(yaml::duration(), text, false);
    for (const QString &text : { u"4 TB"_s, u"512 MiB"_s, u"1024"_s, u"1.5 GB"_s })
        row(yaml::size(), text, true);
    for (const QString &text : { u"4 T"_s, u"-1 GB"_s, u"big"_s, u""_s })
        row(yaml::size(), text, false);
    row(yaml::percent(), u"99.9%"_s, true);
    row(yaml::percent(), u"99.9"_s, false);
    row(yaml::port(), u"5432"_s, true);
    row(yaml::port(), u"-1"_s, false);
    row(yaml::zone(), u"Europe/Berlin"_s, true);
    row(yaml::zone(), u"CEST"_s, false);
    row(yaml::httpsUrl(), u"https://p:8007"_s, true);
    row(yaml::httpsUrl(), u"http://p:8007"_s, false);
    row(yaml::httpsUrl(), u"https://u:p@p:8007"_s, false);
    row(yaml::wholeNumber(), u"08"_s, true);
    row(yaml::wholeNumber(), u"1e3"_s, false);
    row(yaml::nameText(), u"a b"_s, true);
    row(yaml::nameText(), u" a"_s, false);
}

void tst_FleetDocs::patternsAgreeWithTheChecks()
{
    QFETCH(const yaml::ScalarKind *, kind);
    QFETCH(QString, text);
    QFETCH(bool, good);
    QCOMPARE(!kind->check(text).has_value(), good);
    QCOMPARE(QRegularExpression(kind->pattern).match(text).hasMatch(), good);
}

QTEST_GUILESS_MAIN(tst_FleetDocs)
#include "tst_fleetdocs.moc"
