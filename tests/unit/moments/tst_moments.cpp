#include "hosts/hosts.h"
#include "moments/archivereader.h"
#include "moments/portionreader.h"
#include "store/store.h"
#include "support/folderarchive.h"
#include "support/settle.h"
#include "support/waltruth.h"
#include "unpack/zstdblock.h"

#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

template <class T>
T done(QCoro::Task<T> task)
{
    auto answer = settle(std::move(task), std::chrono::minutes(1));
    if (!answer)
        qFatal("no answer within a minute");
    return *std::move(answer);
}

// A case of the corpus as a cluster whose archive is that folder.
struct World {
    explicit World(const WalCase &one)
        : hosts(makeHostReaders())
    {
        folder = one.folder + u"/wal"_s;
        store = done(makeMemoryStore({})).value().catalogue;
        ServerCopy copy;
        copy.at = Instant::fromSeconds(1);
        copy.relations = relationsAtStart(one);
        if (!done(store->keep(u"fleet"_s, u"shop"_s, copy, {})))
            qFatal("the copy is not kept");
        learnArchive();
        openReader();
    }
    void openReader() { reader = makeArchiveReader(folderParts(hosts->of(Host {}), folder, store)); }
    void learnArchive()
    {
        opened = done(openWal(hosts->of(Host {}), { folder.toUtf8() }, false, {})).value();
        question = questionOver(opened);
    }
    Result<MomentIndex> read(std::stop_token stop = {})
    {
        return done(reader->read(
            question,
            [this](
                std::shared_ptr<const MomentIndex>, const MomentProgress &now) { progress.push_back(now); },
            stop));
    }
    // The same in one pass from the oldest segment on.
    WalTold onePass()
    {
        const auto told = std::make_shared<WalTold>();
        WalStory::Options options;
        options.zstd = unpackZstdFrame;
        WalStory story(*told, options);
        story.learn(done(store->serverCopy(u"fleet"_s, u"shop"_s, {}, {})).value().value().relations);
        const auto read = done(readWal(opened, story, told, {}));
        if (!read)
            qFatal("%s", qPrintable(read.error().detail));
        return *told;
    }

    std::shared_ptr<HostReaders> hosts;
    QString folder;
    MomentQuestion question;
    std::shared_ptr<Catalogue> store;
    std::shared_ptr<MomentReader> reader;
    WalFolder opened;
    std::vector<MomentProgress> progress;
};

const WalCase &caseNamed(const QString &name)
{
    static const std::vector<WalCase> all = walCases(QStringLiteral(TIDEMARK_TEST_DATA "/wal"));
    const auto found = std::ranges::find(all, name, &WalCase::name);
    if (found == all.end())
        qFatal("no case %s", qPrintable(name));
    return *found;
}

// What a person would see of an event. How many rows there were is known to who read on from their beginning.
QString print(const WalTransaction &event)
{
    QString text
        = u"%1 %2 %3 x%4"_s.arg(event.lsn.toString(), event.at.toIso()).arg(int(event.kind)).arg(event.xid);
    for (const WalEffect &effect : event.effects)
        text += u" | %1 %2 %3 %4"_s.arg(int(effect.kind))
                    .arg(effect.relation ? effect.relation->toString() : effect.file.toString(),
                        effect.database)
                    .arg(effect.rows);
    for (const RelationRows &rows : event.rows)
        text += u" / %1 +%2 ~%3 -%4"_s.arg(rows.name ? rows.name->toString() : rows.file.toString())
                    .arg(rows.inserted)
                    .arg(rows.updated)
                    .arg(rows.deleted);
    return text;
}

