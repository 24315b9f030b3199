#include "pbs/client.h"
#include "pbs/pbs.h"
#include "support/loopgap.h"
#include "support/pbs/manysnapshots.h"
#include "support/pbs/recordings.h"
#include "support/pbs/scriptedserver.h"
#include "support/settle.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray VersionBody = R"({"data":{"release":"4","repoid":"x","version":"3.2"}})";

Source sourceAt(const ScriptedServer &server)
{
    return { .name = u"pbs"_s,
        .url = server.url(),
        .tokenId = u"noperm@pbs!t"_s,
        .fingerprint = server.fingerprint() };
}

// The answers of recordings, by the end of the path.
ScriptedServer::Script recorded(std::vector<std::pair<QByteArray, QString>> answers)
{
    return [answers = std::move(answers)](const HttpRequestSeen &request) -> Act {
        for (const auto &[end, name] : answers)
            if (QByteArray::fromPercentEncoding(request.path + '?' + request.query).contains(end))
                return { recording(name).answerBytes() };
        return answer(VersionBody);
    };
}

QString said(const std::vector<MissingRight> &missing)
{
    QStringList lines;
    for (const MissingRight &right : missing)
        lines << right.what + u" -> "_s + right.grant;
    return lines.join(u'\n');
}

} // namespace

// Long lists, and lists that are not whole.
class TestPbsLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void longListsDoNotHoldUpTheEventLoop_data();
    void longListsDoNotHoldUpTheEventLoop();
    void aLongListThatIsCutIsNoShortList();
    void stoppingALongListEndsAtOnce();
    void anEmptyListForWantOfRightsIsTold();
    void anEmptyNamespaceIsJustEmpty();
    void rightsInOneNamespaceShowThatOne();
    void tasksOfOthersAreMissed();
    void snapshotsAreGatheredOverNamespaces();
};

void TestPbsLists::longListsDoNotHoldUpTheEventLoop_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("20 000") << 20'000;
    QTest::newRow("60 000") << 60'000;
    QTest::newRow("100 000") << 100'000;
}

void TestPbsLists::longListsDoNotHoldUpTheEventLoop()
{
    QFETCH(int, count);
    ScriptedServer server;
    const Act list = chunked(manySnapshots(count));
    server.setScript([list](const HttpRequestSeen &request) {
        if (request.path.endsWith("/snapshots"))
            return list;
        if (request.path.endsWith("/permissions"))
            return answer(R"({"data":{"/":{"Datastore.Audit":true}}})");
        if (request.path.endsWith("/namespace"))
            return answer(R"({"data":[{"ns":""}]})");
        return answer(VersionBody);
    });
    const auto reader = makePbsReader({});
    Source source = sourceAt(server);
    source.datastore = u"big"_s;
    // The best of three: on an overcommitted machine pieces pile up and come all at once.
    double held = 1e9;
    std::optional<Result<PbsListing<PbsSnapshotFacts>>> listing;
    for (int attempt = 0; attempt < LoopGap::Attempts && held > 16.0; ++attempt) {
        LoopGap gap;
        listing = settle(reader->snapshots(source, Secret("x"), {}), std::chrono::seconds(60));
        gap.turn();
        held = std::min(held, gap.longest());
    }
    QCOMPARE(wordsOf(listing), QByteArray("ok"));
    QCOMPARE(listing->value().items.size(), static_cast<std::size_t>(count));
    QVERIFY(listing->value().complete);
    const auto &items = listing->value().items;
    QVERIFY(std::is_sorted(
        items.begin(), items.end(), [](const auto &a, const auto &b) { return a.time > b.time; }));
    QCOMPARE(items.front().files.size(), 4);
    qInfo("%d snapshots: the event loop was held up for at most %.1f ms", count, held);
#ifndef __SANITIZE_ADDRESS__
    QVERIFY2(held <= 16.0, QByteArray::number(held).constData());
#endif
}

void TestPbsLists::aLongListThatIsCutIsNoShortList()
{
    ScriptedServer server;
    QByteArray bytes = chunked(manySnapshots(3000)).bytes;
    bytes.truncate(bytes.size() - 1000);
    const Act cut { .bytes = bytes, .hangUp = true };
    server.setScript([cut](const HttpRequestSeen &request) {
        return request.path.endsWith("/snapshots") ? cut : answer(VersionBody);
    });
    const pbs::Endpoint endpoint { *pbs::parseBase(server.url()), server.fingerprint(),
        pbs::TokenAuth { u"a@pbs!b"_s, Secret("x") } };
    const auto client = std::make_shared<pbs::Client>(std::make_shared<pbs::Connections>(), endpoint);
    const auto list = settle(client->snapshots(u"big"_s, {}, {}, {}, {}));
    QVERIFY(list && !*list);
    QCOMPARE(list->error().code, u"pbs.truncated"_s);
}

void TestPbsLists::stoppingALongListEndsAtOnce()
{
    ScriptedServer server;
    Act slow = chunked(manySnapshots(3000));
    slow.pieceSize = 1000;
    slow.pause = std::chrono::milliseconds(20);
    server.setScript([slow](const HttpRequestSeen &request) {
        return request.path.endsWith("/snapshots") ? slow : answer(VersionBody);
    });
    const pbs::Endpoint endpoint { *pbs::parseBase(server.url()), server.fingerprint(),
        pbs::TokenAuth { u"a@pbs!b"_s, Secret("x") } };
    const auto client = std::make_shared<pbs::Client>(std::make_shared<pbs::Connections>(), endpoint);
    std::stop_source stop;
    auto task = client->snapshots(u"big"_s, {}, {}, {}, stop.get_token());
    QTRY_COMPARE(server.requests().size(), std::size_t(2));
    stop.request_stop();
    const auto list = settle(std::move(task), std::chrono::seconds(3));
    QVERIFY(list && !*list);
    QCOMPARE(list->error().code, u"pbs.cancelled"_s);
}

