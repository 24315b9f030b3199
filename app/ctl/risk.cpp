#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"
#include "insight/findingwords.h"
#include "insight/rpohistory.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

constexpr std::chrono::days Remembered { 30 };

QJsonValue historyJson(const Look &look, const ClusterInsight &insight)
{
    const auto cluster = std::ranges::find(look.fleet.clusters, insight.name, &Cluster::name);
    if (cluster == look.fleet.clusters.end())
        return {};
    const Instant now = look.insight.at;
    const auto history = rpoHistory(*cluster, look.fleet, look.facts, insight, now - Remembered, now);
    if (!history)
        return {};
    QJsonArray over;
    for (const OverRpo &one : history->over)
        over << QJsonObject { { u"from"_s, one.from.toIso() }, { u"to"_s, one.to.toIso() },
            { u"worstSeconds"_s, qint64(one.worst.count()) } };
    return QJsonObject { { u"since"_s, history->from.toIso() }, { u"withinPercent"_s, history->within() },
        { u"worstSeconds"_s, qint64(history->worst.count()) }, { u"over"_s, over } };
}

std::optional<std::chrono::seconds> rpoOf(const Look &look, const QString &name)
{
    for (const Cluster &cluster : look.fleet.clusters) {
        if (cluster.name == name)
            return objectivesOf(cluster, look.fleet).rpo;
    }
    return std::nullopt;
}

std::optional<Bytes> walFree(const Look &look, const QString &name)
{
    for (const auto &server : look.state.servers) {
        if (server.name == name && server.facts)
            return server.facts->walFree;
    }
    return std::nullopt;
}

void addCluster(Shown &shown, const Look &look, const ClusterInsight &cluster)
{
    const Risk &risk = cluster.risk;
    const auto rpo = rpoOf(look, cluster.name);
    shown.rows << QStringList { safe(cluster.name), standingWord(cluster.standing),
        confidenceWord(cluster.confidence), timeWords(risk.newest), secondsWords(risk.seconds),
        sizeWords(risk.bytes), secondsWords(rpo) };
    shown.list << QJsonObject { { u"cluster"_s, cluster.name },
        { u"standing"_s, standingWord(cluster.standing) },
        { u"confidence"_s, confidenceWord(cluster.confidence) }, { u"provenAt"_s, orNull(cluster.provenAt) },
        { u"newest"_s, orNull(risk.newest) }, { u"newestLsn"_s, orNull(risk.newestLsn) },
        { u"serverLsn"_s, orNull(risk.serverLsn) }, { u"seconds"_s, orNull(risk.seconds) },
        { u"bytes"_s, orNull(risk.bytes) }, { u"idle"_s, risk.idle }, { u"rpoSeconds"_s, orNull(rpo) },
        { u"rpoHistory"_s, historyJson(look, cluster) },
        { u"repositoryReadAt"_s, orNull(risk.repositoryReadAt) },
        { u"walWaitingBytes"_s, orNull(risk.walWaiting) },
        { u"walBytesPerSecond"_s, risk.walPerSecond ? QJsonValue(*risk.walPerSecond) : QJsonValue() },
        { u"walFreeBytes"_s, orNull(walFree(look, cluster.name)) },
        { u"secondsUntilFull"_s, orNull(risk.untilFull) } };
    if (const Level level = levelOf(cluster.standing); level != Level::Ok)
        shown.remarks.push_back({ level, cluster.name, wordFor(cluster.standing) });
}

} // namespace

QCoro::Task<Answer> risk(Call call, Tools tools, std::stop_token stop)
{
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    Shown shown { .heads
        = { u"CLUSTER"_s, u"STANDING"_s, u"CONFIDENCE"_s, u"NEWEST"_s, u"AT RISK"_s, u"WAL"_s, u"RPO"_s },
        .key = u"clusters"_s,
        .remarks = seen->remarks };
    int good = 0;
    for (const ClusterInsight &cluster : seen->insight.clusters) {
        if (!seen->concerns(cluster.name))
            continue;
        addCluster(shown, *seen, cluster);
        good += levelOf(cluster.standing) == Level::Ok ? 1 : 0;
    }
    shown.summary = u"%1 of %2 clusters can be restored as they should"_s.arg(good).arg(shown.rows.size());
    co_return answerOf(*seen, std::move(shown));
}

} // namespace tidemark::ctl
