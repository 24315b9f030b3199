#include "targets.h"

#include "mended.h"
#include "unpack/zstdblock.h"
#include "wal/bytesreader.h"
#include "wal/filenodemap.h"
#include "wal/head.h"
#include "wal/histogram.h"
#include "wal/histories.h"
#include "wal/pageimage.h"
#include "wal/target.h"
#include "wal/transactionrecord.h"
#include "wal/walk.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

void mustHold(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

class Told : public WalListener
{
public:
    void ended(const WalEndTold &end) override
    {
        ++ends;
        histogram.ended(end);
        watch.ended(end);
    }
    void transaction(const WalTransaction &one) override { transactions.push_back(one); }
    void mark(const WalMark &one) override
    {
        marks.push_back(one);
        watch.mark(one);
    }

    std::uint64_t ends = 0;
    std::vector<WalTransaction> transactions;
    std::vector<WalMark> marks;
    WalHistogram histogram { std::chrono::seconds(1) };
    TargetWatch watch { { WalTarget::Kind::Xid, {}, {}, 750, {}, true, { 1 } }, { { 1 }, {}, {} } };
};

WalStory::Options optionsOf(std::uint8_t choice)
{
    WalStory::Options options;
    options.rules.minRows = (choice & 0x10) != 0 ? 1 : 1000;
    options.tellAll = (choice & 0x20) != 0;
    options.zstd = unpackZstdFrame;
    return options;
}

struct SegmentsTold {
    WalContents first;
    WalContents second;
    std::uint64_t ends = 0;
    std::vector<WalTransaction> transactions;
    std::vector<WalMark> marks;
    WalStats stats;

    bool operator==(const SegmentsTold &) const = default;
};

void take(WalContentsCheck &check, QByteArrayView bytes, qsizetype portion)
{
    while (!bytes.isEmpty() && check.take(bytes.first(std::min(portion, bytes.size()))))
        bytes = bytes.sliced(std::min(portion, bytes.size()));
}

SegmentsTold readSegments(QByteArrayView bytes, std::uint8_t choice, qsizetype portion)
{
    Told told;
    WalStory story(told, optionsOf(choice));
    WalContentsCheck check;
    check.tellAlso(story);
    WalExpectation expectation;
    expectation.mayEnd = (choice & 0x02) != 0;
    check.begin(expectation);
    const auto head = walHead(bytes);
    const qsizetype border = head ? qsizetype(head->segmentSize) : bytes.size();
    take(check, bytes.first(std::min(border, bytes.size())), portion);
    SegmentsTold all;
    all.first = check.finish();
    if (bytes.size() > border) {
        expectation.number = SegmentNumber { head->address / head->segmentSize + 1 };
        if (!check.begin(expectation))
            story.gap();
        take(check, bytes.sliced(border), portion);
        all.second = check.finish();
    }
    (void)told.watch.finish(story.lastRecord());
    all.ends = told.ends;
    all.transactions = std::move(told.transactions);
    all.marks = std::move(told.marks);
    all.stats = story.stats();
    return all;
}

// A pair of segments out of a few pages: the first one's border lies behind the first half of them.
QByteArray overBorder(const QByteArray &pages)
{
    constexpr std::uint32_t Smallest = 1 << 20;
    const qsizetype half = pages.size() / WalPageSize / 2 * WalPageSize;
    QByteArray both = pages.first(half) + QByteArray(Smallest - half, '\0') + pages.sliced(half);
    qToLittleEndian(Smallest, both.data() + 32);
    return both;
}

std::uint8_t choiceOf(QByteArrayView input, qsizetype at)
{
    return at < input.size() ? static_cast<std::uint8_t>(input[at]) : std::uint8_t { 0 };
}

} // namespace

