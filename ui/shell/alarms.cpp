#include "shell/alarms.h"

#include "insight/findings.h"
#include "insight/findingwords.h"
#include "shell/preferencekeys.h"
#include "widgets/amounts.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::size_t Named = 4; // findings of one notice
constexpr std::size_t MostPlaces = 50;

FindingFormats formatsOf(const Clocks &clocks)
{
    FindingFormats formats;
    formats.time = [&clocks](Instant time) { return clocks.inTable(time); };
    formats.duration = [](std::chrono::seconds span) { return durationWords(span); };
    formats.size = [](Bytes size) { return sizeWords(size); };
    return formats;
}

} // namespace

FindingPlace placeOf(const Finding &finding)
{
    const FindingKind *kind = findingKind(finding.code);
    const auto when = finding.code == u"schedule.missed" ? finding.until : finding.since;
    const QStringList moment { finding.cluster, when ? when->toIso() : QString() };
    if (kind && kind->action == FindingAction::ShowRuns)
        return { u"calendar"_s, moment };
    if (kind && kind->action == FindingAction::ShowTimeline && !finding.cluster.isEmpty() && when)
        return { u"timeline"_s, moment };
    return { u"overview"_s, { u"finding"_s, finding.key() } };
}

DesktopNotice noticeFor(const std::vector<Finding> &fresh, const Clocks &clocks)
{
    const FindingFormats formats = formatsOf(clocks);
    DesktopNotice notice { .key = fresh.front().key(), .button = Alarms::tr("Show") };
    const FindingWords worst = wordsFor(fresh.front(), formats);
    if (fresh.size() == 1) {
        notice.title = oneLine(worst.title);
        notice.text = oneLine(worst.consequence);
        return notice;
    }
    notice.title = Alarms::tr("%n things have failed", nullptr, int(fresh.size()));
    QStringList lines;
    for (const Finding &finding : fresh)
        if (std::size_t(lines.size()) < Named)
            lines.append(oneLine(wordsFor(finding, formats).title));
    if (fresh.size() > Named)
        lines.append(Alarms::tr("and %n more", nullptr, int(fresh.size() - Named)));
    notice.text = lines.join(u'\n');
    return notice;
}

Alarms::Alarms(PageContext context, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
{
    if (!m_context.catalogue || !m_context.desktop)
        return;
    connect(m_context.catalogue.get(), &CatalogueWatch::changed, this, &Alarms::look);
    connect(m_context.desktop.get(), &DesktopNotifier::clicked, this, &Alarms::open);
}

void Alarms::look()
{
    const auto known = m_context.catalogue->knowledge();
    if (!known->insight || known->kept || !known->concludedAt)
        return;
    const QString preference = preference::alarms(m_context.fleet->path());
    if (m_fleet != preference) {
        m_fleet = preference;
        m_told = alarmsFromText(m_context.preferences->text(preference), known->insight->at);
    }
    const QString before = toText(m_told);
    const std::vector<Finding> fresh = newAlarms(*known->insight, m_told);
    if (const QString now = toText(m_told); now != before)
        m_context.preferences->setText(preference, now);
    if (fresh.empty() || m_context.preferences->text(preference::notify()) == u"off")
        return;
    DesktopNotice notice = noticeFor(fresh, *m_context.clocks);
    const FindingPlace place
        = fresh.size() == 1 ? placeOf(fresh.front()) : FindingPlace { u"overview"_s, {} };
    m_places.emplace_back(notice.key, place);
    if (m_places.size() > MostPlaces)
        m_places.erase(m_places.begin());
    m_context.desktop->notify(std::move(notice));
}

void Alarms::open(const QString &key)
{
    for (auto place = m_places.rbegin(); place != m_places.rend(); ++place)
        if (place->first == key)
            return Q_EMIT wanted(place->second);
}

} // namespace tidemark
