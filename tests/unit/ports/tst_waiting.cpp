#include "ports/once.h"
#include "ports/sleep.h"
#include "ports/taskscope.h"
#include "support/settle.h"

#include <QTest>

#include <thread>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

QCoro::Task<int> awaitOnce(Once<int> once)
{
    const int value = co_await once;
    co_return value;
}

QCoro::Task<int> slowly(std::stop_token stop)
{
    const bool whole = co_await sleepOr(50ms, stop);
    co_return whole ? 1 : -1;
}

} // namespace

class TestWaiting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstEndingWins();
    void aValueThatCameEarlyIsThere();
    void settlingFromAnotherThreadResumesHere();
    void stoppingEndsASleep();
    void aScopeTellsItsOwner();
    void aDeadScopeTellsNobodyAndTheWorkEnds();
    void restartSupersedes();
};

void TestWaiting::theFirstEndingWins()
{
    const Once<int> once;
    auto task = awaitOnce(once);
    QVERIFY(once.settle(1));
    QVERIFY(!once.settle(2));
    QCOMPARE(test::settle(std::move(task)), std::optional(1));
}

void TestWaiting::aValueThatCameEarlyIsThere()
{
    const Once<int> once;
    QVERIFY(once.settle(7));
    QCOMPARE(test::settle(awaitOnce(once)), std::optional(7));
}

void TestWaiting::settlingFromAnotherThreadResumesHere()
{
    const Once<int> once;
    auto task = awaitOnce(once);
    std::thread other([once] { once.settle(3); });
    QCOMPARE(test::settle(std::move(task)), std::optional(3));
    other.join();
}

void TestWaiting::stoppingEndsASleep()
{
    std::stop_source source;
    auto task = sleepOr(1h, source.get_token());
    source.request_stop();
    QCOMPARE(test::settle(std::move(task)), std::optional(false));
}

void TestWaiting::aScopeTellsItsOwner()
{
    const InFlight inFlight;
    TaskScope scope(inFlight);
    int told = 0;
    scope.start(slowly(scope.token()), [&](int value) { told = value; });
    QCOMPARE(inFlight.count(), 1);
    QTRY_COMPARE(told, 1);
    QCOMPARE(inFlight.count(), 0);
}

void TestWaiting::aDeadScopeTellsNobodyAndTheWorkEnds()
{
    const InFlight inFlight;
    int told = 0;
    {
        TaskScope scope(inFlight);
        scope.start(slowly(scope.token()), [&](int value) { told = value; });
    }
    QTRY_COMPARE(inFlight.count(), 0);
    QCOMPARE(told, 0);
}

void TestWaiting::restartSupersedes()
{
    TaskScope scope;
    std::vector<int> told;
    scope.start(slowly(scope.token()), [&](int) { told.push_back(1); });
    scope.restart();
    scope.start(slowly(scope.token()), [&](int) { told.push_back(2); });
    QTRY_COMPARE(told, std::vector<int> { 2 });
}

QTEST_GUILESS_MAIN(TestWaiting)
#include "tst_waiting.moc"
