#include "pbs/pbs.h"
#include "pbssource/pbssource.h"
#include "secrets/secrets.h"
#include "support/loopgap.h"
#include "support/pbs/manysnapshots.h"
#include "support/pbs/scriptedserver.h"
#include "support/settle.h"
#include "support/testclock.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

ScriptedServer::Script serverWith(int count)
{
    const Act list = chunked(manySnapshots(count));
    return [list](const HttpRequestSeen &request) {
        const QByteArray &path = request.path;
        if (path.endsWith("/snapshots"))
            return list;
        if (path.endsWith("/permissions"))
            return answer("{\"data\":{\"/\":{\"Datastore.Audit\":true,\"Sys.Audit\":true}}}");
        if (path.endsWith("/namespace"))
            return answer("{\"data\":[{\"ns\":\"\"}]}");
        if (path.endsWith("/version"))
            return answer("{\"data\":{\"release\":\"4\",\"repoid\":\"x\",\"version\":\"3.2\"}}");
        return answer("{\"data\":[]}");
    };
}

} // namespace

// The whole way from a server's bytes to the catalogue's rows, with the event loop watched.
class TestPbsSourceLong : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEventLoopIsNotHeldUp();
};

void TestPbsSourceLong::theEventLoopIsNotHeldUp()
{
    constexpr int count = 100'000;
    ScriptedServer server;
    server.setScript(serverWith(count));
    const auto secrets = makeSessionSecretStore();
    (void)settle(secrets->write(u"token"_s, Secret("x"), {}));
    Source place { .name = u"pbs"_s, .kind = SourceKind::Pbs, .clusters = { u"shop"_s } };
    place.url = server.url();
    place.fingerprint = server.fingerprint();
    place.tokenId = u"a@pbs!t"_s;
    place.secret = u"token"_s;
    place.datastore = u"big"_s;
    const PbsAdapters adapters(secrets);
    const auto source = makePbsSource(
        place, adapters.reader(), std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));

    Known known;
    for (const char *which : { "first", "second" }) {
        // On a machine that is overcommitted, pieces pile up while this thread waits for its turn, and come
        // all at once; the program is judged by the best of three.
        double held = 1e9;
        std::optional<Result<Scan>> scan;
        for (int attempt = 0; attempt < LoopGap::Attempts && held > 16.0; ++attempt) {
            LoopGap gap;
            scan = settle(source->scan(known, {}), std::chrono::seconds(90));
            gap.turn();
            held = std::min(held, gap.longest());
        }
        QCOMPARE(wordsOf(scan), QByteArray("ok"));
        QVERIFY((*scan)->whole && (*scan)->gone.isEmpty());
        QCOMPARE((*scan)->artifacts.size(), std::size_t(which[0] == 'f' ? count : 0));
        known = {};
        for (const Artifact &artifact : (*scan)->artifacts)
            known.stamps.insert(artifact.id, artifact.stamp);
        qInfo("%s scan of %d snapshots: the event loop was held up for at most %.1f ms", which, count, held);
#ifndef __SANITIZE_ADDRESS__
        QVERIFY2(held <= 16.0, QByteArray::number(held).constData());
#endif
    }
}

QTEST_GUILESS_MAIN(TestPbsSourceLong)
#include "tst_pbs_source_long.moc"
