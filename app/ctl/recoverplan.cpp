#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/table.h"
#include "ctl/walcommand.h"
#include "ctl/words.h"
#include "procedure/procedurejson.h"
#include "procedure/procedurescript.h"
#include "recovery/recoverbase.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

constexpr int DefaultPort = 54329;

Error usage(const QString &words)
{
    return { ErrorKind::Invalid, u"ctl.usage"_s, words };
}

// "end", "xid:N", "name:N", an LSN, or a time with its zone. All but a name and the end: just before.
Result<WalTarget> targetOf(const QString &text)
{
    WalTarget target;
    target.inclusive = false;
    if (text == "end"_L1) {
        target.inclusive = true;
        return target;
    }
    if (text.startsWith("name:"_L1)) {
        target.kind = WalTarget::Kind::Name;
        target.name = text.mid(5);
        return target;
    }
    if (text.startsWith("xid:"_L1)) {
        bool good = false;
        target.kind = WalTarget::Kind::Xid;
        target.xid = text.mid(4).toUInt(&good);
        if (good && target.xid > 0)
            return target;
        return tl::unexpected(usage(u"--to xid:N needs a transaction's number"_s));
    }
    if (const auto lsn = Lsn::parse(text)) {
        target.kind = WalTarget::Kind::Lsn;
        target.lsn = *lsn;
        return target;
    }
    const auto at = Instant::parse(text);
    if (!at)
        return tl::unexpected(
            usage(u"--to must be an LSN, a time with its zone (2026-11-18T16:20:00Z), xid:N, "
                  u"name:POINT or end"_s));
    target.kind = WalTarget::Kind::Time;
    target.at = *at;
    return target;
}

// What the command works on, made complete step by step.
struct Work {
    RecoverRequest request;
    RecoverFacts facts;
};

Result<RecoverRequest> requestOf(const Call &call, const Look &seen)
{
    RecoverRequest request;
    request.cluster = call.options.value(u"cluster"_s);
    const auto target = targetOf(call.options.value(u"to"_s));
    if (!target)
        return tl::unexpected(target.error());
    request.target = *target;
    request.directory = call.options.value(u"into"_s);
    request.binaries = call.options.value(u"binaries"_s);
    request.open = call.has(u"open"_s);
    const auto port = numberOption(call, u"port"_s, DefaultPort);
    const auto timeline = numberOption(call, u"timeline"_s, 0);
    if (!port || !timeline)
        return tl::unexpected(port ? timeline.error() : port.error());
    request.port = static_cast<int>(*port);
    request.target.timeline = TimelineId { static_cast<std::uint32_t>(*timeline) };
    for (const Cluster &cluster : seen.fleet.clusters) {
        if (cluster.name == request.cluster)
            request.environment = cluster.environment;
    }
    return request;
}

QCoro::Task<Result<>> readWal(std::shared_ptr<Work> work, Tools tools, std::stop_token stop)
{
    const Call plain; // no names, no rules of its own
    const QStringList paths { work->facts.walFolder };
    const auto folder = co_await openAsked(plain, paths, tools, stop);
    if (!folder)
        co_return tl::unexpected(folder.error());
    TimelineHistory history { work->request.target.timeline, {}, {} };
    for (const WalLeg &leg : folder->plan) {
        if (leg.timeline == history.timeline)
            history = leg.history;
    }
    const auto watch = std::make_shared<TargetWatch>(work->request.target, history);
    const auto reading = co_await readAsked(plain, *folder, watch, tools, stop);
    if (!reading)
        co_return tl::unexpected(reading.error());
    const auto last = reading->lastRecords.find(work->request.target.timeline);
    work->facts.prediction = watch->finish(last == reading->lastRecords.end() ? Lsn() : last->second);
    co_return Result<>();
}

