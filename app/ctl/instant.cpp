#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"
#include "insight/objectives.h"
#include "insight/restorepath.h"
#include "recovery/recipetext.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

QString answerWord(const RestorePath &path)
{
    switch (path.answer.kind) {
    case tidemark::Answer::Kind::Exact:
        return u"exact"_s;
    case tidemark::Answer::Kind::Earlier:
        return u"earlier"_s;
    case tidemark::Answer::Kind::Nothing:
        return u"nothing"_s;
    }
    return {};
}

std::chrono::seconds lostOf(const RestorePath &path)
{
    return std::chrono::duration_cast<std::chrono::seconds>(path.answer.lost);
}

struct Told {
    const Look &look;
    const ClusterInsight &cluster;
    const ClusterFacts &facts;
    Objectives objectives;
    RestorePath path;
    std::optional<Recipe> recipe; // asked for with --how

    [[nodiscard]] bool nothing() const { return path.answer.kind == tidemark::Answer::Kind::Nothing; }
    [[nodiscard]] const ArtifactFact &artifact(qint32 index) const
    {
        return facts.artifacts[std::size_t(index)];
    }
};

// What one gets is the whole of that instant, or as near to it as was promised.
bool asPromised(const Told &told)
{
    if (told.nothing() || told.path.partly || told.cluster.standing == ClusterStanding::Unread)
        return false;
    return told.path.answer.kind == tidemark::Answer::Kind::Exact
        || (told.objectives.rpo && lostOf(told.path) <= *told.objectives.rpo);
}

// The last of what is restored; null: nothing is, or it is not read yet.
const ArtifactFact *lastOf(const Told &told)
{
    return told.path.chain.empty() ? nullptr : &told.artifact(told.path.chain.back());
}

QString partWords(const ArtifactFact *dump)
{
    if (!dump || dump->database.isEmpty())
        return u"a part of the cluster"_s;
    return u"only database "_s + safe(dump->database)
        + (dump->withGlobals ? QString() : u", without roles and tablespaces"_s);
}

QJsonValue partJson(const Told &told)
{
    if (!told.path.part)
        return {};
    const ArtifactFact &dump = told.artifact(told.path.part->artifact);
    return QJsonObject { { u"at"_s, told.path.part->at.toIso() },
        { u"source"_s, told.look.sourceName(dump.source) }, { u"artifact"_s, dump.id },
        { u"database"_s, orNull(dump.database) },
        { u"confidence"_s, confidenceWord(told.path.part->confidence) } };
}

QJsonValue howJson(const Told &told)
{
    if (!told.recipe)
        return {};
    QJsonArray notes;
    for (const Recipe::Note note : told.recipe->notes)
        notes << wordsFor(note);
    QJsonArray checks;
    for (const Recipe::Note note : told.recipe->checks)
        checks << wordsFor(note);
    return QJsonObject { { u"commands"_s, QJsonArray::fromStringList(told.recipe->commands) },
        { u"settings"_s, QJsonArray::fromStringList(told.recipe->settings) }, { u"notes"_s, notes },
        { u"afterwards"_s, QJsonArray::fromStringList(told.recipe->looks) }, { u"checks"_s, checks } };
}

QJsonValue walJson(const Told &told)
{
    if (!told.path.wal)
        return {};
    const WalStretch &wal = *told.path.wal;
    return QJsonObject { { u"source"_s, told.facts.archives[std::size_t(wal.archive)].source },
        { u"fromLsn"_s, wal.from.toString() }, { u"toLsn"_s, wal.to.toString() },
        { u"firstSegment"_s, wal.first }, { u"lastSegment"_s, wal.last },
        { u"segments"_s, qint64(wal.segments) }, { u"timeline"_s, qint64 { wal.timeline.value } } };
}

QJsonObject jsonOf(const Told &told)
{
    QJsonArray chain;
    for (const qint32 index : told.path.chain)
        chain << QJsonObject { { u"source"_s, told.look.sourceName(told.artifact(index).source) },
            { u"artifact"_s, told.artifact(index).id },
            { u"database"_s, orNull(told.artifact(index).database) },
            { u"consistency"_s, consistencyJson(told.artifact(index)) } };
    const bool nothing = told.nothing();
    return { { u"cluster"_s, told.cluster.name }, { u"answer"_s, answerWord(told.path) },
        { u"at"_s, nothing ? QJsonValue() : told.path.answer.at.toIso() },
        { u"lostSeconds"_s, nothing ? QJsonValue() : qint64 { lostOf(told.path).count() } },
        { u"next"_s, orNull(told.path.next) },
        { u"confidence"_s, nothing ? QJsonValue() : confidenceWord(told.path.confidence) },
        { u"kind"_s, told.path.kind ? QJsonValue(artifactKindWord(*told.path.kind)) : QJsonValue() },
        { u"partly"_s, told.path.partly }, { u"withoutRoles"_s, told.path.withoutRoles },
        { u"part"_s, partJson(told) }, { u"how"_s, howJson(told) }, { u"artifacts"_s, chain },
        { u"wal"_s, walJson(told) } };
}

QString chainWords(const Told &told)
{
    QStringList ids;
    for (const qint32 index : told.path.chain)
        ids << safe(told.artifact(index).id);
    return ids.isEmpty() ? u"-"_s : ids.join(u" + "_s);
}

QString walWords(const Told &told)
{
    if (!told.path.wal)
        return u"-"_s;
    const WalStretch &wal = *told.path.wal;
    return wal.segments == 1 ? wal.first
                             : u"%1 to %2 (at most %3)"_s.arg(wal.first, wal.last).arg(wal.segments);
}

