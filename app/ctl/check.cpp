#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"
#include "insight/findingwords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

struct Measure {
    QString name;
    std::optional<qint64> value;
    QString unit; // s, B, or nothing for a count
    std::optional<qint64> critical;
};

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

Answer answerFor(const Look &look)
{
    const ClusterInsight *cluster = look.insight.cluster(look.cluster);
    const auto told = std::ranges::find(look.fleet.clusters, look.cluster, &Cluster::name);
    if (cluster == nullptr || told == look.fleet.clusters.end())
        return failed(
            { ErrorKind::NotFound, u"ctl.no-such-cluster"_s, u"no cluster named "_s + look.cluster });
    const std::vector<Finding> found = look.insight.findingsOf(look.cluster);
    Level level = levelOf(cluster->standing);
    for (const Finding &finding : found)
        level = worse(level, finding.severity == Severity::Failed ? Level::Critical : Level::Warning);
    QString words = wordFor(cluster->standing);
    if (!found.empty())
        words = wordsFor(found.front(), plainFormats()).title;
    const QString more = found.size() > 1 ? u" (and %1 more)"_s.arg(found.size() - 1) : QString();
    const auto measures = measuresOf(*cluster, *told, look.fleet, std::ssize(found), look.now);
    Answer answer;
    answer.level = level;
    const bool named // titles of findings say whose they are
        = words.startsWith(look.cluster + u' ') || words.startsWith(look.cluster + u'\'');
    const QString summary = onOneLine(named ? words : look.cluster + u": "_s + words) + more;
    answer.text = u"TIDEMARK %1 - %2 | %3\n"_s.arg(levelWord(level).toUpper(), summary, perfdata(measures));
    answer.json = heading(level, summary, look.path, look.now);
    answer.json[u"cluster"_s] = look.cluster;
    answer.json[u"standing"_s] = standingWord(cluster->standing);
    QJsonObject values;
    for (const Measure &one : measures)
        values[one.name] = one.value ? QJsonValue(*one.value) : QJsonValue();
    answer.json[u"measures"_s] = values;
    return answer;
}

} // namespace

QCoro::Task<Answer> check(Call call, Tools tools, std::stop_token stop)
{
    const auto seen = co_await look(call, tools, stop);
    if (!seen) {
        Answer answer = failed(seen.error());
        answer.text = u"TIDEMARK UNKNOWN - %1\n"_s.arg(onOneLine(answer.error));
        co_return answer;
    }
    co_return answerFor(*seen);
}

} // namespace tidemark::ctl
