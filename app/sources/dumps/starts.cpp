#include "dumps/starts.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr auto ClockGrain = 2s; // of file systems and of a clock that is being set

} // namespace

std::optional<SaidStart> SaidStart::parse(const QString &words)
{
    static const QRegularExpression form(
        u"^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)(?: ([A-Z]{1,6}|[+-]\\d{2,4}))?$"_s);
    const auto match = form.match(words.trimmed());
    if (!match.hasMatch() || !Instant::parse(match.captured(1) + u'Z'))
        return {};
    return SaidStart { match.captured(1), match.captured(2) };
}

std::optional<Instant> SaidStart::exactly() const
{
    if (zone == u"UTC" || zone == u"GMT")
        return Instant::parse(wall + u'Z');
    return Instant::parse(wall + zone);
}

// The zone of the machine and not that of whoever asks. Only GNU's date reads many at once.
HostCommand HostWalls::question(const QStringList &walls)
{
    HostCommand command;
    command.words = QStringList { u"env"_s, u"-u"_s, u"TZ"_s, u"LC_ALL=C"_s, u"date"_s, u"-f"_s, u"-"_s,
        u"+%s %Z %Y-%m-%d %H:%M:%S"_s };
    command.input = walls.join(u'\n').toUtf8() + '\n';
    return command;
}

void HostWalls::take(const HostOutput &answer)
{
    for (const QString &line : QString::fromUtf8(answer.out).split(u'\n')) {
        bool number = false;
        const qint64 seconds = line.section(u' ', 0, 0).toLongLong(&number);
        if (number)
            m_moments.insert(
                line.section(u' ', 2), { Instant::fromSeconds(seconds), line.section(u' ', 1, 1) });
    }
}

std::optional<HostWalls::Moment> HostWalls::of(const QString &wall) const
{
    const auto found = m_moments.constFind(wall);
    return found == m_moments.constEnd() ? std::nullopt : std::optional(*found);
}

void setStart(Artifact &dump, const QString &words, const HostWalls &walls)
{
    const auto said = SaidStart::parse(words);
    if (!said)
        return;
    auto start = said->exactly();
    const auto here = walls.of(said->wall);
    const bool sameZone = here && (said->zone.isEmpty() || said->zone == here->zone);
    if (!start && sameZone) {
        start = here->at;
        dump.notes.insert(u"start read in the zone of its host"_s, here->zone);
    }
    if (!start || (dump.stop && *start > *dump.stop + ClockGrain)) {
        dump.notes.remove(u"start read in the zone of its host"_s);
        return;
    }
    dump.start = dump.stop ? std::min(*start, *dump.stop) : *start;
}

} // namespace tidemark
