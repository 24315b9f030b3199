#include "support/memoryhost.h"
#include "support/settle.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// The machine in memory answers as the port says: tests of sources stand on it.
class tst_MemoryHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lists();
    void reads();
    void streamsInPieces();
    void stops();
};

static std::shared_ptr<MemoryMachine> machine()
{
    auto made = std::make_shared<MemoryMachine>();
    made->file("/b/one", "1");
    made->file("/b/sub/two", "22");
    made->file("/b/sub/deeper/three", "333");
    made->file("/b/locked/four", "4444");
    made->file("/b/skipped/five", "55555");
    made->link("/b/latest", "/b/sub/two");
    made->deny("/b/locked");
    return made;
}

static QByteArray listed(const std::shared_ptr<MemoryMachine> &on, const HostListing &listing)
{
    MemoryHost host(on);
    QByteArrayList names;
    const auto take = [&names](const std::vector<HostEntry> &portion) {
        for (const HostEntry &entry : portion)
            names.append(entry.path + '=' + QByteArray::number(entry.size));
    };
    const auto refused = settle(host.list(listing, take, {}));
    if (!refused || !*refused)
        return wordsOf(refused);
    std::ranges::sort(names);
    return names.join(' ') + " | " + QByteArrayList((*refused)->begin(), (*refused)->end()).join(' ');
}

void tst_MemoryHost::lists()
{
    const auto made = machine();
    QCOMPARE(listed(made, { "/b", 1, {} }), "latest=0 locked=0 one=1 skipped=0 sub=0 | ");
    QCOMPARE(listed(made, { "/b", 0, { "skipped" } }),
        "latest=0 locked=0 one=1 skipped=0 sub/deeper/three=3 sub/deeper=0 sub/two=2 sub=0 | locked");
    QCOMPARE(listed(made, { "/b/none", 1, {} }), "host.missing: /b/none: No such file or directory");
    QCOMPARE(listed(made, { "/b/one", 1, {} }), "host.not-a-folder: /b/one");
    QCOMPARE(listed(made, { "/b/locked", 1, {} }), "host.denied: Permission denied");
    made->remove("/b/sub");
    QCOMPARE(listed(made, { "/b", 0, { "skipped" } }), "latest=0 locked=0 one=1 skipped=0 | locked");
}

void tst_MemoryHost::reads()
{
    const auto made = machine();
    MemoryHost host(made);
    std::vector<HostReader::Part> parts { { "/b/sub/deeper/three", 1, 10 }, { "/b/none", 0, 1 },
        { "/b/latest", 0, 9 }, { "/b/one", 5, 1 } };
    const auto answers = settle(host.readMany(parts, {}));
    QVERIFY(answers && *answers);
    QCOMPARE((*answers)->size(), 4u);
    QCOMPARE((*answers)->at(0).value(), "33");
    QCOMPARE((*answers)->at(1).error().code, u"host.missing"_s);
    QCOMPARE((*answers)->at(2).value(), "22");
    QCOMPARE((*answers)->at(3).value(), "");
    QCOMPARE(made->counts().reads, 4);
    QCOMPARE(made->counts().bytes, 4);
}

void tst_MemoryHost::streamsInPieces()
{
    const auto made = machine();
    made->file("/b/large", QByteArray(100'000, 'x'));
    MemoryHost host(made);
    qint64 seen = 0;
    const auto all = [&seen](QByteArrayView piece) { return (seen += piece.size()) > 0; };
    QCOMPARE(wordsOf(settle(host.stream("/b/large", 0, all, {}))), "ok");
    QCOMPARE(seen, 100'000);
    seen = 0;
    QCOMPARE(wordsOf(settle(host.stream("/b/large", 99'000, all, {}))), "ok");
    QCOMPARE(seen, 1'000);
    seen = 0;
    const auto some = [&seen](QByteArrayView piece) { return (seen += piece.size()) < 10'000; };
    QCOMPARE(wordsOf(settle(host.stream("/b/large", 0, some, {}))), "ok");
    QVERIFY(seen < 20'000);
}

void tst_MemoryHost::stops()
{
    const auto made = machine();
    MemoryHost host(made);
    std::stop_source stop;
    made->hold();
    auto reading = host.read("/b/one", 0, 1, stop.get_token());
    stop.request_stop();
    QCOMPARE(wordsOf(settle(std::move(reading))), "host.cancelled: ");
    made->release();
    QCOMPARE(wordsOf(settle(host.read("/b/one", 0, 1, {}))), "ok");
}

QTEST_MAIN(tst_MemoryHost)
#include "tst_memoryhost.moc"
