#include "insight/belonging.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestBelonging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoseItIs_data();
    void whoseItIs();
    void serversLendTheirIdentifier();
    void mostDecideWhereNobodyKnows();
};

// shop is 1, its standby too; books is 2; new has none yet.
static Fleet fleet()
{
    return { .clusters = { { .name = u"shop"_s, .systemId = SystemId { 1 } },
                 { .name = u"shop-standby"_s, .systemId = SystemId { 1 }, .standbyOf = u"shop"_s },
                 { .name = u"books"_s, .systemId = SystemId { 2 } }, { .name = u"new"_s } } };
}

void TestBelonging::whoseItIs_data()
{
    QTest::addColumn<QStringList>("sourceIsFor");
    QTest::addColumn<QString>("told");
    QTest::addColumn<int>("id");
    QTest::addColumn<QString>("home");
    const QStringList shop { u"shop"_s };
    const QStringList two { u"shop"_s, u"books"_s };
    QTest::newRow("nothing told, one cluster") << shop << u""_s << 0 << u"shop"_s;
    QTest::newRow("nothing told, two clusters") << two << u""_s << 0 << u"stray"_s;
    QTest::newRow("told by name") << two << u"books"_s << 0 << u"books"_s;
    QTest::newRow("a name nobody has") << two << u"x"_s << 0 << u"stray"_s;
    QTest::newRow("its own identifier") << shop << u""_s << 1 << u"shop"_s;
    QTest::newRow("identifier among two") << two << u""_s << 2 << u"books"_s;
    QTest::newRow("identifier against the name") << two << u"shop"_s << 2 << u"books"_s;
    QTest::newRow("somebody else's in this folder") << shop << u""_s << 2 << u"shop foreign"_s;
    QTest::newRow("nobody's in this folder") << shop << u""_s << 9 << u"shop foreign"_s;
    QTest::newRow("nobody's among two") << two << u""_s << 9 << u"stray foreign"_s;
    QTest::newRow("a source for nobody") << QStringList() << u""_s << 2 << u"books"_s;
    QTest::newRow("a primary before its standby") << QStringList() << u""_s << 1 << u"shop"_s;
    QTest::newRow("a source for the standby")
        << QStringList { u"shop-standby"_s } << u""_s << 1 << u"shop-standby"_s;
    QTest::newRow("a cluster without identifier") << QStringList { u"new"_s } << u""_s << 9 << u"new"_s;
    QTest::newRow("without identifier, somebody's")
        << QStringList { u"new"_s } << u""_s << 2 << u"new foreign"_s;
}

void TestBelonging::whoseItIs()
{
    QFETCH(QStringList, sourceIsFor);
    QFETCH(QString, told);
    QFETCH(int, id);
    const Fleet all = fleet();
    const Source source { .name = u"s"_s, .clusters = sourceIsFor };
    const auto identifier
        = id == 0 ? std::nullopt : std::optional(SystemId { static_cast<std::uint64_t>(id) });
    const Belonging found = belonging(all, source, { told, identifier });
    const QString name
        = found.cluster < 0 ? u"stray"_s : all.clusters[static_cast<std::size_t>(found.cluster)].name;
    QTEST(name + (found.foreign ? u" foreign"_s : QString()), "home");
}

void TestBelonging::serversLendTheirIdentifier()
{
    FleetState state;
    state.servers = { { .name = u"new"_s, .facts = ServerFacts { .systemId = SystemId { 5 } } },
        { .name = u"shop"_s, .facts = ServerFacts { .systemId = SystemId { 6 } } } };
    const Fleet known = identified(fleet(), state);
    QCOMPARE(known.clusters.at(3).systemId, SystemId { 5 });
    QCOMPARE(known.clusters.at(0).systemId, SystemId { 1 });
}

void TestBelonging::mostDecideWhereNobodyKnows()
{
    Fleet all = fleet();
    all.sources = { { .name = u"s"_s, .clusters = { u"new"_s } } };
    const auto of = [&](qint64 seven, qint64 eight) {
        const std::vector<Census> census { { 0, { {}, SystemId { 7 } }, seven },
            { 0, { {}, SystemId { 8 } }, eight }, { 0, { {}, SystemId { 2 } }, 1000 }, { 0, {}, 1000 } };
        return identifiedByMost(all, census).clusters.at(3).systemId;
    };
    QCOMPARE(of(5, 3), SystemId { 7 });
    QCOMPARE(of(3, 5), SystemId { 8 });
    QVERIFY(!of(4, 4));
}

QTEST_APPLESS_MAIN(TestBelonging)
#include "tst_belonging.moc"
