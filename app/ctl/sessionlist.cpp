#include "ctl/commands.h"
#include "ctl/sessionwords.h"
#include "ctl/table.h"
#include "ctl/words.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

QCoro::Task<Answer> sessionList(Call call, Tools tools, std::stop_token stop)
{
    Q_UNUSED(call)
    Q_UNUSED(stop)
    const auto records = co_await tools.journal->list();
    if (!records)
        co_return failed(records.error());
    Answer answer;
    QList<QStringList> rows;
    QJsonArray list;
    qsizetype open = 0;
    for (const SessionRecord &record : *records) {
        const bool over = record.trouble.isEmpty() && record.state().over();
        open += over ? 0 : 1;
        rows << QStringList { record.id, sessionWord(record), orDash(safe(record.procedure.cluster)),
            safe(record.trouble.isEmpty() ? record.procedure.title : record.trouble) };
        list << sessionJson(record);
        if (!over)
            answer.level = worse(answer.level, sessionLevel(record));
    }
    const QString summary = u"%1, %2 open"_s.arg(counted(rows.size(), u"session"_s)).arg(open);
    answer.text = levelWord(answer.level) + u": "_s + summary + u'\n'
        + table({ u"SESSION"_s, u"STATE"_s, u"CLUSTER"_s, u"TITLE"_s }, rows);
    answer.json
        = { { u"status"_s, levelWord(answer.level) }, { u"summary"_s, summary }, { u"sessions"_s, list } };
    co_return answer;
}

QCoro::Task<Answer> sessionStatus(Call call, Tools tools, std::stop_token stop)
{
    Q_UNUSED(stop)
    const auto record = co_await tools.journal->read(call.operands.front());
    if (!record)
        co_return failed(record.error());
    co_return sessionAnswer(*record);
}

} // namespace tidemark::ctl
