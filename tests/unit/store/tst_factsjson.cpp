#include "store/factsjson.h"
#include "support/samplefacts.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestFactsJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldComesBack();
    void nothingComesBackAsNothing();
    void theFormIsPinned();
    void unknownKeysArePassedOverAndMissingOnesTolerated();
    void rubbishIsOneErrorWithItsPlace_data();
    void rubbishIsOneErrorWithItsPlace();
    void everyCutIsAnErrorAndNoCrash();
    void standingLeavesOutWhatAlwaysChanges();
};

void TestFactsJson::everyFieldComesBack()
{
    const auto server = serverFactsFromJson(toJson(test::sampleServer()));
    QVERIFY(server && *server == test::sampleServer());
    const auto pbs = pbsFactsFromJson(toJson(test::samplePbs()));
    QVERIFY(pbs && *pbs == test::samplePbs());
}

void TestFactsJson::nothingComesBackAsNothing()
{
    const auto server = serverFactsFromJson(toJson(ServerFacts {}));
    QVERIFY(server && *server == ServerFacts {});
    const auto pbs = pbsFactsFromJson("{}");
    QVERIFY(pbs && *pbs == PbsFacts {});
}

void TestFactsJson::theFormIsPinned()
{
    PbsFacts facts = test::samplePbs();
    facts.datastores.resize(1);
    QCOMPARE(toJson(facts),
        QByteArray(R"({"authId":"audit@pbs!console","datastores":[{"available":60,"error":"unable to open",)"
                   R"("estimatedFull":9000000,"groups":7,"maintenance":"read-only","name":"tank",)"
                   R"("snapshots":20000,"total":100,"used":40}],"fingerprint":"ab:cd",)"
                   R"("missing":[{"grant":"Datastore.Audit","what":"usage of tank"}],)"
                   R"("readAt":1700000000000000,"version":"3.2.4"})"));
}

void TestFactsJson::unknownKeysArePassedOverAndMissingOnesTolerated()
{
    const auto facts = serverFactsFromJson(
        R"({"newer":{"a":[1]},"role":"joe","archiver":{"failedCount":3,"x":1},"timeline":null})");
    ServerFacts expected;
    expected.role = u"joe"_s;
    expected.archiver = ArchiverFacts { .failedCount = 3 };
    QVERIFY(facts && *facts == expected);
}

void TestFactsJson::rubbishIsOneErrorWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const char *json, const QString &detail) {
        QTest::newRow(name) << QByteArray(json) << detail;
    };
    row("empty", "", u"at byte 0: illegal value"_s);
    row("not JSON", "<html>", u"at byte 1: illegal value"_s);
    row("a list", "[]", u"facts are not an object"_s);
    row("text for a flag", R"({"tls":"yes"})", u"tls is not true or false"_s);
    row("number for text", R"({"role":1})", u"role is not text"_s);
    row("fraction", R"({"readAt":1.5})", u"readAt is not a whole number in range"_s);
    row("too large for int", R"({"versionNumber":4294967296})",
        u"versionNumber is not a whole number in range"_s);
    row("beyond 64 bits", R"({"readAt":1e300})", u"readAt is not a whole number in range"_s);
    row("negative timeline", R"({"timeline":-1})", u"timeline is not a whole number in range"_s);
    row("system identifier", R"({"systemId":"12x"})", u"systemId is not a system identifier"_s);
    row("position", R"({"currentLsn":"zz"})", u"currentLsn is not a WAL position"_s);
    row("object for a list", R"({"databases":{}})", u"databases is not a list"_s);
    row("deep inside", R"({"databases":[{"name":"a"},{"size":"big"}]})",
        u"databases[1].size is not a whole number in range"_s);
    row("text for an object", R"({"archiver":"none"})", u"archiver is not an object"_s);
    row("the first of two", R"({"archiver":{"failedCount":[]},"databases":7})",
        u"archiver.failedCount is not a whole number in range"_s);
}

void TestFactsJson::rubbishIsOneErrorWithItsPlace()
{
    QFETCH(QByteArray, json);
    const auto facts = serverFactsFromJson(json);
    QVERIFY(!facts);
    QCOMPARE(facts.error().code, u"store.facts"_s);
    QTEST(facts.error().detail, "detail");
}

void TestFactsJson::everyCutIsAnErrorAndNoCrash()
{
    const QByteArray whole = toJson(test::sampleServer());
    for (qsizetype length = 0; length < whole.size(); ++length)
        QVERIFY2(!serverFactsFromJson(whole.left(length)), QByteArray::number(length).constData());
}

void TestFactsJson::standingLeavesOutWhatAlwaysChanges()
{
    ServerFacts later = test::sampleServer(1'700'000'100);
    later.currentLsn = Lsn { 5 };
    later.archiver->archivedCount += 1;
    later.databases.front().size = Bytes { 1 };
    QVERIFY(standing(later) == standing(test::sampleServer()));
    later.databases.front().name = u"other"_s;
    QVERIFY(standing(later) != standing(test::sampleServer()));

    PbsFacts pbs = test::samplePbs(1'700'000'100);
    pbs.datastores.front().used = Bytes { 41 };
    pbs.datastores.front().snapshots = 20'001;
    QVERIFY(standing(pbs) == standing(test::samplePbs()));
    pbs.datastores.front().maintenance.clear();
    QVERIFY(standing(pbs) != standing(test::samplePbs()));
}

QTEST_APPLESS_MAIN(TestFactsJson)
#include "tst_factsjson.moc"