Answer obstaclesAnswer(const std::vector<Obstacle> &obstacles)
{
    Answer answer;
    answer.level = Level::Critical;
    const QString summary
        = u"there is no plan: %1"_s.arg(counted(qsizetype(obstacles.size()), u"obstacle"_s));
    answer.text = u"critical: "_s + summary + u'\n';
    QJsonArray list;
    for (const Obstacle &one : obstacles) {
        answer.text += safe(one.what, 400) + u": "_s + safe(one.remedy, 400) + u'\n';
        list << QJsonObject { { u"what"_s, one.what }, { u"remedy"_s, one.remedy } };
    }
    answer.json = { { u"status"_s, u"critical"_s }, { u"summary"_s, summary }, { u"obstacles"_s, list } };
    return answer;
}

Answer planAnswer(const Call &call, const Procedure &procedure)
{
    Answer answer;
    answer.json = QJsonDocument::fromJson(procedureJson(procedure)).object();
    if (call.has(u"script"_s)) {
        answer.text = QString::fromUtf8(procedureScript(procedure));
    } else if (call.has(u"markdown"_s)) {
        answer.text = procedureMarkdown(procedure);
    } else {
        answer.text = u"ok: %1, %2\n"_s.arg(
            safe(procedure.title), counted(qsizetype(procedure.steps.size()), u"step"_s));
        for (auto it = procedure.facts.cbegin(); it != procedure.facts.cend(); ++it)
            answer.text += safe(it.key()) + u": "_s + safe(it.value(), 400) + u'\n';
        QList<QStringList> rows;
        for (const Step &step : procedure.steps)
            rows << QStringList { step.id, step.host.isEmpty() ? u"-"_s : safe(step.host), safe(step.title) };
        answer.text += table({ u"STEP"_s, u"HOST"_s, u"WHAT"_s }, rows);
    }
    return answer;
}

QString missingOption(const Call &call)
{
    for (const QString &name : { u"cluster"_s, u"to"_s, u"into"_s }) {
        if (!call.has(name))
            return u"recover plan needs --%1"_s.arg(name);
    }
    return {};
}

} // namespace

QCoro::Task<Answer> recoverPlan(Call call, Tools tools, std::stop_token stop)
{
    const QString missing = missingOption(call);
    if (!missing.isEmpty())
        co_return misused(missing);
    Call about = call;
    about.operands = { call.options[u"cluster"_s] };
    const auto seen = co_await look(about, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    auto request = requestOf(call, *seen);
    if (!request)
        co_return failed(request.error());
    const auto work = std::make_shared<Work>();
    work->request = *request;
    for (const ClusterInsight &cluster : seen->insight.clusters) {
        if (cluster.name == work->request.cluster && work->request.target.timeline.value == 0)
            work->request.target.timeline = cluster.recoverability.newestTimeline.value_or(TimelineId { 1 });
    }
    const auto base = recoverBase(seen->facts, seen->fleet, work->request.cluster, work->request.target);
    if (base) {
        const auto artifact
            = co_await seen->catalogue->artifact(seen->fleet.name, base->from.name, base->artifact, stop);
        if (artifact && *artifact)
            work->facts.chain = { **artifact };
        work->facts.from = base->from;
        work->facts.walFolder = base->walFolder;
        work->request.host = base->host;
    }
    if (!work->facts.walFolder.isEmpty() && work->facts.from.host.isEmpty()) {
        const auto read = co_await readWal(work, tools, stop);
        if (!read)
            co_return failed(read.error());
    }
    if (work->request.binaries.isEmpty() && !work->facts.chain.empty())
        work->request.binaries = usualBinaries(work->facts.chain.back().serverVersion);
    work->facts.lastSegment = lastSegment(exactTarget(work->request.target, work->facts.prediction),
        work->facts.prediction, base ? base->segmentSize : DefaultSegmentSize);
    const RecoverPlan plan = planBeside(work->request, work->facts);
    co_return plan ? planAnswer(call, *plan) : obstaclesAnswer(plan.error());
}

} // namespace tidemark::ctl
