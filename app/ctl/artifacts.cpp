#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

struct Line {
    QString cluster; // empty: a stray
    const ArtifactFact *fact = nullptr;
};

QString methodWord(const ArtifactFact &fact)
{
    switch (fact.method) {
    case Method::Full:
        return u"full"_s;
    case Method::Differential:
        return u"differential"_s;
    case Method::Incremental:
        return u"incremental"_s;
    }
    return {};
}

QString stateWord(ArtifactState state)
{
    switch (state) {
    case ArtifactState::Complete:
        return u"complete"_s;
    case ArtifactState::Running:
        return u"running"_s;
    case ArtifactState::Failed:
        return u"failed"_s;
    case ArtifactState::Unfinished:
        return u"unfinished"_s;
    case ArtifactState::Damaged:
        return u"damaged"_s;
    }
    return {};
}

QString assuranceWord(Assurance assurance)
{
    switch (assurance) {
    case Assurance::Refuted:
        return u"refuted"_s;
    case Assurance::Listed:
        return u"listed"_s;
    case Assurance::Structure:
        return u"structure"_s;
    case Assurance::Contents:
        return u"contents"_s;
    case Assurance::Restored:
        return u"restored"_s;
    }
    return {};
}

// What it brings back; of one that has not ended, when it began.
std::optional<Instant> timeOf(const ArtifactFact &fact)
{
    const auto moment = momentOf(fact);
    return moment ? moment : fact.start;
}

std::vector<Line> linesOf(const Look &look)
{
    std::vector<Line> lines;
    for (const ClusterFacts &cluster : look.facts.clusters) {
        for (const ArtifactFact &fact : cluster.artifacts) {
            if (look.concerns(cluster.name))
                lines.push_back({ cluster.name, &fact });
        }
    }
    for (const ArtifactFact &fact : look.facts.strays) {
        if (look.cluster.isEmpty())
            lines.push_back({ {}, &fact });
    }
    std::ranges::stable_sort(
        lines, [](const Line &a, const Line &b) { return timeOf(*a.fact) > timeOf(*b.fact); });
    return lines;
}

bool isBad(const ArtifactFact &fact)
{
    return fact.assurance == Assurance::Refuted || fact.state == ArtifactState::Damaged
        || fact.state == ArtifactState::Failed;
}

QJsonObject jsonOf(const Look &look, const Line &line)
{
    const ArtifactFact &fact = *line.fact;
    return { { u"cluster"_s, orNull(line.cluster) }, { u"source"_s, look.sourceName(fact.source) },
        { u"id"_s, fact.id }, { u"kind"_s, artifactKindWord(fact.kind) }, { u"method"_s, methodWord(fact) },
        { u"state"_s, stateWord(fact.state) }, { u"assurance"_s, assuranceWord(fact.assurance) },
        { u"assuredAt"_s, orNull(fact.assuredAt) }, { u"start"_s, orNull(fact.start) },
        { u"stop"_s, orNull(fact.stop) }, { u"startLsn"_s, orNull(fact.startLsn) },
        { u"stopLsn"_s, orNull(fact.stopLsn) },
        { u"timeline"_s, fact.timeline ? QJsonValue(qint64 { fact.timeline->value }) : QJsonValue() },
        { u"bytes"_s, orNull(fact.stored) }, { u"parent"_s, orNull(fact.parent) },
        { u"database"_s, orNull(fact.database) }, { u"part"_s, orNull(fact.part) },
        { u"consistency"_s, consistencyJson(fact) }, { u"foreign"_s, fact.foreign }, { u"held"_s, fact.held },
        { u"why"_s, orNull(fact.why) } };
}

QStringList rowOf(const Look &look, const Line &line)
{
    const ArtifactFact &fact = *line.fact;
    return { timeWords(timeOf(fact)), orDash(line.cluster), safe(look.sourceName(fact.source)),
        artifactKindWord(fact.kind), methodWord(fact), stateWord(fact.state),
        assuranceWord(fact.assurance) + (fact.foreign ? u", foreign"_s : QString()), consistencyWords(fact),
        sizeWords(fact.stored), safe(fact.id) };
}

Answer answerFor(const Look &look, int limit)
{
    Shown shown { .heads = { u"TIME"_s, u"CLUSTER"_s, u"SOURCE"_s, u"KIND"_s, u"METHOD"_s, u"STATE"_s,
                      u"ASSURANCE"_s, u"CONSISTENCY"_s, u"SIZE"_s, u"ID"_s },
        .key = u"artifacts"_s,
        .remarks = look.remarks };
    const std::vector<Line> lines = linesOf(look);
    const auto shownLines
        = limit == 0 ? lines.size() : std::min(lines.size(), static_cast<std::size_t>(limit));
    for (std::size_t i = 0; i < shownLines; ++i) {
        shown.rows << rowOf(look, lines[i]);
        shown.list << jsonOf(look, lines[i]);
    }
    const auto bad = std::ranges::count_if(lines, [](const Line &line) { return isBad(*line.fact); });
    const QString subject = look.cluster.isEmpty() ? u"fleet"_s : look.cluster;
    if (lines.empty())
        shown.remarks.push_back({ Level::Warning, subject, u"has no artifacts"_s });
    if (bad > 0)
        shown.remarks.push_back({ Level::Warning, subject,
            counted(bad, u"artifact"_s) + (bad == 1 ? u" is "_s : u" are "_s)
                + u"damaged, failed or refuted"_s });
    shown.summary = u"%1, %2 shown"_s.arg(counted(std::ssize(lines), u"artifact"_s)).arg(shownLines);
    return answerOf(look, std::move(shown));
}

} // namespace

QCoro::Task<Answer> artifacts(Call call, Tools tools, std::stop_token stop)
{
    const auto limit = numberOption(call, u"limit"_s, 50);
    if (!limit)
        co_return misused(limit.error().detail);
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    co_return answerFor(*seen, *limit);
}

} // namespace tidemark::ctl