void fuzzSegment(QByteArrayView input)
{
    if (input.size() < 2)
        return;
    const std::uint8_t choice = choiceOf(input, 0);
    const qsizetype portion = 1 + choiceOf(input, 1) * 97;
    QByteArray pages = input.sliced(2).toByteArray();
    const bool twoSegments = (choice & 0x04) != 0 && pages.size() >= 2 * WalPageSize;
    if (twoSegments)
        pages = overBorder(pages);
    if ((choice & 0x01) != 0 || twoSegments)
        pages = mendedPages(pages, twoSegments);
    const SegmentsTold whole = readSegments(pages, choice, std::max<qsizetype>(pages.size(), 1));
    mustHold(whole == readSegments(pages, choice, twoSegments ? portion * 41 : portion),
        "portions of any size tell the same");
    mustHold(!whole.first.fault || whole.first.fault->offset <= std::uint64_t(pages.size()),
        "a fault lies in the file");
}

namespace {

// Records one after the other: length, xid, info, manager, content. Some managers mean something else here.
class RecordsInput
{
public:
    explicit RecordsInput(QByteArrayView input)
        : m_reader(input)
        , m_choice(m_reader.next<std::uint8_t>())
        , m_story(m_told, optionsOf(m_choice))
    {
    }
    void run()
    {
        while (m_reader.left() > 0)
            step();
        mustHold(m_story.stats().total().records == m_records, "every record is counted");
        (void)m_told.watch.finish(m_story.lastRecord());
    }

private:
    enum Instead : std::uint8_t { Gap = 200, Follow, Map, Page };

    void step()
    {
        const auto length = m_reader.next<std::uint16_t>();
        const auto xid = m_reader.next<std::uint32_t>();
        const auto info = m_reader.next<std::uint8_t>();
        const auto manager = m_reader.next<std::uint8_t>();
        const QByteArrayView content
            = m_reader.bytes(std::min<std::uint64_t>(length & 0x7FFFU, std::uint64_t(m_reader.left())));
        switch (manager) {
        case Gap:
            return m_story.gap();
        case Follow:
            return m_story.follow({ { 2 }, { { { 1 }, { m_at }, {} } }, {} }, { m_at });
        case Map:
            return m_story.learnMap(readFileNodeMap(xid, content));
        case Page:
            return m_story.learnPage({ 1663, xid, 1259 }, info, content, version());
        default:
            take(content, xid, info, manager, (length & 0x8000U) != 0);
        }
    }
    void take(QByteArrayView content, std::uint32_t xid, std::uint8_t info, std::uint8_t manager, bool cut)
    {
        QByteArray bytes(WalRecord::HeaderSize, '\0');
        bytes.append(content);
        WalRecord record;
        record.begin = { m_at };
        record.length = static_cast<std::uint32_t>(bytes.size()) + (cut ? 20'000'000U : 0U);
        record.xid = xid;
        record.info = info;
        record.manager = ResourceManager { manager };
        record.version = version();
        m_at += (record.length + 7U) & ~7U;
        record.next = { m_at };
        record.bytes = bytes;
        m_story.take(record);
        (void)transactionEnd(record);
        ++m_records;
    }
    [[nodiscard]] int version() const { return 13 + m_choice % 6; }

