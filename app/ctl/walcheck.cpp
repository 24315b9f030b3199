#include "ctl/commands.h"
#include "ctl/walcommand.h"
#include "ctl/words.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

// Neighbours without damage are one line.
struct Stretch {
    TimelineId timeline;
    SegmentNumber first;
    SegmentNumber last;
    Lsn begin;
    Lsn end;
    std::uint64_t records = 0;
    int files = 0;
    QString ended; // why the log ends within the last one
};

std::vector<Stretch> stretchesOf(const WalReading &reading)
{
    std::vector<Stretch> all;
    bool broken = true;
    for (const WalFileRead &file : reading.files) {
        const bool follows = !broken && all.back().timeline == file.timeline
            && all.back().last.value + 1 == file.number.value;
        broken = file.contents.fault.has_value();
        if (broken && file.contents.records == 0)
            continue;
        if (!follows)
            all.push_back({ file.timeline, file.number, file.number, file.contents.begin, {}, 0, 0, {} });
        Stretch &stretch = all.back();
        stretch.last = file.number;
        stretch.end = file.contents.end;
        stretch.records += file.contents.records;
        stretch.ended = file.contents.ended;
        ++stretch.files;
    }
    return all;
}

QJsonObject faultJson(const WalFileRead &file)
{
    const WalContents::Fault &fault = *file.contents.fault;
    return { { u"file"_s, QString::fromUtf8(file.path) }, { u"timeline"_s, qint64 { file.timeline.value } },
        { u"fault"_s, faultWord(fault.fault) }, { u"offset"_s, jsonOf(fault.offset) },
        { u"detail"_s, fault.words }, { u"recordsBefore"_s, jsonOf(file.contents.records) },
        { u"goodTo"_s,
            file.contents.records > 0 ? QJsonValue(file.contents.end.toString()) : QJsonValue() } };
}

} // namespace

QCoro::Task<Answer> walCheck(Call call, Tools tools, std::stop_token stop)
{
    const auto folder = co_await openAsked(call, call.operands, tools, stop);
    if (!folder)
        co_return failed(folder.error());
    const auto listener = std::make_shared<WalListener>();
    const auto reading = co_await readAsked(call, *folder, listener, tools, stop);
    if (!reading)
        co_return failed(reading.error());
    WalShown shown { .heads
        = { u"TIMELINE"_s, u"FIRST"_s, u"LAST"_s, u"SEGMENTS"_s, u"FROM"_s, u"TO"_s, u"RECORDS"_s },
        .key = u"stretches"_s,
        .remarks = remarksOn(*folder, *reading) };
    const std::uint32_t size = folder->segmentSize == 0 ? DefaultSegmentSize : folder->segmentSize;
    for (const Stretch &one : stretchesOf(*reading)) {
        const QString first = segmentName(one.timeline, one.first, size);
        const QString last = segmentName(one.timeline, one.last, size);
        shown.rows << QStringList { QString::number(one.timeline.value), first, last,
            QString::number(one.files), one.begin.toString(), one.end.toString(),
            QString::number(one.records) };
        shown.list << QJsonObject { { u"timeline"_s, qint64 { one.timeline.value } }, { u"first"_s, first },
            { u"last"_s, last }, { u"segments"_s, one.files }, { u"fromLsn"_s, one.begin.toString() },
            { u"toLsn"_s, one.end.toString() }, { u"records"_s, jsonOf(one.records) },
            { u"ended"_s, orNull(one.ended) } };
    }
    QJsonArray faults;
    for (const WalFileRead &file : reading->files)
        if (file.contents.fault)
            faults << faultJson(file);
    QJsonArray gaps;
    for (const WalGapBetween &gap : reading->gaps)
        gaps << QJsonObject { { u"timeline"_s, qint64 { gap.timeline.value } },
            { u"first"_s, segmentName(gap.timeline, gap.first, size) },
            { u"last"_s, segmentName(gap.timeline, gap.last, size) } };
    shown.more = { { u"segmentSize"_s, qint64 { size } }, { u"faults"_s, faults }, { u"gaps"_s, gaps } };
    shown.summary = u"%1 segments, %2 with damage, %3 gaps"_s.arg(reading->files.size())
                        .arg(faults.size())
                        .arg(gaps.size());
    co_return answerOf(std::move(shown), tools.clock->now());
}

} // namespace tidemark::ctl
