#include "recordedworld.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

// Replays every recorded request against the stand-in and compares status, content type, error text, and the
// keys and types of JSON. What cannot be the same is listed with its reason, here and in docs/standin.md.
class TestConformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void replay_data();
    void replay();
    void cleanupTestCase();

private:
    std::unique_ptr<RecordedWorld> m_world;
    int m_same = 0;
    int m_equal = 0;
};

// Deliberate differences: recording → what is compared instead of the keys.
static const QMap<QString, QString> &differences()
{
    static const QMap<QString, QString> all {};
    return all;
}

// "data[].backup-id: string" for everything in a value; the elements of an array count together.
static void addShape(const QString &at, const QJsonValue &value, QSet<QString> &into)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        into.insert(at + u": object"_s);
        for (auto it = object.begin(); it != object.end(); ++it)
            addShape(at + u'.' + it.key(), it.value(), into);
    } else if (value.isArray()) {
        into.insert(at + u": array"_s);
        for (const auto &item : value.toArray())
            addShape(at + u"[]"_s, item, into);
    } else {
        into.insert(at
            + (value.isString()        ? u": string"_s
                    : value.isBool()   ? u": bool"_s
                    : value.isDouble() ? u": number"_s
                                       : u": null"_s));
    }
}

static QString shapeOf(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    QSet<QString> shape;
    addShape(
        u"$"_s, document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), shape);
    QStringList lines(shape.begin(), shape.end());
    lines.sort();
    return lines.join(u'\n');
}

// Lines that only one side has.
static QString difference(const QString &expected, const QString &actual)
{
    const QStringList a = expected.split(u'\n');
    const QStringList b = actual.split(u'\n');
    QStringList lines;
    for (const QString &line : a)
        if (!b.contains(line))
            lines.append(u"missing "_s + line);
    for (const QString &line : b)
        if (!a.contains(line))
            lines.append(u"extra "_s + line);
    return lines.join(u'\n');
}

void TestConformance::initTestCase()
{
    m_world = std::make_unique<RecordedWorld>();
    QVERIFY(m_world->start());
    QCOMPARE(recordings().size(), 437U);
}

void TestConformance::replay_data()
{
    QTest::addColumn<QString>("name");
    for (const Recording *r : inOrder())
        QTest::newRow(qPrintable(r->name)) << r->name;
}

void TestConformance::replay()
{
    QFETCH(QString, name);
    const Recording &r = recording(name);
    m_world->prepare(r);
    RawHttp http(m_world->server().port());
    RawAnswer answer = http.exchange(m_world->translated(r), 20'000);
    m_world->learn(r, answer);
    if (answer.header("content-encoding") == "deflate")
        answer.body = rawInflated(answer.body);
    QByteArray recorded = r.body;
    if (r.header("content-encoding") == "deflate")
        recorded = rawInflated(recorded);

    QCOMPARE(answer.status, r.status);
    QCOMPARE(answer.header("content-type"), r.header("content-type"));
    QCOMPARE(answer.header("transfer-encoding"), r.header("transfer-encoding"));
    const bool isJson = recorded.trimmed().startsWith('{');
    if (isJson && !differences().contains(name))
        QCOMPARE(difference(shapeOf(recorded), shapeOf(answer.body)), QString());
    else if (r.header("content-type") == "text/plain"
        || r.header("content-type") == "application/octet-stream")
        QCOMPARE(answer.body.isEmpty(), recorded.isEmpty());
    else if (!isJson)
        QCOMPARE(QString::fromUtf8(answer.body), QString::fromUtf8(recorded));
    ++m_same;
    m_equal += QJsonDocument::fromJson(answer.body) == QJsonDocument::fromJson(recorded) ? 1 : 0;
}

void TestConformance::cleanupTestCase()
{
    qInfo("conformance: %d of 437 (%d of them with equal values)", m_same, m_equal);
}

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
