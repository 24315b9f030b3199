#include "journal/journallines.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Kind = SessionEvent::Kind;

struct KindWord {
    Kind kind;
    QLatin1StringView word;
};
constexpr std::array Words { KindWord { Kind::Began, "began"_L1 },
    KindWord { Kind::StepBegan, "step-began"_L1 }, KindWord { Kind::StepEnded, "step-ended"_L1 },
    KindWord { Kind::StepLost, "step-lost"_L1 }, KindWord { Kind::StepKnown, "step-known"_L1 },
    KindWord { Kind::Again, "again"_L1 }, KindWord { Kind::Skipped, "skipped"_L1 },
    KindWord { Kind::Confirmed, "confirmed"_L1 }, KindWord { Kind::Paused, "paused"_L1 },
    KindWord { Kind::Continued, "continued"_L1 }, KindWord { Kind::HandedOver, "handed-over"_L1 },
    KindWord { Kind::TakenBack, "taken-back"_L1 }, KindWord { Kind::Note, "note"_L1 },
    KindWord { Kind::Aborted, "aborted"_L1 }, KindWord { Kind::Ended, "ended"_L1 } };

void put(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

// Nothing: it is none.
std::optional<SessionEvent> eventFrom(const QJsonObject &object)
{
    const auto word = std::ranges::find(Words, object.value("event"_L1).toString(), &KindWord::word);
    const auto at = Instant::parse(object.value("at"_L1).toString());
    if (word == Words.end() || !at)
        return {};
    SessionEvent event;
    event.kind = word->kind;
    event.at = *at;
    event.who = object.value("who"_L1).toString();
    event.step = object.value("step"_L1).toString();
    event.attempt = object.value("attempt"_L1).toInt();
    event.exit = object.value("exit"_L1).toInt();
    event.text = object.value("text"_L1).toString();
    event.evidence = object.value("evidence"_L1).toString();
    event.sum = object.value("sum"_L1).toString();
    return event;
}

} // namespace

QByteArray journalSum(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray journalLine(const SessionEvent &event, const QByteArray &before)
{
    QJsonObject object { { u"at"_s, event.at.toIso() },
        { u"event"_s, QString(std::ranges::find(Words, event.kind, &KindWord::kind)->word) },
        { u"before"_s, QString::fromLatin1(before) } };
    put(object, u"who"_s, event.who);
    put(object, u"step"_s, event.step);
    if (event.attempt > 0)
        object.insert(u"attempt"_s, event.attempt);
    if (event.kind == Kind::StepEnded)
        object.insert(u"exit"_s, event.exit);
    put(object, u"text"_s, event.text);
    put(object, u"evidence"_s, event.evidence);
    put(object, u"sum"_s, event.sum);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

JournalRead readJournal(const QByteArray &bytes, const QByteArray &procedureSum)
{
    JournalRead read;
    read.last = procedureSum;
    while (true) {
        const qsizetype end = bytes.indexOf('\n', read.good);
        if (end < 0)
            return read;
        const QByteArray line = bytes.mid(read.good, end - read.good);
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const auto event = eventFrom(object);
        const auto number = read.events.size() + 1;
        if (!event)
            read.trouble = u"line %1 of the journal is no event"_s.arg(number);
        else if (object.value("before"_L1).toString().toLatin1() != read.last)
            read.trouble
                = u"what stands before line %1 of the journal was changed after it was written"_s.arg(number);
        if (!read.trouble.isEmpty())
            return read;
        read.events.push_back(*event);
        read.last = journalSum(line);
        read.good = end + 1;
    }
}

} // namespace tidemark
