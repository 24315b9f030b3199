#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"
#include "insight/findingwords.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

struct Measure {
    QString name;
    std::optional<qint64> value;
    QString unit; // s, B, or nothing for a count
    std::optional<qint64> critical;
};

// What is looked at with --offline may be this old; beyond it nobody knows.
constexpr std::chrono::hours OldestReading { 1 };

// 'label'=value[unit];[warning];[critical];[least]; a value that is not known is U.
QString perfdata(const std::vector<Measure> &measures)
{
    QStringList words;
    for (const Measure &one : measures) {
        const QString value = one.value ? QString::number(*one.value) + one.unit : u"U"_s;
        const QString limit = one.critical ? QString::number(*one.critical) : QString();
        words += u"'%1'=%2;;%3;0"_s.arg(one.name, value, limit);
    }
    return words.join(u' ');
}

template <class T>
std::optional<qint64> counted(const std::optional<T> &span)
{
    if constexpr (std::is_same_v<T, Bytes>)
        return span ? std::optional(span->count) : std::nullopt;
    else
        return span ? std::optional<qint64>(span->count()) : std::nullopt;
}

std::vector<Measure> measuresOf(
    const ClusterInsight &cluster, const Cluster &told, const Fleet &fleet, qint64 findings, Instant now)
{
    const Recoverability &found = cluster.recoverability;
    const auto age = found.oldest
        ? std::optional(std::chrono::duration_cast<std::chrono::seconds>(now - *found.oldest))
        : std::nullopt;
    return { { u"at_risk"_s, counted(cluster.risk.seconds), u"s"_s, counted(objectivesOf(told, fleet).rpo) },
        { u"wal_at_risk"_s, counted(cluster.risk.bytes), u"B"_s, std::nullopt },
        { u"reaches_back"_s, counted(age), u"s"_s, std::nullopt },
        { u"windows"_s, std::ssize(found.windows), {}, std::nullopt },
        { u"points"_s, std::ssize(found.points), {}, std::nullopt },
        { u"gaps"_s, std::ssize(found.gaps), {}, std::nullopt },
        { u"findings"_s, findings, {}, std::nullopt } };
}

// '|' begins the perfdata.
QString onOneLine(const QString &text)
{
    return safe(text, 300).replace(u'|', u'/');
}

// Its own, and that a source it depends on cannot be read.
std::vector<Finding> findingsAbout(const Look &look)
{
    std::vector<Finding> about;
    for (const Finding &finding : look.insight.findings) {
        const auto source = std::ranges::find(look.fleet.sources, finding.source, &Source::name);
        const bool hidden = finding.cluster.isEmpty() && finding.code.startsWith("source."_L1)
            && finding.severity == Severity::Failed && source != look.fleet.sources.end()
            && source->clusters.contains(look.cluster);
        if (hidden || finding.cluster == look.cluster)
            about.push_back(finding);
    }
    return about;
}

// Findings that nobody accepted.
std::vector<Finding> openFindings(const std::vector<Finding> &findings)
{
    std::vector<Finding> open;
    std::ranges::copy_if(
        findings, std::back_inserter(open), [](const Finding &finding) { return !finding.accepted; });
    return open;
}

bool isFailed(const Finding &finding)
{
    return finding.severity == Severity::Failed;
}

// The standing counts, unless what it comes from was accepted: then the alarm is over.
Level levelFor(
    const ClusterInsight &cluster, const std::vector<Finding> &all, const std::vector<Finding> &open)
{
    Level level = levelOf(cluster.standing);
    if (level == Level::Critical && std::ranges::any_of(all, isFailed)
        && std::ranges::none_of(open, isFailed))
        level = Level::Ok;
    for (const Finding &finding : all)
        level = worse(level, alarmOf(finding));
    return level;
}

// When anything of the cluster was last read.
std::optional<Instant> lastReading(const Look &look)
{
    std::optional<Instant> last;
    for (const Source &source : look.fleet.sources) {
        const auto reading = std::ranges::find(look.readings, source.name, &SourceReading::source);
        if (look.concerns(source) && reading != look.readings.end())
            last = std::max(last, reading->readAt);
    }
    return last;
}

// Nothing: what is known is young enough.
QString tooOld(const Look &look, std::chrono::seconds limit)
{
    const auto last = lastReading(look);
    if (!last)
        return u"its sources were never read"_s;
    if (!(*last < look.now - limit))
        return {};
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(look.now - *last);
    return u"its sources were last read %1 ago"_s.arg(secondsWords(age));
}

Answer answerFor(const Look &look, const std::optional<std::chrono::seconds> &oldest)
{
    const ClusterInsight *cluster = look.insight.cluster(look.cluster);
    const auto told = std::ranges::find(look.fleet.clusters, look.cluster, &Cluster::name);
    if (cluster == nullptr || told == look.fleet.clusters.end())
        return failed(
            { ErrorKind::NotFound, u"ctl.no-such-cluster"_s, u"no cluster named "_s + look.cluster });
    const std::vector<Finding> all = findingsAbout(look);
    const std::vector<Finding> found = openFindings(all);
    Level level = levelFor(*cluster, all, found);
    QString words = wordFor(cluster->standing);
    if (!found.empty())
        words = wordsFor(found.front(), plainFormats()).title;
    else if (const auto lasting = std::ranges::find_if(all, losesMore); lasting != all.end())
        words = wordsFor(*lasting, plainFormats()).title; // accepted, and not over
    QString more = found.size() > 1 ? u" (and %1 more)"_s.arg(found.size() - 1) : QString();
    if (all.size() > found.size())
        more += u" (%1 accepted)"_s.arg(all.size() - found.size());
    if (const QString old = oldest ? tooOld(look, *oldest) : QString(); !old.isEmpty()) {
        level = Level::Unknown;
        words = old;
        more.clear();
    }
    const auto measures = measuresOf(*cluster, *told, look.fleet, std::ssize(found), look.now);
    Answer answer;
    answer.level = level;
    const bool named // titles of findings say whose they are
        = words.startsWith(look.cluster + u' ') || words.startsWith(look.cluster + u'\'')
        || words.startsWith(look.cluster + u": "_s);
    const QString summary = onOneLine(named ? words : look.cluster + u": "_s + words) + more;
    answer.text = u"TIDEMARK %1 - %2 | %3\n"_s.arg(levelWord(level).toUpper(), summary, perfdata(measures));
    answer.json = heading(level, summary, look.path, look.now);
    answer.json[u"cluster"_s] = look.cluster;
    answer.json[u"standing"_s] = standingWord(cluster->standing);
    answer.json[u"accepted"_s] = qint64(all.size() - found.size());
    QJsonObject values;
    for (const Measure &one : measures)
        values[one.name] = one.value ? QJsonValue(*one.value) : QJsonValue();
    answer.json[u"measures"_s] = values;
    return answer;
}

Answer unknown(const Error &error)
{
    Answer answer = failed(error);
    answer.text = u"TIDEMARK UNKNOWN - %1\n"_s.arg(onOneLine(std::exchange(answer.error, {})));
    return answer;
}

} // namespace

QCoro::Task<Answer> check(Call call, Tools tools, std::stop_token stop)
{
    const auto given = durationOption(call, u"max-age"_s);
    if (!given)
        co_return unknown(given.error());
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return unknown(seen.error());
    std::optional<std::chrono::seconds> oldest;
    if (call.has(u"offline"_s))
        oldest = given->value_or(OldestReading);
    co_return answerFor(*seen, oldest);
}

} // namespace tidemark::ctl
