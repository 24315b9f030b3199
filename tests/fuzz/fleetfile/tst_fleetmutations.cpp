#include "fleetfile/fleetedit.h"
#include "fleetfile/fleettext.h"
#include "fleetfile/tables.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// The example fleets with random damage, and with random edits. The same numbers each time: a failure can be
// had again by its row and round.
class tst_FleetMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesDamage_data();
    void survivesDamage();
    void endsSoon_data();
    void endsSoon();
    void editsChangeOnlyTheirLines_data();
    void editsChangeOnlyTheirLines();
};

static QByteArray exampleText(const QString &name)
{
    QFile file(u"" TIDEMARK_SOURCE_DIR "/resources/fleets/"_s + name + u".yaml"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static void addExamples()
{
    QTest::addColumn<QString>("name");
    for (const QString &name :
        { u"desi"_s, u"astronomy-lab"_s, u"course"_s, u"pg-tviews"_s, u"penguinmails"_s })
        QTest::newRow(qPrintable(name)) << name;
}

static const QByteArrayList &shards()
{
    static const QByteArrayList list { ":", ": ", "- ", "\n", "\r", "\t", "\"", "'", "[", "]", "{", "}", ",",
        "#", " #", "&a ", "*a", "!!str ", "|\n", ">\n", "%YAML 1.1\n", "---\n", "...\n", "? ", "<<: ", "\\",
        QByteArray("\0", 1), "\xff", "\xc3", "\xe2\x80\xae", "\xef\xbb\xbf", "\x1b[2J", "password: x\n",
        "999999999999999999999 y", "99999999 TB", "~", "null", "  ", "        ", "name: ", "@", "`", "=",
        "\x04", "\x85" };
    return list;
}

static void damage(QByteArray &text, QRandomGenerator &random)
{
    const auto at = random.bounded(text.size() + 1);
    const auto length = random.bounded(qsizetype(40));
    switch (random.bounded(7)) {
    case 0:
        text.remove(at, length);
        break;
    case 1:
        text.insert(at, shards().at(random.bounded(shards().size())));
        break;
    case 2:
        text.insert(at, text.mid(random.bounded(text.size() + 1), length * 5));
        break;
    case 3:
        if (at < text.size())
            text[at] = static_cast<char>(random.bounded(256));
        break;
    case 4:
        text.truncate(at);
        break;
    case 5:
        text.replace(at, length, shards().at(random.bounded(shards().size())).repeated(random.bounded(20)));
        break;
    default:
        text.insert(at, QByteArray(random.bounded(60), ' '));
        break;
    }
}

void tst_FleetMutations::survivesDamage_data()
{
    addExamples();
}

void tst_FleetMutations::survivesDamage()
{
    QFETCH(QString, name);
    const QByteArray whole = exampleText(name);
    QRandomGenerator random(20261120);
    int refused = 0;
    for (int round = 0; round < 700; ++round) {
        QByteArray text = whole;
        for (int i = random.bounded(4); i >= 0; --i)
            damage(text, random);
        const ReadFleet read = readFleet(text);
        QVERIFY2(read.fleet.has_value() == read.problems.empty(), qPrintable(QString::number(round)));
        const auto lines = static_cast<int>(text.count('\n')) + 1;
        for (const FileProblem &problem : read.problems) {
            const bool placed = problem.line >= 1 && problem.line <= lines && problem.column >= 1;
            QVERIFY2(placed && !problem.text.isEmpty(),
                qPrintable(u"round %1: "_s.arg(round) + problemLines({ problem })));
        }
        refused += read.problems.empty() ? 0 : 1;
        if (read.fleet)
            QVERIFY2(
                readFleet(renderFleet(*read.fleet)).fleet == read.fleet, qPrintable(QString::number(round)));
    }
    QVERIFY2(refused > 300, qPrintable(QString::number(refused)));
}

void tst_FleetMutations::endsSoon_data()
{
    QTest::addColumn<QByteArray>("text");
    const qsizetype much = 1000 * 1000;
    QTest::newRow("a million brackets") << QByteArray(much, '[');
    QTest::newRow("a million braces") << QByteArray(much, '{');
    QTest::newRow("a million dashes") << QByteArray("- ").repeated(much / 2);
    QTest::newRow("a million questions") << QByteArray("? ").repeated(much / 2);
    QTest::newRow("one long line of items")
        << QByteArray("name: f\nx: [" + QByteArray("a,").repeated(much / 2 - 10) + "a]\n");
    QTest::newRow("many keys") << [much] {
        QByteArray text = "name: f\n";
        for (int i = 0; text.size() < much - 20; ++i)
            text += "k" + QByteArray::number(i) + ": 1\n";
        return text;
    }();
    QTest::newRow("many items of one name")
        << QByteArray("name: f\nhosts:\n" + QByteArray("  - name: h\n").repeated(much / 13));
    QTest::newRow("many references to nothing") << QByteArray("name: f\nsources:\n"
        + QByteArray("  - {name: s, kind: dumps, clusters: [abcdefghijk]}\n").repeated(much / 60));
    QTest::newRow("one long text") << QByteArray(
        "name: f\ndescription: \"" + QByteArray(much - 100, 'x') + "\"\n");
    QTest::newRow("comments") << QByteArray("name: f\n" + QByteArray("# x\n").repeated(much / 4 - 10));
    QTest::newRow("null values") << QByteArray(
        "name: f\nhosts:\n" + QByteArray("  -\n").repeated(much / 4 - 10));
}

void tst_FleetMutations::endsSoon()
{
    QFETCH(QByteArray, text);
    QElapsedTimer timer;
    timer.start();
    const ReadFleet read = readFleet(text);
    const auto took = timer.elapsed();
    QVERIFY(read.fleet || read.problems.front().line > 0);
    QVERIFY2(took < 20'000, qPrintable(u"%1 ms"_s.arg(took)));
}

// A path to a value that the fleet has or may have, and a text for it.
static FleetEdit randomEdit(const Fleet &fleet, QRandomGenerator &random)
{
    static const QStringList texts { u"plain"_s, u"no"_s, u"it's \"quoted\": # yes"_s, u"ünï 数据库"_s,
        u"- dash"_s, u"two\nlines"_s, u" spaces "_s, u"{a: b}"_s, u"08"_s, u""_s };
    static const QStringList durations { u"5 min"_s, u"1h 30min"_s, u"2 y"_s, u""_s };
    const QString text = texts.at(random.bounded(texts.size()));
    const QString duration = durations.at(random.bounded(durations.size()));
    const auto pick = [&](const auto &items) {
        return items.at(static_cast<std::size_t>(random.bounded(static_cast<int>(items.size())))).name;
    };
    const QString fresh = u"new %1"_s.arg(random.bounded(3));
    switch (random.bounded(9)) {
    case 0:
        return { { u"description"_s }, text };
    case 1:
        return { { u"clusters"_s, pick(fleet.clusters), u"objectives"_s, u"rpo"_s }, duration };
    case 2:
        return { { u"clusters"_s, pick(fleet.clusters), u"strategy"_s }, text };
    case 3:
        return { { u"clusters"_s, pick(fleet.clusters), u"databases"_s }, u"a\nb, c\n- d"_s };
    case 4:
        return { { u"clusters"_s, pick(fleet.clusters), u"connect"_s, u"user"_s }, text };
    case 5:
        return { { u"sources"_s, pick(fleet.sources), u"path"_s }, text };
    case 6:
        return { { u"schedules"_s, pick(fleet.schedules), u"expected_duration"_s }, duration };
    case 7:
        return { { u"hosts"_s, fresh, u"ssh"_s }, text };
    default:
        return { { u"promises"_s, pick(fleet.promises), u"keep"_s, u"keep-daily"_s },
            QString::number(random.bounded(99)) };
    }
}

static yaml::Node *child(yaml::Node &node, const QString &step)
{
    if (const int index = node.indexOf(step); index >= 0)
        return &node.items[static_cast<std::size_t>(index)];
    for (yaml::Node &item : node.items) {
        const yaml::Node *name = item.find(u"name"_s);
        if (name && name->text == step)
            return &item;
    }
    return nullptr;
}

static QString valueAt(const Fleet &fleet, const QStringList &path)
{
    yaml::Node root = fleetfile::fleetTable().write(fleet);
    yaml::Node *node = &root;
    for (const QString &step : path) {
        node = child(*node, step);
        if (!node)
            return {};
    }
    QStringList texts;
    for (const yaml::Node &item : node->items)
        texts << item.text;
    return node->isCollection() ? texts.join(u'\n') : node->text;
}

static QString canonical(const QString &value)
{
    const auto duration = parseDuration(value);
    return duration ? durationText(*duration) : value;
}

// Lines of the old text that are not, in their order, in the new one.
static int linesLost(const QByteArray &before, const QByteArray &after)
{
    const QByteArrayList old = before.split('\n');
    const QByteArrayList now = after.split('\n');
    qsizetype front = 0;
    while (front < std::min(old.size(), now.size()) && old[front] == now[front])
        ++front;
    qsizetype back = 0;
    while (back < std::min(old.size(), now.size()) - front
        && old[old.size() - 1 - back] == now[now.size() - 1 - back])
        ++back;
    return static_cast<int>(old.size() - front - back);
}

// Whether everything but the value at the path is as it was.
static bool onlyThatChanged(Fleet before, const Fleet &after, const FleetEdit &edit)
{
    const auto text = fleetfile::editFleet(renderFleet(before), { edit });
    const auto expected = text ? readFleet(*text).fleet : std::nullopt;
    return expected == after;
}

void tst_FleetMutations::editsChangeOnlyTheirLines_data()
{
    addExamples();
}

void tst_FleetMutations::editsChangeOnlyTheirLines()
{
    QFETCH(QString, name);
    QRandomGenerator random(7);
    QByteArray text = exampleText(name);
    if (random.bounded(2) == 1)
        text.replace("\n", "\r\n");
    int done = 0;
    for (int round = 0; round < 80; ++round) {
        const auto fleet = readFleet(text).fleet;
        QVERIFY2(fleet, qPrintable(QString::number(round)));
        const FleetEdit edit = randomEdit(*fleet, random);
        const auto edited = fleetfile::editFleet(text, { edit });
        const QByteArray what
            = (u"round %1: "_s.arg(round) + edit.path.join(u" / "_s) + u" = "_s + edit.value).toUtf8();
        QVERIFY2(edited, what.constData());
        const ReadFleet after = readFleet(*edited);
        QVERIFY2(after.fleet, (what + problemLines(after.problems).toUtf8()).constData());
        QCOMPARE(valueAt(*after.fleet, edit.path), canonical(edit.value));
        QVERIFY2(onlyThatChanged(*fleet, *after.fleet, edit), what.constData());
        const bool list = edit.path.last() == u"databases"_s;
        const bool oneLine = valueAt(*fleet, edit.path).isEmpty() || !list;
        QVERIFY2(linesLost(text, *edited) <= (oneLine ? 1 : 8), (what + "\n" + *edited).constData());
        ++done;
        if (round % 3 == 0)
            text = *edited;
    }
    QCOMPARE(done, 80);
}

QTEST_GUILESS_MAIN(tst_FleetMutations)
#include "tst_fleetmutations.moc"
