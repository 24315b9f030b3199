#include "support/memoryscan.h"
#include "values/secret.h"

#include <QTest>

#include <optional>
#include <thread>
#include <vector>

using namespace tidemark;

namespace {

// Leaves no copy of its own behind.
Secret secretOf(const test::Needle &needle)
{
    return Secret(needle.plain());
}

} // namespace

class TestSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCopyIsNoSecondCopyInMemory();
    void theLastOneWipes();
    void assigningWipesWhatWasThere();
    void whoeverIsLastWipesInAnyThread();
    void aCallersBytesStayTheCallers();
    void bytesStillInUseAreNotZeroed();
    void equalByContentAndEmptyAtFirst();
};

void TestSecret::aCopyIsNoSecondCopyInMemory()
{
    const test::Needle needle("one");
    QCOMPARE(needle.pieces(), 0);
    const std::vector<Secret> many(10, secretOf(needle));
    QCOMPARE(needle.pieces(), test::Needle::Pieces);
}

void TestSecret::theLastOneWipes()
{
    const test::Needle needle("two");
    std::optional<Secret> first = secretOf(needle);
    std::optional<Secret> second = first;
    first.reset();
    QCOMPARE(needle.pieces(), test::Needle::Pieces);
    second.reset();
    QCOMPARE(needle.pieces(), 0);
}

void TestSecret::assigningWipesWhatWasThere()
{
    const test::Needle needle("three");
    Secret copied = secretOf(needle);
    Secret moved = secretOf(needle);
    QCOMPARE(needle.pieces(), 2 * test::Needle::Pieces);
    const Secret other(QByteArray("other"));
    copied = other;
    QCOMPARE(needle.pieces(), test::Needle::Pieces);
    moved = Secret(QByteArray("other"));
    QCOMPARE(needle.pieces(), 0);
    QVERIFY(copied == moved);
}

void TestSecret::whoeverIsLastWipesInAnyThread()
{
    const test::Needle needle("four");
    for (int round = 0; round < 50; ++round) {
        std::vector<std::thread> threads;
        {
            const Secret secret = secretOf(needle);
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([secret] { return secret.isEmpty(); });
        }
        for (std::thread &thread : threads)
            thread.join();
    }
    QCOMPARE(needle.pieces(), 0);
}

void TestSecret::aCallersBytesStayTheCallers()
{
    const QByteArray mine = QByteArray("mi") + "ne";
    {
        const Secret secret(mine);
    }
    QCOMPARE(mine, "mine");
}

void TestSecret::bytesStillInUseAreNotZeroed()
{
    QByteArray revealed;
    {
        const Secret secret(QByteArray("mi") + "ne");
        revealed = secret.reveal();
    }
    QCOMPARE(revealed, "mine");
}

void TestSecret::equalByContentAndEmptyAtFirst()
{
    QVERIFY(Secret().isEmpty());
    QVERIFY(Secret() == Secret(QByteArray()));
    QVERIFY(Secret(QByteArray("a")) == Secret(QByteArray("a")));
    QVERIFY(Secret(QByteArray("a")) != Secret(QByteArray("b")));
    const Secret one(QByteArray("a"));
    Secret from = one;
    const Secret to = std::move(from);
    QVERIFY(to == one);
}

QTEST_APPLESS_MAIN(TestSecret)
#include "tst_secret.moc"
