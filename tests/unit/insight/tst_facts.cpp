#include "insight/facts.h"
#include "insight/lsntimes.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

// What an artifact and its checks amount to.
class TestFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void assurance_data();
    void assurance();
    void everythingIsTaken();
    void foreignOnlyWhenBothAreKnown();
    void timesDoNotRunBackwards();
};

namespace {

Instant at(int second)
{
    return Instant::fromSeconds(second);
}

// "contents+5 pages-" : checks by kind, passed or not, at a second
std::vector<Check> checksOf(const QString &text)
{
    const QStringList kinds { u"structure"_s, u"contents"_s, u"pages"_s, u"restored"_s };
    std::vector<Check> checks;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype sign = word.indexOf(word.contains(u'+') ? u'+' : u'-');
        const QString when = word.mid(sign + 1);
        checks.push_back({ CheckKind(kinds.indexOf(word.first(sign))), word.at(sign) == u'+',
            when.isEmpty() ? std::nullopt : std::optional(at(when.toInt())), u"%1 said"_s.arg(word) });
    }
    return checks;
}

QString print(const ArtifactFact &fact)
{
    const QStringList names { u"refuted"_s, u"listed"_s, u"structure"_s, u"contents"_s, u"restored"_s };
    QStringList words { names.value(int(fact.assurance)) };
    if (fact.assuredAt)
        words.append(u"at %1"_s.arg(fact.assuredAt->seconds()));
    if (fact.badPages)
        words.append(u"badpages"_s);
    if (!fact.why.isEmpty())
        words.append(u"because "_s + fact.why);
    return words.join(u' ');
}

} // namespace

void TestFacts::assurance_data()
{
    QTest::addColumn<QString>("checks");
    QTest::addColumn<bool>("damaged");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *checks, const char *expected, bool damaged = false) {
        QTest::newRow(name) << QString::fromLatin1(checks) << damaged << QString::fromLatin1(expected);
    };
    row("no check", "", "listed");
    row("structure", "structure+5", "structure at 5");
    row("the strongest counts", "structure+9 contents+5", "contents at 5");
    row("restored", "contents+5 restored+7", "restored at 7");
    row("page checksums say little", "pages+5", "structure at 5");
    row("failed", "contents-5", "refuted at 5 because contents-5 said");
    row("failed beats passed", "structure+5 contents-6", "refuted at 6 because contents-6 said");
    row("a later check of the same strength outweighs", "contents-5 contents+6", "contents at 6");
    row("an earlier one does not", "contents-5 contents+4", "refuted at 5 because contents-5 said");
    row("a weaker one does not", "contents-5 structure+6", "refuted at 5 because contents-5 said");
    row("a restore outweighs", "contents-5 restored+6", "restored at 6");
    row("without a time nothing outweighs", "contents- contents+6", "refuted because contents- said");
    row("corrupt pages refute nothing", "pages-5 contents+6", "contents at 6 badpages because pages-5 said");
    row("damaged", "contents+5", "refuted because cut", true);
}

void TestFacts::assurance()
{
    QFETCH(QString, checks);
    QFETCH(bool, damaged);
    Artifact artifact;
    artifact.checks = checksOf(checks);
    if (damaged) {
        artifact.state = ArtifactState::Damaged;
        artifact.why = u"cut"_s;
    }
    QTEST(print(factOf(artifact, 0, std::nullopt)), "expected");
}

void TestFacts::everythingIsTaken()
{
    Artifact artifact;
    artifact.id = u"a"_s;
    artifact.kind = ArtifactKind::Dump;
    artifact.method = Method::Incremental;
    artifact.state = ArtifactState::Complete;
    artifact.start = at(1);
    artifact.stop = at(2);
    artifact.startLsn = Lsn { 3 };
    artifact.stopLsn = Lsn { 4 };
    artifact.timeline = TimelineId { 5 };
    artifact.size = Bytes { 6 };
    artifact.parent = u"p"_s;
    artifact.part = u"repo1"_s;
    artifact.database = u"d"_s;
    artifact.withGlobals = u"g"_s;
    artifact.hasManifest = false;
    artifact.carriesWal = true;
    artifact.objects = 7;
    artifact.holds = { u"kept"_s };
    artifact.quiesced = Quiesced::CrashConsistent;
    ArtifactFact expected;
    expected.source = 8;
    expected.kind = ArtifactKind::Dump;
    expected.method = Method::Incremental;
    expected.carriesWal = true;
    expected.hasManifest = false;
    expected.withGlobals = true;
    expected.held = true;
    expected.quiesced = Quiesced::CrashConsistent;
    expected.start = at(1);
    expected.stop = at(2);
    expected.startLsn = Lsn { 3 };
    expected.stopLsn = Lsn { 4 };
    expected.timeline = TimelineId { 5 };
    expected.stored = Bytes { 6 };
    expected.objects = 7;
    expected.id = u"a"_s;
    expected.parent = u"p"_s;
    expected.database = u"d"_s;
    expected.part = u"repo1"_s;
    QVERIFY(factOf(artifact, 8, std::nullopt) == expected);
    artifact.stored = Bytes { 9 };
    expected.stored = Bytes { 9 };
    QVERIFY(factOf(artifact, 8, std::nullopt) == expected);
}

void TestFacts::foreignOnlyWhenBothAreKnown()
{
    Artifact artifact;
    QVERIFY(!factOf(artifact, 0, SystemId { 1 }).foreign);
    artifact.systemId = SystemId { 2 };
    QVERIFY(!factOf(artifact, 0, std::nullopt).foreign);
    QVERIFY(!factOf(artifact, 0, SystemId { 2 }).foreign);
    QVERIFY(factOf(artifact, 0, SystemId { 1 }).foreign);
}

void TestFacts::timesDoNotRunBackwards()
{
    LsnTimes times;
    times.add({ 30 }, at(20)); // copied again later
    times.add({ 10 }, at(10));
    times.add({ 40 }, at(15));
    times.add({ 50 }, at(99)); // from the future
    times.settle(at(50));
    const auto told = [](std::optional<Instant> instant) { return instant ? instant->seconds() : -1; };
    QCOMPARE(told(times.upTo({ 9 })), -1);
    QCOMPARE(told(times.upTo({ 10 })), 10);
    QCOMPARE(told(times.upTo({ 39 })), 15);
    QCOMPARE(told(times.upTo({ 60 })), 50);
    QCOMPARE(told(times.by({ 5 })), 10);
    QCOMPARE(told(times.by({ 11 })), 15);
    QCOMPARE(told(times.by({ 51 })), -1);
}

QTEST_APPLESS_MAIN(TestFacts)
#include "tst_facts.moc"