// An UPDATE of less than half of a relation is ordinary; who does not know how many rows there were tells it.
bool mayBeOrdinary(const WalTransaction &event)
{
    return std::ranges::all_of(event.effects,
        [](const WalEffect &one) { return one.kind == WalEffectKind::UpdatedRows && one.rows < 10'000; });
}

QStringList eventsOf(const MomentIndex &index)
{
    QStringList events;
    for (const auto &piece : momentLine(index, index.timeline.value_or(TimelineId { 1 })).pieces)
        for (const WalTransaction &event : piece->events)
            if (!mayBeOrdinary(event))
                events.append(print(event));
    events.sort();
    return events;
}

QStringList eventsOf(const WalTold &told)
{
    QStringList events;
    for (const WalTransaction &event : told.transactions)
        if (event.kind != WalClass::Harmless && !mayBeOrdinary(event))
            events.append(print(event));
    events.sort();
    return events;
}

std::uint64_t commitsOf(const MomentLine &line)
{
    std::uint64_t commits = 0;
    for (const auto &bucket : momentBuckets(line, Instant::fromSeconds(0), std::chrono::hours(24 * 366), 200))
        commits += bucket.commits;
    return commits;
}

} // namespace

class TestMoments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void backwardsTellsWhatOnePassTells_data();
    void backwardsTellsWhatOnePassTells();
    void aSecondLookReadsNothing();
    void aStopKeepsWhatWasRead();
    void commitsAround();
    void whatIsChosen();
    void aTimelineIsReadWithItsParents();
    void damageIsToldAndReadAgain();
};

void TestMoments::backwardsTellsWhatOnePassTells_data()
{
    QTest::addColumn<QString>("name");
    for (const WalCase &one : walCases())
        if (!one.live && historiesOf(one.files).empty())
            QTest::newRow(qPrintable(one.name)) << one.name;
}

void TestMoments::backwardsTellsWhatOnePassTells()
{
    QFETCH(QString, name);
    World world(caseNamed(name));
    const auto index = world.read();
    QVERIFY2(index.has_value(), index ? "" : qPrintable(index.error().detail));
    const WalTold told = world.onePass();
    QCOMPARE(eventsOf(*index), eventsOf(told));
    const auto committed = std::uint64_t(std::ranges::count(told.ends, true, &WalEndTold::committed));
    const MomentLine line = momentLine(*index, *index->timeline);
    QCOMPARE(commitsOf(line), committed);
    std::uint64_t bySegment = 0;
    for (const auto &piece : line.pieces)
        for (const std::uint32_t commits : piece->commits)
            bySegment += commits;
    QCOMPARE(bySegment, committed);
}

void TestMoments::aSecondLookReadsNothing()
{
    World world(caseNamed(u"16/bigrecords"_s));
    QVERIFY(done(world.reader->kept(world.question, {})).value().pieces.empty());
    const auto first = world.read();
    QVERIFY(first.has_value());
    QVERIFY(first->pieces.size() > 1);
    QCOMPARE(world.progress.back().filesRead, 8);
    QCOMPARE(world.progress.back().files, 8);
    const auto kept = done(world.reader->kept(world.question, {}));
    QCOMPARE(kept->pieces.size(), first->pieces.size());
    for (std::size_t at = 0; at < kept->pieces.size(); ++at)
        QVERIFY(*kept->pieces[at] == *first->pieces[at]);
    world.progress.clear();
    const auto second = world.read();
    QCOMPARE(world.progress.back().files, 0);
    QCOMPARE(eventsOf(*second), eventsOf(*first));
}

void TestMoments::aStopKeepsWhatWasRead()
{
    World world(caseNamed(u"16/bigrecords"_s));
    std::stop_source source;
    const auto stopped = done(world.reader->read(
        world.question,
        [&](std::shared_ptr<const MomentIndex>, const MomentProgress &now) {
            if (now.filesRead > 0)
                source.request_stop();
        },
        source.get_token()));
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    const auto kept = done(world.reader->kept(world.question, {}));
    QCOMPARE(kept->pieces.size(), std::size_t(1));
    QCOMPARE(kept->pieces.front()->last, world.opened.plan.front().files.back().number);
    const auto whole = world.read();
    QCOMPARE(world.progress.back().files, 6);
    QCOMPARE(eventsOf(*whole), eventsOf(world.onePass()));
}

