#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

const ArtifactFact *artifactAt(const Look &look, const QString &cluster, qint32 index)
{
    const auto &artifacts = look.facts.cluster(cluster).artifacts;
    return index >= 0 && std::size_t(index) < artifacts.size() ? &artifacts[std::size_t(index)] : nullptr;
}

QJsonObject artifactJson(const Look &look, const ArtifactFact *fact)
{
    return { { u"source"_s, fact ? orNull(look.sourceName(fact->source)) : QJsonValue() },
        { u"artifact"_s, fact ? orNull(fact->id) : QJsonValue() } };
}

void addWindow(Shown &shown, const Look &look, const QString &cluster, const Window &window)
{
    const ArtifactFact *from = artifactAt(look, cluster, window.artifact);
    shown.rows << QStringList { safe(cluster), u"window"_s, timeWords(window.from), timeWords(window.to),
        QString::number(window.timeline.value), confidenceWord(window.confidence),
        window.open ? u"grows"_s : u"-"_s, from ? safe(from->id) : u"-"_s };
    QJsonObject json = artifactJson(look, from);
    json[u"cluster"_s] = cluster;
    json[u"kind"_s] = u"window"_s;
    json[u"from"_s] = window.from.toIso();
    json[u"to"_s] = window.to.toIso();
    json[u"fromLsn"_s] = window.fromLsn.toString();
    json[u"toLsn"_s] = window.toLsn.toString();
    json[u"timeline"_s] = qint64 { window.timeline.value };
    json[u"confidence"_s] = confidenceWord(window.confidence);
    json[u"open"_s] = window.open;
    shown.list << json;
}

void addPoint(Shown &shown, const Look &look, const QString &cluster, const Point &point)
{
    const ArtifactFact *from = artifactAt(look, cluster, point.artifact);
    shown.rows << QStringList { safe(cluster), point.partly ? u"part"_s : u"point"_s, timeWords(point.at),
        timeWords(point.at), u"-"_s, confidenceWord(point.confidence), u"-"_s,
        from ? safe(from->id) : u"-"_s };
    QJsonObject json = artifactJson(look, from);
    json[u"cluster"_s] = cluster;
    json[u"kind"_s] = point.partly ? u"part"_s : u"point"_s;
    json[u"from"_s] = point.at.toIso();
    json[u"to"_s] = point.at.toIso();
    json[u"fromLsn"_s] = QJsonValue();
    json[u"toLsn"_s] = QJsonValue();
    json[u"timeline"_s] = QJsonValue();
    json[u"confidence"_s] = confidenceWord(point.confidence);
    json[u"open"_s] = false;
    shown.list << json;
}

// What belongs together in time: windows that touch, and points of one kind.
struct Stretch {
    QString kind;
    Instant from;
    Instant to;
    qsizetype count = 0;
    Confidence least = Confidence::Proven;
    bool grows = false;
};

void extend(std::vector<Stretch> &stretches, bool joins, Stretch one)
{
    if (!joins) {
        stretches.push_back(std::move(one));
        return;
    }
    Stretch &last = stretches.back();
    last.to = std::max(last.to, one.to);
    last.count += one.count;
    last.least = std::min(last.least, one.least);
    last.grows = last.grows || one.grows;
}

std::vector<Stretch> stretchesOf(const Recoverability &found)
{
    std::vector<Stretch> stretches;
    for (const Window &window : found.windows)
        extend(stretches, !stretches.empty() && window.from <= stretches.back().to,
            { u"window"_s, window.from, window.to, 1, window.confidence, window.open });
    for (const bool partly : { false, true }) {
        bool first = true;
        for (const Point &point : found.points) {
            if (point.partly != partly)
                continue;
            extend(stretches, !std::exchange(first, false),
                { partly ? u"part"_s : u"point"_s, point.at, point.at, 1, point.confidence, false });
        }
    }
    for (std::size_t run = 0; run < found.runs.size(); ++run)
        extend(stretches, run > 0,
            { u"run"_s, found.runs[run].from, found.runs[run].from, 1, found.runs[run].confidence, false });
    return stretches;
}

void addStretches(QList<QStringList> &rows, const ClusterInsight &cluster)
{
    for (const Stretch &one : stretchesOf(cluster.recoverability))
        rows << QStringList { safe(cluster.name), one.kind, timeWords(one.from), timeWords(one.to),
            QString::number(one.count), confidenceWord(one.least), one.grows ? u"grows"_s : u"-"_s };
}

void addRemark(std::vector<Remark> &remarks, const ClusterInsight &cluster)
{
    const Recoverability &found = cluster.recoverability;
    if (cluster.standing == ClusterStanding::Unread)
        remarks.push_back({ Level::Unknown, cluster.name, u"no source of it has been read"_s });
    else if (found.windows.empty() && found.points.empty())
        remarks.push_back({ Level::Critical, cluster.name, u"nothing can be restored"_s });
    else if (cluster.standing == ClusterStanding::Lapsed)
        remarks.push_back(
            { Level::Warning, cluster.name, u"what can be restored ends "_s + timeWords(found.newest) });
    else if (found.windows.empty())
        remarks.push_back({ Level::Warning, cluster.name, u"only points can be restored"_s });
}

} // namespace

QCoro::Task<Answer> windows(Call call, Tools tools, std::stop_token stop)
{
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    const bool all = call.has(u"all"_s);
    const QStringList single { u"CLUSTER"_s, u"KIND"_s, u"FROM"_s, u"TO"_s, u"TIMELINE"_s, u"CONFIDENCE"_s,
        u"END"_s, u"ARTIFACT"_s };
    const QStringList together { u"CLUSTER"_s, u"KIND"_s, u"FROM"_s, u"TO"_s, u"COUNT"_s, u"CONFIDENCE"_s,
        u"END"_s };
    Shown shown { .heads = all ? single : together, .key = u"windows"_s, .remarks = seen->remarks };
    QList<QStringList> stretches;
    qsizetype windows = 0;
    qsizetype points = 0;
    for (const ClusterInsight &cluster : seen->insight.clusters) {
        if (!seen->concerns(cluster.name))
            continue;
        for (const Window &window : cluster.recoverability.windows)
            addWindow(shown, *seen, cluster.name, window);
        for (const Point &point : cluster.recoverability.points)
            addPoint(shown, *seen, cluster.name, point);
        windows += std::ssize(cluster.recoverability.windows);
        points += std::ssize(cluster.recoverability.points);
        addStretches(stretches, cluster);
        addRemark(shown.remarks, cluster);
    }
    if (!all)
        shown.rows = stretches;
    shown.summary = counted(windows, u"window"_s) + u", "_s + counted(points, u"point"_s);
    co_return answerOf(*seen, std::move(shown));
}

} // namespace tidemark::ctl
