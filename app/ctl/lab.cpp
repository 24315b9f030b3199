#include "ctl/commands.h"
#include "ctl/words.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

// tidemark-lab: 0 done, 1 failed or stopped, 2 misused or broken, 3 no lab there, 4 another one at work.
Level levelOfCode(int code, bool status)
{
    if (code == 0)
        return Level::Ok;
    if (status && code == 1)
        return Level::Warning;
    if (code == 1 || (status && code == 2))
        return Level::Critical;
    return Level::Unknown;
}

QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
        lines << safe(line, 400);
    return lines;
}

QString withoutName(const QString &complaint)
{
    const QString first = linesOf(complaint).value(0);
    return first.startsWith("tidemark-lab: "_L1) ? first.mid(14) : first;
}

QCoro::Task<Answer> labCommand(QString verb, Call call, Tools tools, std::stop_token stop)
{
    const QStringList arguments { verb, u"--"_s, call.operands.front() };
    const auto ended = co_await tools.lab->run(arguments, tools.progress, stop);
    if (!ended)
        co_return failed(ended.error());
    Answer answer;
    answer.level = levelOfCode(ended->code, verb == "status"_L1);
    const QStringList lines = linesOf(ended->output);
    if (!tools.progress && !lines.isEmpty())
        answer.text = lines.join(u'\n') + u'\n';
    answer.error = withoutName(ended->complaint);
    answer.json = { { u"status"_s, levelWord(answer.level) }, { u"folder"_s, call.operands.front() },
        { u"exitCode"_s, ended->code }, { u"lines"_s, QJsonArray::fromStringList(lines) },
        { u"complaint"_s, answer.error.isEmpty() ? QJsonValue() : QJsonValue(answer.error) } };
    co_return answer;
}

} // namespace

QCoro::Task<Answer> labUp(Call call, Tools tools, std::stop_token stop)
{
    return labCommand(u"up"_s, std::move(call), std::move(tools), std::move(stop));
}

QCoro::Task<Answer> labDown(Call call, Tools tools, std::stop_token stop)
{
    return labCommand(u"down"_s, std::move(call), std::move(tools), std::move(stop));
}

QCoro::Task<Answer> labStatus(Call call, Tools tools, std::stop_token stop)
{
    return labCommand(u"status"_s, std::move(call), std::move(tools), std::move(stop));
}

} // namespace tidemark::ctl
