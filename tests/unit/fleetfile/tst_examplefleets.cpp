#include "fleetfile/fleettext.h"
#include "fleetfile/tables.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// The example fleets say everything their documents do: each row is one schedule, retention or objective of a
// document, with its section, looked up in the loaded fleet.
class tst_ExampleFleets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void load_data();
    void load();
    void sayWhatTheirDocumentSays_data();
    void sayWhatTheirDocumentSays();
    void roundTrip_data();
    void roundTrip();
    void areCountedInTheDocs();
};

static const QStringList examples { u"desi"_s, u"astronomy-lab"_s, u"course"_s, u"pg-tviews"_s,
    u"penguinmails"_s };

static QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static QByteArray exampleText(const QString &name)
{
    return contents(u"" TIDEMARK_SOURCE_DIR "/resources/fleets/"_s + name + u".yaml"_s);
}

static QList<QStringList> facts(const QString &name)
{
    QList<QStringList> rows;
    const QString text
        = QString::fromUtf8(contents(u"" TIDEMARK_TEST_DATA "/fleets/"_s + name + u".facts"_s));
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.startsWith(u'#'))
            rows << line.split(u" | "_s);
    }
    return rows;
}

// The value at a path of keys and names, as the fleet in memory would be written; lists joined by commas.
static QString lookUp(const yaml::Node &node, QStringList path)
{
    if (path.isEmpty()) {
        QStringList texts;
        for (const yaml::Node &item : node.items)
            texts << item.text;
        return node.isCollection() ? texts.join(u", "_s) : node.text;
    }
    const QString step = path.takeFirst();
    if (const yaml::Node *found = node.find(step))
        return lookUp(*found, path);
    for (const yaml::Node &item : node.items) {
        const yaml::Node *name = item.find(u"name"_s);
        if (name && name->text == step)
            return lookUp(item, path);
    }
    return u"(nothing at \"%1\")"_s.arg(step);
}

void tst_ExampleFleets::load_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : examples)
        QTest::newRow(qPrintable(name)) << name;
}

void tst_ExampleFleets::load()
{
    QFETCH(QString, name);
    const ReadFleet read = readFleet(exampleText(name));
    QCOMPARE(problemLines(read.problems), QString());
    QCOMPARE(problemLines(read.warnings), QString());
}

void tst_ExampleFleets::sayWhatTheirDocumentSays_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    for (const QString &name : examples) {
        for (const QStringList &fact : facts(name)) {
            QCOMPARE(fact.size(), 4);
            const QString row = name + u" ["_s + fact[0] + u"] "_s + fact[1] + u" ("_s + fact[2] + u')';
            QTest::newRow(qPrintable(row)) << name << fact[2] << fact[3];
        }
    }
}

void tst_ExampleFleets::sayWhatTheirDocumentSays()
{
    QFETCH(QString, name);
    QFETCH(QString, path);
    QFETCH(QString, expected);
    const ReadFleet read = readFleet(exampleText(name));
    QVERIFY(read.fleet);
    QCOMPARE(lookUp(fleetfile::fleetTable().write(*read.fleet), path.split(u" > "_s)), expected);
}

void tst_ExampleFleets::roundTrip_data()
{
    load_data();
}

void tst_ExampleFleets::roundTrip()
{
    QFETCH(QString, name);
    const ReadFleet read = readFleet(exampleText(name));
    QVERIFY(read.fleet);
    const ReadFleet again = readFleet(renderFleet(*read.fleet));
    QCOMPARE(problemLines(again.problems), QString());
    QVERIFY(again.fleet == read.fleet);
}

void tst_ExampleFleets::areCountedInTheDocs()
{
    const QString docs = QString::fromUtf8(contents(u"" TIDEMARK_SOURCE_DIR "/docs/fleet.md"_s));
    for (const QString &name : examples) {
        const qsizetype count = facts(name).size();
        const QString cell = u"`%1.yaml` | %2 of %2 |"_s.arg(name).arg(count);
        QVERIFY2(docs.contains(cell), qPrintable(u"docs/fleet.md lacks: "_s + cell));
    }
}

QTEST_GUILESS_MAIN(tst_ExampleFleets)
#include "tst_examplefleets.moc"
