#include "wal/segment.h"

#include <bit>

namespace tidemark {

namespace {

constexpr std::uint64_t LogFile = 1ull << 32; // the middle part of a name counts these
constexpr qsizetype Part = 8;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::optional<std::uint32_t> hexPart(QByteArrayView name, qsizetype at)
{
    if (name.size() < at + Part)
        return {};
    std::uint32_t value = 0;
    for (qsizetype i = at; i < at + Part; ++i) {
        const int digit = hexDigit(name[i]);
        if (digit < 0)
            return {};
        value = value << 4 | std::uint32_t(digit);
    }
    return value;
}

bool isBackupHistory(QByteArrayView suffix)
{
    return suffix.size() >= 16 && suffix.startsWith('.') && hexPart(suffix, 1)
        && suffix.sliced(9, 7) == ".backup";
}

WalFileKind kindOf(QByteArrayView suffix)
{
    if (suffix.startsWith(".partial"))
        return WalFileKind::Partial;
    if (isBackupHistory(suffix))
        return WalFileKind::BackupHistory;
    if (suffix.isEmpty() || suffix.startsWith('.') || suffix.startsWith('-'))
        return WalFileKind::Segment;
    return WalFileKind::Other;
}

} // namespace

bool isSegmentSize(std::uint64_t bytes)
{
    return std::has_single_bit(bytes) && bytes >= 1u << 20 && bytes <= 1u << 30;
}

WalFileName WalFileName::parse(QByteArrayView name)
{
    WalFileName file;
    const auto timeline = hexPart(name, 0);
    if (!timeline || *timeline == 0)
        return file;
    const QByteArrayView rest = name.sliced(Part);
    if (rest.startsWith(".history")) {
        file = { WalFileKind::TimelineHistory, { *timeline }, 0, 0, rest.sliced(8) };
        return file;
    }
    const auto high = hexPart(name, Part);
    const auto low = hexPart(name, 2 * Part);
    if (!high || !low)
        return file;
    const QByteArrayView suffix = name.sliced(3 * Part);
    return { kindOf(suffix), { *timeline }, *high, *low, suffix };
}

std::optional<SegmentNumber> WalFileName::number(std::uint32_t segmentSize) const
{
    const std::uint64_t perFile = LogFile / segmentSize;
    if (kind == WalFileKind::TimelineHistory || kind == WalFileKind::Other || low >= perFile)
        return {};
    return SegmentNumber { high * perFile + low };
}

QString segmentName(TimelineId timeline, SegmentNumber number, std::uint32_t segmentSize)
{
    const std::uint64_t perFile = LogFile / segmentSize;
    const auto part = [](std::uint64_t value) {
        return QString::number(value, 16).toUpper().rightJustified(int(Part), u'0');
    };
    return part(timeline.value) + part(number.value / perFile) + part(number.value % perFile);
}

} // namespace tidemark
