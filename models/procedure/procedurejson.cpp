#include "procedure/procedurejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int Version = 1;

template <class T>
struct Word {
    T value;
    QLatin1StringView text;
};

constexpr std::array Kinds { Word { StepKind::Command, "command"_L1 }, Word { StepKind::Check, "check"_L1 },
    Word { StepKind::Wait, "wait"_L1 }, Word { StepKind::Confirm, "confirm"_L1 },
    Word { StepKind::ByHand, "by-hand"_L1 } };
constexpr std::array Dangers { Word { Danger::None, "none"_L1 }, Word { Danger::Interrupts, "interrupts"_L1 },
    Word { Danger::Destroys, "destroys"_L1 } };
constexpr std::array Repeats { Word { Repeatability::Safe, "safe"_L1 },
    Word { Repeatability::LookFirst, "look-first"_L1 }, Word { Repeatability::Never, "never"_L1 } };
constexpr std::array Environments { Word { Environment::Unset, ""_L1 },
    Word { Environment::Production, "production"_L1 }, Word { Environment::Test, "test"_L1 },
    Word { Environment::Lab, "lab"_L1 } };

template <class T, std::size_t N>
QString wordOf(T value, const std::array<Word<T>, N> &words)
{
    return QString(std::ranges::find(words, value, &Word<T>::value)->text);
}

// What is not said leaves its key out.
void put(QJsonObject &object, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

QJsonObject hostJson(const Host &host)
{
    QJsonObject object;
    put(object, "name"_L1, host.name);
    put(object, "ssh"_L1, host.ssh);
    put(object, "run_as"_L1, host.runAs);
    return object;
}

QJsonObject stepJson(const Step &step)
{
    QJsonObject object { { u"id"_s, step.id }, { u"kind"_s, wordOf(step.kind, Kinds) },
        { u"danger"_s, wordOf(step.danger, Dangers) }, { u"repeat"_s, wordOf(step.repeat, Repeats) } };
    put(object, "phase"_L1, step.phase);
    put(object, "title"_L1, step.title);
    put(object, "why"_L1, step.why);
    put(object, "host"_L1, step.host);
    put(object, "command"_L1, step.command);
    put(object, "look"_L1, step.look);
    put(object, "undo"_L1, step.undo);
    put(object, "leaves"_L1, step.leaves);
    put(object, "typed"_L1, step.typed);
    if (step.expected)
        object.insert(u"expected_ms"_s, qint64(step.expected->count()));
    return object;
}

// Reads an object's fields, and remembers the first that is wrong.
class Reader
{
public:
    QString text(const QJsonObject &from, QLatin1StringView key)
    {
        const QJsonValue value = from.value(key);
        if (!value.isUndefined() && !value.isString())
            wrong(u"\"%1\" is not a text"_s.arg(key));
        return value.toString();
    }
    template <class T, std::size_t N>
    T word(const QJsonObject &from, QLatin1StringView key, const std::array<Word<T>, N> &words)
    {
        const QString said = text(from, key);
        const auto found = std::ranges::find(words, said, &Word<T>::text);
        if (found != words.end())
            return found->value;
        wrong(u"\"%1\" says \"%2\", which means nothing here"_s.arg(key, said));
        return words.front().value;
    }
    void at(const QString &place) { m_place = place; }
    void wrong(const QString &what)
    {
        if (m_first.isEmpty())
            m_first = m_place.isEmpty() ? what : m_place + u": "_s + what;
    }
    [[nodiscard]] const QString &first() const { return m_first; }

private:
    QString m_place;
    QString m_first;
};

Host hostFrom(const QJsonObject &object, Reader &reader)
{
    Host host;
    host.name = reader.text(object, "name"_L1);
    host.ssh = reader.text(object, "ssh"_L1);
    host.runAs = reader.text(object, "run_as"_L1);
    return host;
}

Step stepFrom(const QJsonObject &object, Reader &reader)
{
    Step step;
    step.id = reader.text(object, "id"_L1);
    step.kind = reader.word(object, "kind"_L1, Kinds);
    step.danger = reader.word(object, "danger"_L1, Dangers);
    step.repeat = reader.word(object, "repeat"_L1, Repeats);
    step.phase = reader.text(object, "phase"_L1);
    step.title = reader.text(object, "title"_L1);
    step.why = reader.text(object, "why"_L1);
    step.host = reader.text(object, "host"_L1);
    step.command = reader.text(object, "command"_L1);
    step.look = reader.text(object, "look"_L1);
    step.undo = reader.text(object, "undo"_L1);
    step.leaves = reader.text(object, "leaves"_L1);
    step.typed = reader.text(object, "typed"_L1);
    if (object.contains("expected_ms"_L1))
        step.expected = std::chrono::milliseconds(object.value("expected_ms"_L1).toInteger());
    return step;
}

Procedure procedureFrom(const QJsonObject &object, Reader &reader)
{
    Procedure procedure;
    procedure.kind = reader.text(object, "kind"_L1);
    procedure.title = reader.text(object, "title"_L1);
    procedure.cluster = reader.text(object, "cluster"_L1);
    procedure.environment = reader.word(object, "environment"_L1, Environments);
    const QJsonObject facts = object.value("facts"_L1).toObject();
    for (auto fact = facts.begin(); fact != facts.end(); ++fact)
        procedure.facts.insert(fact.key(), fact.value().toString());
    for (const QJsonValue &host : object.value("hosts"_L1).toArray())
        procedure.hosts.push_back(hostFrom(host.toObject(), reader));
    int number = 0;
    for (const QJsonValue &step : object.value("steps"_L1).toArray()) {
        reader.at(u"step %1"_s.arg(++number));
        procedure.steps.push_back(stepFrom(step.toObject(), reader));
    }
    return procedure;
}

Result<Procedure> unreadable(const QString &why)
{
    return failure(ErrorKind::Invalid, u"procedure.unreadable"_s, why);
}

} // namespace

QByteArray procedureJson(const Procedure &procedure)
{
    QJsonArray hosts;
    for (const Host &host : procedure.hosts)
        hosts.append(hostJson(host));
    QJsonArray steps;
    for (const Step &step : procedure.steps)
        steps.append(stepJson(step));
    QJsonObject facts;
    for (auto fact = procedure.facts.begin(); fact != procedure.facts.end(); ++fact)
        facts.insert(fact.key(), fact.value());
    QJsonObject object { { u"procedure"_s, Version }, { u"kind"_s, procedure.kind },
        { u"title"_s, procedure.title }, { u"cluster"_s, procedure.cluster },
        { u"environment"_s, wordOf(procedure.environment, Environments) }, { u"hosts"_s, hosts },
        { u"facts"_s, facts }, { u"steps"_s, steps } };
    return QJsonDocument(object).toJson();
}

Result<Procedure> procedureFromJson(const QByteArray &bytes)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(u"%1 at byte %2"_s.arg(error.errorString()).arg(error.offset));
    const QJsonValue version = document.object().value("procedure"_L1);
    if (!version.isDouble())
        return unreadable(u"this is no procedure: \"procedure\" is missing"_s);
    if (version.toInt() != Version)
        return unreadable(
            u"the procedure is of version %1, this program reads %2"_s.arg(version.toVariant().toString())
                .arg(Version));
    Reader reader;
    Procedure procedure = procedureFrom(document.object(), reader);
    if (!reader.first().isEmpty())
        return unreadable(reader.first());
    if (const QStringList faults = faultsOf(procedure); !faults.isEmpty())
        return unreadable(faults.front());
    return procedure;
}

} // namespace tidemark
