#include "lab/cluster.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestCluster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRealServerStartsAnswersAndStops();
};

void TestCluster::aRealServerStartsAnswersAndStops()
{
    const test::TemporaryFolder folder;
    lab::Cluster cluster(
        { .folder = folder.filePath(u"c"_s), .settings = { { u"cluster_name"_s, u"it's"_s } } });
    const auto made = cluster.create();
    QVERIFY2(made, test::wordsOf(std::optional(made)).constData());
    const auto started = cluster.start();
    QVERIFY2(started, test::wordsOf(std::optional(started)).constData());
    QCOMPARE(cluster.psql(u"show cluster_name"_s).value_or(QString()), u"it's"_s);
    QVERIFY(!cluster.psql(u"select nonsense"_s));
    QVERIFY(cluster.stop());
    QVERIFY(!cluster.running());
}

QTEST_GUILESS_MAIN(TestCluster)
#include "tst_cluster.moc"