void TestPbsLists::anEmptyListForWantOfRightsIsTold()
{
    ScriptedServer server;
    server.setScript(recorded({ { "/access/permissions", u"access-permissions-noperm"_s },
        { "/datastore-usage", u"datastore-usage-noperm"_s },
        { "/admin/datastore?", u"datastore-list-noperm"_s } }));
    const auto listing = settle(makePbsReader({})->datastores(sourceAt(server), Secret("x"), {}));
    QCOMPARE(wordsOf(listing), QByteArray("ok"));
    QCOMPARE(listing->value().items.size(), std::size_t(0));
    QVERIFY(!listing->value().complete);
    QCOMPARE(said(listing->value().missing),
        u"datastores without an entry of their own -> proxmox-backup-manager acl update '/datastore' "
        "DatastoreAudit --auth-id 'noperm@pbs!t'"_s);
}

void TestPbsLists::anEmptyNamespaceIsJustEmpty()
{
    ScriptedServer server;
    server.setScript(recorded({ { "/access/permissions", u"access-permissions-auditor"_s },
        { "/namespace?parent=test", u"namespaces-depth0"_s }, { "/snapshots", u"snapshots-ns-test"_s } }));
    Source source = sourceAt(server);
    source.datastore = u"pbs01"_s;
    source.nameSpace = u"test"_s;
    const auto listing = settle(makePbsReader({})->snapshots(source, Secret("x"), {}));
    QCOMPARE(wordsOf(listing), QByteArray("ok"));
    QVERIFY(listing->value().items.empty() && listing->value().complete);
}

void TestPbsLists::rightsInOneNamespaceShowThatOne()
{
    ScriptedServer server;
    server.setScript(recorded({ { "/access/permissions", u"access-permissions-ns-user"_s },
        { "/namespace", u"namespaces-ns-only"_s }, { "/snapshots?ns=prod/db", u"snapshots-ns-prod-db"_s },
        { "/snapshots?ns=prod", u"snapshots-ns-prod"_s } }));
    Source source = sourceAt(server);
    source.datastore = u"pbs01"_s;
    const auto whole = settle(makePbsReader({})->snapshots(source, Secret("x"), {}));
    QCOMPARE(wordsOf(whole), QByteArray("ok"));
    QVERIFY(!whole->value().items.empty() && !whole->value().complete);
    QCOMPARE(said(whole->value().missing),
        u"snapshots of datastore \"pbs01\" -> proxmox-backup-manager acl update '/datastore/pbs01' "
        u"DatastoreAudit "
        "--auth-id 'noperm@pbs!t'"_s);
    source.nameSpace = u"prod"_s;
    const auto prod = settle(makePbsReader({})->snapshots(source, Secret("x"), {}));
    QCOMPARE(wordsOf(prod), QByteArray("ok"));
    QVERIFY(prod->value().complete);
    QCOMPARE(prod->value().items.size(), whole->value().items.size());
}

void TestPbsLists::tasksOfOthersAreMissed()
{
    ScriptedServer server;
    server.setScript(recorded(
        { { "/access/permissions", u"access-permissions-ns-user"_s }, { "/tasks", u"tasks-own-only"_s } }));
    const auto listing = settle(makePbsReader({})->tasks(sourceAt(server), Secret("x"), {}, {}));
    QCOMPARE(wordsOf(listing), QByteArray("ok"));
    QVERIFY(!listing->value().complete);
    QCOMPARE(said(listing->value().missing),
        u"tasks of others -> proxmox-backup-manager acl update '/system/tasks' Audit --auth-id 'noperm@pbs!t'"_s);
}

void TestPbsLists::snapshotsAreGatheredOverNamespaces()
{
    ScriptedServer server;
    server.setScript(recorded({ { "/access/permissions", u"access-permissions-root"_s },
        { "/namespace", u"namespaces-depth1"_s }, { "/snapshots?ns=test", u"snapshots-ns-test"_s },
        { "/snapshots?ns=prod", u"snapshots-ns-prod"_s }, { "/snapshots", u"snapshots-while-backup"_s } }));
    Source source = sourceAt(server);
    source.datastore = u"pbs01"_s;
    source.groups = QStringList { u"host/proj-pg01"_s };
    const auto listing = settle(makePbsReader({})->snapshots(source, Secret("x"), {}));
    QCOMPARE(wordsOf(listing), QByteArray("ok"));
    QVERIFY(listing->value().complete);
    const auto &items = listing->value().items;
    QVERIFY(!items.front().finished && !items.front().size);
    QCOMPARE(items.front().group, u"host/proj-pg01"_s);
    int asked = 0;
    for (const auto &request : server.requests())
        asked += request.path.endsWith("/snapshots") && request.query.contains("backup-id=proj-pg01") ? 1 : 0;
    QCOMPARE(asked, 3);
}

QTEST_GUILESS_MAIN(TestPbsLists)
#include "tst_pbs_lists.moc"