void TestMoments::commitsAround()
{
    World world(caseNamed(u"15/xacts"_s));
    const WalTold told = world.onePass();
    const WalCommit wanted = told.ends[told.ends.size() / 2].end;
    const auto near = done(world.reader->around(world.question, { 1 }, wanted.lsn, {}));
    QVERIFY(near.has_value());
    QCOMPARE(near->size(), told.ends.size()); // two segments
    QVERIFY(std::ranges::equal(*near, told.ends, {}, &WalEndTold::end, &WalEndTold::end));
    const auto far = done(world.reader->around(world.question, { 1 }, { ~0ull }, {}));
    QCOMPARE(far.error().code, u"moment.no-segment"_s);
}

void TestMoments::whatIsChosen()
{
    World world(caseNamed(u"15/accidents"_s));
    const auto index = world.read();
    const MomentLine line = momentLine(*index, *index->timeline);
    const auto events = momentEvents(line);
    const auto event = std::ranges::find_if(events, &MomentEvent::suspicious);
    QVERIFY(event != events.end());
    const Lsn before = event->transaction->lsn;
    const auto near = done(world.reader->around(world.question, *line.fileOf(before), before, {}));
    const MomentChoice choice = momentChoice(line, events, before, *near);
    const WalTold told = world.onePass();
    std::optional<WalCommit> kept;
    std::uint64_t behind = 0;
    for (const WalEndTold &end : told.ends)
        if (end.committed && end.end.lsn < before)
            kept = end.end;
        else if (end.committed)
            ++behind;
    QCOMPARE(choice.kept, kept);
    QCOMPARE(choice.firstLost->lsn, before);
    QVERIFY(!choice.undone.empty());
    QCOMPARE(choice.undone.front()->lsn, before);
    QCOMPARE(choice.lost + choice.undone.size(), behind);
}

void TestMoments::aTimelineIsReadWithItsParents()
{
    World world(caseNamed(u"17/timelines"_s));
    const auto index = world.read();
    QVERIFY(index.has_value());
    const WalTold told = world.onePass();
    for (const TimelineHistory &history : index->histories) {
        // One recovery's way: what its parents wrote before they were left, and its own.
        std::uint64_t expected = 0;
        for (const WalEndTold &end : told.ends)
            if (end.committed) {
                const auto left = std::ranges::find(history.switches, end.timeline, &TimelineSwitch::parent);
                expected += end.timeline == history.timeline
                    || (left != history.switches.end() && end.end.lsn < left->at);
            }
        QCOMPARE(commitsOf(momentLine(*index, history.timeline)), expected);
    }
}

void TestMoments::damageIsToldAndReadAgain()
{
    QTemporaryDir folder;
    for (const QString &file : filesIn(caseNamed(u"16/bigrecords"_s).folder + u"/wal"_s))
        QVERIFY(QFile::copy(file, folder.path() + u'/' + QFileInfo(file).fileName()));
    const QStringList files = filesIn(folder.path());
    QByteArray bytes = unpackedFile(files[6]);
    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 4);
    QFile damaged(files[6].chopped(3));
    QVERIFY(QFile::remove(files[6]) && damaged.open(QIODevice::WriteOnly)
        && damaged.write(bytes) == bytes.size());
    damaged.close();
    WalCase one = caseNamed(u"16/bigrecords"_s);
    World world(one);
    world.folder = folder.path();
    world.learnArchive();
    world.openReader();
    const auto index = world.read();
    QVERIFY(index.has_value());
    QStringList troubles;
    for (const auto &piece : index->pieces)
        for (const QString &trouble : piece->troubles)
            troubles.append(trouble);
    QVERIFY2(troubles.size() == 1 && troubles.front().startsWith(QFileInfo(damaged).fileName()),
        qPrintable(troubles.join(u'\n')));
    world.progress.clear();
    QVERIFY(world.read().has_value());
    QCOMPARE(world.progress.back().files, 2); // its portion
}

QTEST_GUILESS_MAIN(TestMoments)
#include "tst_moments.moc"
