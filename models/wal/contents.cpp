#include "wal/contents.h"

using namespace Qt::StringLiterals;

namespace tidemark {

std::optional<WalExpectation> WalExpectation::of(
    const WalFileName &name, std::uint32_t segmentSize, std::optional<SystemId> systemId)
{
    const auto number = isSegmentSize(segmentSize) ? name.number(segmentSize) : std::nullopt;
    if (!number || (name.kind != WalFileKind::Segment && name.kind != WalFileKind::Partial))
        return {};
    return WalExpectation { systemId, name.timeline, number, segmentSize, name.kind == WalFileKind::Partial };
}

WalContentsCheck::WalContentsCheck()
{
    begin({});
}

WalContentsCheck::WalContentsCheck(const WalContentsCheck &other)
    : WalRecords(other)
    , m_reader(other.m_reader)
    , m_expectation(other.m_expectation)
    , m_contents(other.m_contents)
    , m_next(other.m_next)
    , m_piece(other.m_piece)
    , m_ended(other.m_ended)
{
    m_reader->handTo(*this);
}

bool WalContentsCheck::followsOn() const
{
    return m_reader && m_next && m_expectation.number == m_next
        && (!m_expectation.segmentSize || m_expectation.segmentSize == m_reader->segmentSize())
        && (!m_expectation.timeline || *m_expectation.timeline >= m_reader->timeline());
}

bool WalContentsCheck::begin(const WalExpectation &expectation)
{
    m_expectation = expectation;
    m_contents = {};
    m_contents.joined = followsOn();
    m_piece.clear();
    m_ended = false;
    if (!m_contents.joined)
        m_reader.emplace(static_cast<WalRecords &>(*this));
    m_reader->setYoungest(expectation.timeline);
    m_next.reset();
    return m_contents.joined;
}

bool WalContentsCheck::take(QByteArrayView portion)
{
    while (!portion.isEmpty() && !m_contents.fault) {
        const qsizetype wanted = WalPageSize - m_piece.size();
        const bool whole = portion.size() >= wanted;
        const QByteArrayView part = portion.first(whole ? wanted : portion.size());
        if (!whole || !m_piece.isEmpty())
            m_piece.append(part);
        if (whole && page(m_piece.isEmpty() ? part.data() : m_piece.constData()))
            m_piece.resize(0);
        portion = portion.sliced(part.size());
        m_contents.size += static_cast<std::uint64_t>(part.size());
    }
    return !m_contents.fault;
}

bool WalContentsCheck::page(const char *bytes)
{
    const std::uint64_t offset = m_contents.size - static_cast<std::uint64_t>(m_contents.size % WalPageSize);
    if (m_ended)
        return true;
    if (offset == 0 && !fitsName(WalPageHeader::parse(bytes)))
        return false;
    if (m_contents.segmentSize != 0 && offset >= m_contents.segmentSize) {
        m_ended = true; // the file is longer than its segment; the size is judged at the end
        return true;
    }
    const bool good = m_reader->page(bytes);
    if (offset == 0 && m_reader->version() != 0) {
        m_contents.skipped = WalPageHeader::parse(bytes).remaining;
        m_contents.segmentSize = m_reader->segmentSize();
    }
    if (!good)
        told(*m_reader->stopped(), offset);
    return !m_contents.fault;
}

// Only what the name can tell; whether the page is one at all is the reader's to say.
bool WalContentsCheck::fitsName(const WalPageHeader &header)
{
    if (walVersion(header.magic) == 0 || !header.is(WalPageHeader::Long))
        return true;
    m_contents.version = walVersion(header.magic);
    m_contents.systemId = SystemId { header.systemId };
    m_contents.begin = { header.address };
    const auto &wanted = m_expectation;
    if (wanted.systemId && wanted.systemId->value != header.systemId)
        fault(WalFault::Foreign, 0,
            u"of cluster %1, not of %2"_s.arg(header.systemId).arg(wanted.systemId->value));
    else if (wanted.segmentSize && *wanted.segmentSize != header.segmentSize)
        fault(WalFault::WrongSize, 0,
            u"of segments of %1 bytes, not of %2"_s.arg(header.segmentSize).arg(*wanted.segmentSize));
    else if (wanted.number && wanted.number->value * header.segmentSize != header.address)
        fault(WalFault::Misnamed, 0,
            u"begins at %1, which is not where its name says"_s.arg(Lsn { header.address }.toString()));
    else if (wanted.timeline && wanted.timeline->value < header.timeline)
        fault(WalFault::Misnamed, 0,
            u"of timeline %1, not of %2"_s.arg(header.timeline).arg(wanted.timeline->value));
    return !m_contents.fault;
}

void WalContentsCheck::take(const WalRecord &record)
{
    ++m_contents.records;
    if (m_also)
        m_also->take(record);
    const auto end = transactionEnd(record);
    if (!end)
        return;
    ++(end->commit ? m_contents.commits : m_contents.aborts);
    if (!m_contents.first)
        m_contents.first = end;
    m_contents.last = end;
    m_contents.newest = std::max(m_contents.newest.value_or(end->at), end->at);
}

void WalContentsCheck::fault(WalFault fault, std::uint64_t offset, const QString &words)
{
    m_contents.fault = WalContents::Fault { fault, offset, words };
}

void WalContentsCheck::told(const WalStop &stop, std::uint64_t pageOffset)
{
    const bool here
        = stop.at >= m_contents.begin && stop.at.value - m_contents.begin.value < m_contents.segmentSize;
    const bool before = stop.fault == WalFault::BadChecksum && stop.at < m_contents.begin;
    const std::uint64_t offset = before ? 0 : here ? stop.at.value - m_contents.begin.value : pageOffset;
    const QString words = stop.at.toString() + u": "_s + stop.words;
    if (m_expectation.mayEnd && (pageOffset > 0 || stop.at > m_contents.begin)) {
        m_ended = true;
        m_contents.ended = words;
    } else {
        fault(stop.fault, offset, words);
    }
}

void WalContentsCheck::judgeSize()
{
    const std::uint64_t wanted = m_expectation.segmentSize.value_or(m_contents.segmentSize);
    if (m_contents.size == 0)
        fault(WalFault::Empty, 0, u"0 bytes"_s);
    else if (wanted != 0 && m_contents.size != wanted)
        fault(WalFault::WrongSize, std::min(m_contents.size, wanted),
            u"%1 of %2 bytes"_s.arg(m_contents.size).arg(wanted));
    else if (wanted == 0)
        fault(WalFault::WrongSize, m_contents.size, u"%1 bytes are less than a page"_s.arg(m_contents.size));
}

WalContents WalContentsCheck::finish()
{
    m_contents.end = m_reader->end();
    m_contents.timeline = m_reader->timeline();
    m_contents.switched = m_reader->switched();
    if (const auto stray = m_reader->strayByte(); stray && *stray >= m_contents.begin)
        m_contents.strayByte = stray->value - m_contents.begin.value;
    if (!m_contents.fault && !m_ended)
        m_contents.open = m_reader->open();
    if (!m_contents.fault)
        judgeSize();
    if (!m_contents.fault && !m_expectation.mayEnd && !m_reader->goodSoFar())
        told(*m_reader->stopped(), 0);
    if (!m_contents.fault && !m_ended && m_contents.segmentSize != 0)
        m_next = SegmentNumber { m_contents.begin.value / m_contents.segmentSize + 1 };
    return m_contents;
}

} // namespace tidemark
