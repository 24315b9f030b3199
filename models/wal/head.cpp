#include "wal/head.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool mayBeginWith(const WalPageHeader &header, const WalExpectation &expected, const TimelineHistory *history)
{
    if (header.timeline == expected.timeline->value)
        return true;
    if (header.timeline > expected.timeline->value || header.timeline == 0)
        return false;
    if (!history || history->switches.empty())
        return true;
    return SegmentNumber::of(history->switches.back().at, header.segmentSize) == expected.number;
}

} // namespace

std::optional<WalPageHeader> walHead(QByteArrayView bytes)
{
    if (bytes.size() < WalHeadSize)
        return {};
    const WalPageHeader header = WalPageHeader::parse(bytes.data());
    const bool sane = walVersion(header.magic) != 0 && header.is(WalPageHeader::Long)
        && (header.flags & ~WalPageHeader::Known) == 0 && isSegmentSize(header.segmentSize);
    return sane ? std::optional(header) : std::nullopt;
}

std::optional<WalHeadFault> checkWalHead(
    QByteArrayView bytes, const WalExpectation &expected, const TimelineHistory *history)
{
    const auto header = walHead(bytes);
    if (!header)
        return WalHeadFault { WalFault::BadPage, u"its first page is not one of WAL"_s };
    if (expected.systemId && expected.systemId->value != header->systemId)
        return WalHeadFault { WalFault::Foreign,
            u"of cluster %1, not of %2"_s.arg(header->systemId).arg(expected.systemId->value) };
    if (expected.segmentSize && *expected.segmentSize != header->segmentSize)
        return WalHeadFault { WalFault::WrongSize,
            u"of segments of %1 bytes, not of %2"_s.arg(header->segmentSize).arg(*expected.segmentSize) };
    if (expected.number && expected.number->begin(header->segmentSize).value != header->address)
        return WalHeadFault { WalFault::Misnamed,
            u"begins at %1, which is not where its name says"_s.arg(Lsn { header->address }.toString()) };
    if (expected.timeline && !mayBeginWith(*header, expected, history))
        return WalHeadFault { WalFault::Misnamed,
            u"of timeline %1, not of %2"_s.arg(header->timeline).arg(expected.timeline->value) };
    return {};
}

} // namespace tidemark