    BytesReader m_reader;
    std::uint8_t m_choice;
    Told m_told;
    WalStory m_story;
    std::uint64_t m_at = 0x1000028;
    std::uint64_t m_records = 0;
};

void readRows(QByteArrayView columns, int version)
{
    (void)ClassRow::read(columns, version);
    (void)NamedRow::read(columns);
    (void)AttributeRow::read(columns);
    for (const qsizetype missing : { 0, 3, 40, 300 })
        (void)AttributeRow::nameOfDropped(columns, missing);
}

void readPage(QByteArrayView page, int version)
{
    const HeapPage heap(page);
    for (int number = -1; number <= heap.count() + 1; ++number)
        if (const auto tuple = heap.item(number))
            readRows(tuple->data, version);
}

template <class Entry, int Size>
void readList(const RecordList<Entry, Size> &list)
{
    for (qsizetype i = 0; i < list.size(); ++i)
        (void)list[i];
}

void readRecord(QByteArrayView bytes, int version)
{
    if (bytes.size() < qsizetype { WalRecord::HeaderSize })
        return;
    WalRecord record = WalRecord::parse({ 0x1000028 }, bytes);
    record.length = std::max(record.length, static_cast<std::uint32_t>(bytes.size()));
    record.version = version;
    (void)transactionEnd(record);
    WalRecordParts parts;
    if (!parts.read(record, version))
        return;
    mustHold(parts.imageBytes() <= record.length, "images are no longer than the record");
    for (const WalBlock &block : parts.blocks()) {
        const QByteArray page = pageImage(block, unpackZstdFrame);
        mustHold(page.isEmpty() || page.size() == WalPageSize, "an image is a page");
        readPage(page, version);
    }
    if (const auto end = TransactionRecord::read(record, parts, version)) {
        readList(end->subxacts);
        readList(end->droppedFiles);
        readList(end->droppedIfAborted);
        readList(end->invalidations);
    }
}

// Exactly as long as it is said to be, so that a byte too many is found.
template <class Unpack>
void unpack(QByteArrayView packed, Unpack &&method)
{
    const qsizetype size = choiceOf(packed, 0) * 32 + choiceOf(packed, 1) % 32;
    const std::unique_ptr<char[]> to(new char[static_cast<std::size_t>(size)]);
    (void)method(packed.sliced(std::min<qsizetype>(2, packed.size())), to.get(), size);
}

} // namespace

void fuzzRecords(QByteArrayView input)
{
    RecordsInput(input).run();
}

void fuzzParts(QByteArrayView input)
{
    if (input.isEmpty())
        return;
    const std::uint8_t choice = choiceOf(input, 0);
    const int version = 13 + choice % 6;
    // A copy of its own: what is read behind its end is found.
    const QByteArray copy = input.sliced(1).toByteArray();
    const QByteArrayView bytes(copy);
    switch (choice / 6 % 6) {
    case 0:
        return readRecord(bytes, version);
    case 1:
        return readPage(bytes, version);
    case 2:
        return unpack(bytes, unpackPglz);
    case 3:
        return unpack(bytes, unpackLz4Block);
    case 4:
        return readRows(bytes, version);
    default:
        (void)readFileNodeMap(5, bytes);
    }
}

void fuzzHistory(QByteArrayView input)
{
    const QByteArray text = input.toByteArray();
    const TimelineId timeline { 7 };
    if (const auto history = readTimelineHistory(timeline, text)) {
        const auto &switches = history->switches;
        mustHold(!switches.empty() && switches.back().parent < timeline, "its parents are older");
        mustHold(std::ranges::is_sorted(switches, {}, &TimelineSwitch::parent), "from old to young");
        for (const TimelineSwitch &one : switches)
            mustHold(timelineAt(*history, one.at).value != 0, "somebody's records lie there");
    }
    (void)readBackupHistory(text, {});
    (void)labelTime(QString::fromUtf8(text));
}

void fuzzName(QByteArrayView input)
{
    const WalFileName name = WalFileName::parse(input);
    for (std::uint32_t size = 1 << 20; size <= 1U << 30; size *= 2) {
        const auto number = name.number(size);
        if (number && name.kind == WalFileKind::Segment)
            mustHold(segmentName(name.timeline, *number, size).toLatin1() == input.first(24),
                "a name is told back");
    }
    mustHold(name.suffix.size() <= input.size(), "the suffix is part of the name");
    if (const auto lsn = Lsn::parse(QString::fromUtf8(input)))
        mustHold(Lsn::parse(lsn->toString()) == lsn, "an LSN is told back");
}

FuzzTarget fuzzTarget(QByteArrayView name)
{
    constexpr std::array<std::pair<const char *, FuzzTarget>, 5> Targets { { { "segment", fuzzSegment },
        { "records", fuzzRecords }, { "parts", fuzzParts }, { "history", fuzzHistory },
        { "name", fuzzName } } };
    const auto found
        = std::ranges::find(Targets, name, [](const auto &one) { return QByteArrayView(one.first); });
    return found == Targets.end() ? nullptr : found->second;
}

} // namespace tidemark::test
