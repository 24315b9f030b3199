#include "toolanswer/history.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

std::optional<TimelineSwitch> switchOf(const QByteArray &line)
{
    const QString text = QString::fromUtf8(line);
    bool number = false;
    const quint32 parent = text.section(u'\t', 0, 0).trimmed().toUInt(&number);
    const auto at = Lsn::parse(text.section(u'\t', 1, 1).trimmed());
    if (!number || parent == 0 || !at)
        return {};
    return TimelineSwitch { { parent }, *at, text.section(u'\t', 2).trimmed() };
}

} // namespace

Result<TimelineHistory> parseHistory(TimelineId timeline, const QByteArray &text)
{
    TimelineHistory history { .timeline = timeline };
    for (const QByteArray &raw : text.split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const auto left = switchOf(line);
        const bool upward
            = history.switches.empty() || (left && left->parent > history.switches.back().parent);
        if (!left || !upward || left->parent >= timeline)
            return failure(ErrorKind::Protocol, u"source.history"_s,
                u"syntax error in history file: "_s + QString::fromUtf8(line.left(200)));
        history.switches.push_back(*left);
    }
    if (history.switches.empty())
        return failure(ErrorKind::Protocol, u"source.history"_s, u"history file is empty"_s);
    return history;
}

} // namespace tidemark