void addRow(Shown &shown, const Told &told)
{
    const bool nothing = told.nothing();
    shown.rows << QStringList { safe(told.cluster.name),
        answerWord(told.path) + (told.path.partly ? u", partly"_s : QString()),
        nothing ? u"-"_s : timeWords(told.path.answer.at), nothing ? u"-"_s : secondsWords(lostOf(told.path)),
        nothing ? u"-"_s : confidenceWord(told.path.confidence), chainWords(told), walWords(told) };
    shown.list << jsonOf(told);
}

// A window that grows only lacks what has not arrived yet, and within the RPO that is as promised.
void addRemark(Shown &shown, const Told &told)
{
    const auto say = [&](Level level, const QString &text) {
        shown.remarks.push_back({ level, told.cluster.name, text });
    };
    if (told.cluster.standing == ClusterStanding::Unread)
        return say(Level::Unknown, u"no source of it has been read"_s);
    if (told.nothing())
        return say(Level::Critical,
            told.path.next
                ? u"nothing of then, and nothing before; the first instant is "_s + timeWords(told.path.next)
                : u"nothing can be restored"_s);
    if (told.path.partly)
        say(Level::Warning, u"partly: "_s + partWords(lastOf(told)));
    else if (!asPromised(told))
        say(Level::Warning, u"not that instant: "_s + secondsWords(lostOf(told.path)) + u" are lost"_s);
    if (told.path.withoutRoles)
        say(Level::Warning, u"without roles and tablespaces: no globals were dumped beside it"_s);
    if (const ArtifactFact *last = lastOf(told); last && last->kind == ArtifactKind::VmSnapshot)
        say(Level::Ok, u"a snapshot, "_s + wordsFor(last->quiesced));
    if (told.path.part)
        say(Level::Ok,
            u"newer, but partly: %1 of %2"_s.arg(
                partWords(&told.artifact(told.path.part->artifact)), timeWords(told.path.part->at)));
}

// Nothing: one of them cannot be had from the catalogue.
QCoro::Task<std::vector<Artifact>> chainOf(std::shared_ptr<Catalogue> catalogue, QString fleet,
    std::vector<std::pair<QString, QString>> wanted, std::stop_token stop)
{
    std::vector<Artifact> chain;
    for (const auto &[source, id] : wanted) {
        auto found = co_await catalogue->artifact(fleet, source, id, stop);
        if (!found || !*found)
            co_return std::vector<Artifact>();
        chain.push_back(std::move(**found));
    }
    co_return chain;
}

std::vector<std::pair<QString, QString>> wantedOf(const Told &told)
{
    std::vector<std::pair<QString, QString>> wanted;
    for (const qint32 index : told.path.chain)
        wanted.emplace_back(told.look.sourceName(told.artifact(index).source), told.artifact(index).id);
    return wanted;
}

QString howText(const Told &told)
{
    QStringList title { u"%1 to %2"_s.arg(told.cluster.name, timeWords(told.path.answer.at)) };
    if (told.path.partly)
        title << u"PARTLY: "_s + partWords(lastOf(told));
    return u'\n' + recipeText(*told.recipe, title);
}

} // namespace

QCoro::Task<Answer> instant(Call call, Tools tools, std::stop_token stop)
{
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    const auto asked = call.has(u"at"_s) ? Instant::parse(call.options[u"at"_s]) : seen->now;
    if (!asked)
        co_return misused(u"--at must be a time with its zone: 2026-11-18T16:20:00Z"_s);
    Shown shown { .heads
        = { u"CLUSTER"_s, u"ANSWER"_s, u"INSTANT"_s, u"LOST"_s, u"CONFIDENCE"_s, u"ARTIFACTS"_s, u"WAL"_s },
        .key = u"answers"_s,
        .remarks = seen->remarks };
    int promised = 0;
    QString how;
    for (std::size_t at = 0; at < seen->insight.clusters.size(); ++at) {
        const ClusterInsight &cluster = seen->insight.clusters[at];
        if (!seen->concerns(cluster.name))
            continue;
        const ClusterFacts &facts = seen->facts.cluster(cluster.name);
        Told told { *seen, cluster, facts, objectivesOf(seen->fleet.clusters[at], seen->fleet), {}, {} };
        const StartingPoints starts(facts, cluster.recoverability, told.objectives, seen->now);
        told.path = restorePath(facts, cluster.recoverability, starts, *asked);
        discountIdle(told.path, cluster.risk, *asked);
        promised += asPromised(told) ? 1 : 0;
        if (call.has(u"how"_s) && !told.nothing()) {
            auto wanted = wantedOf(told);
            const auto chain = co_await chainOf(seen->catalogue, seen->fleet.name, std::move(wanted), stop);
            told.recipe = recipeFor(told.path, chain, seen->fleet.sources, facts.archives);
            how += howText(told);
        }
        addRow(shown, told);
        addRemark(shown, told);
    }
    shown.summary
        = u"%1: %2 of %3 clusters can be brought back whole, to this instant or within the RPO of it"_s
              .arg(timeWords(*asked) + (call.has(u"at"_s) ? QString() : u" (now)"_s))
              .arg(promised)
              .arg(shown.rows.size());
    Answer answer = answerOf(*seen, std::move(shown));
    answer.text += how;
    co_return answer;
}

} // namespace tidemark::ctl
