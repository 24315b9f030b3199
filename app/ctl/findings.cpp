#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"
#include "insight/findingwords.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

bool isAbout(const Look &look, const Finding &finding)
{
    if (look.cluster.isEmpty() || finding.cluster == look.cluster)
        return true;
    if (!finding.cluster.isEmpty() || finding.source.isEmpty())
        return false;
    return std::ranges::any_of(look.fleet.sources,
        [&](const Source &source) { return source.name == finding.source && look.concerns(source); });
}

QString acceptedWords(const std::optional<Acceptance> &accepted)
{
    if (!accepted)
        return {};
    return u" — accepted by %1 at %2: %3"_s.arg(
        safe(accepted->who, 60), accepted->at.toIso(), safe(accepted->reason, 200));
}

void addFinding(Shown &shown, const Finding &finding)
{
    const Level level = finding.severity == Severity::Failed ? Level::Critical : Level::Warning;
    const FindingWords words = wordsFor(finding, plainFormats());
    const QString consequence
        = words.consequence.isEmpty() ? QString() : u" — "_s + safe(words.consequence, 400);
    shown.rows << QStringList { finding.accepted ? u"accepted"_s : levelWord(level), finding.code,
        orDash(finding.cluster), orDash(finding.source),
        safe(words.title, 400) + consequence + acceptedWords(finding.accepted) };
    shown.list << QJsonObject { { u"status"_s, levelWord(level) }, { u"code"_s, finding.code },
        { u"key"_s, finding.key() }, { u"cluster"_s, orNull(finding.cluster) },
        { u"source"_s, orNull(finding.source) }, { u"subject"_s, orNull(finding.subject) },
        { u"since"_s, orNull(finding.since) }, { u"until"_s, orNull(finding.until) },
        { u"count"_s, finding.count }, { u"items"_s, QJsonArray::fromStringList(finding.items) },
        { u"secondsAtRisk"_s, orNull(finding.atRisk) }, { u"bytesAtRisk"_s, orNull(finding.bytesAtRisk) },
        { u"title"_s, words.title }, { u"consequence"_s, orNull(words.consequence) },
        { u"evidence"_s, orNull(words.evidence) }, { u"action"_s, orNull(words.action) },
        { u"error"_s, errorJson(finding.error) }, { u"accepted"_s, acceptedJson(finding.accepted) } };
}

} // namespace

QCoro::Task<Answer> findings(Call call, Tools tools, std::stop_token stop)
{
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    Shown shown { .heads = { u"STATUS"_s, u"CODE"_s, u"CLUSTER"_s, u"SOURCE"_s, u"WHAT"_s },
        .key = u"findings"_s,
        .remarks = seen->remarks };
    Level level = Level::Ok;
    int accepted = 0;
    for (const Finding &finding : seen->insight.findings) {
        if (!isAbout(*seen, finding))
            continue;
        addFinding(shown, finding);
        accepted += finding.accepted ? 1 : 0;
        level = worse(level, alarmOf(finding));
    }
    shown.summary = counted(shown.rows.size(), u"finding"_s);
    if (accepted > 0)
        shown.summary += u", %1 of them accepted"_s.arg(accepted);
    Answer answer = answerOf(*seen, std::move(shown));
    answer.text = levelWord(level) + answer.text.mid(answer.text.indexOf(u':'));
    answer.level = level;
    answer.json[u"status"_s] = levelWord(level);
    answer.json.remove(u"remarks"_s);
    co_return answer;
}

} // namespace tidemark::ctl
