#include "ctl/commands.h"
#include "ctl/words.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

QString problemLine(const QString &path, const FileProblem &problem, const QString &word)
{
    return u"%1:%2:%3: %4: %5. %6"_s
               .arg(safe(path, 400), QString::number(problem.line), QString::number(problem.column), word,
                   problem.text, problem.remedy)
               .trimmed()
        + u'\n';
}

QJsonObject problemJson(const FileProblem &problem, const QString &word)
{
    return { { u"severity"_s, word }, { u"line"_s, problem.line }, { u"column"_s, problem.column },
        { u"text"_s, problem.text }, { u"remedy"_s, problem.remedy } };
}

QString summaryOf(const FleetRemarks &remarks)
{
    if (remarks.problems.empty() && remarks.warnings.empty())
        return u"the fleet file has no mistakes"_s;
    return u"%1 mistakes, %2 warnings"_s.arg(remarks.problems.size()).arg(remarks.warnings.size());
}

} // namespace

QCoro::Task<Answer> fleetCheck(Call call, Tools tools, std::stop_token stop)
{
    const QString path = call.operands.front();
    const auto remarks = co_await tools.fleetCheck->check(path, stop);
    if (!remarks)
        co_return failed(remarks.error());
    Answer answer;
    answer.level = !remarks->problems.empty() ? Level::Critical
        : !remarks->warnings.empty()          ? Level::Warning
                                              : Level::Ok;
    answer.text = levelWord(answer.level) + u": "_s + summaryOf(*remarks) + u'\n';
    QJsonArray list;
    for (const FileProblem &problem : remarks->problems) {
        answer.text += problemLine(path, problem, u"error"_s);
        list << problemJson(problem, u"error"_s);
    }
    for (const FileProblem &problem : remarks->warnings) {
        answer.text += problemLine(path, problem, u"warning"_s);
        list << problemJson(problem, u"warning"_s);
    }
    answer.json = { { u"status"_s, levelWord(answer.level) }, { u"summary"_s, summaryOf(*remarks) },
        { u"file"_s, path }, { u"problems"_s, list } };
    co_return answer;
}

} // namespace tidemark::ctl
