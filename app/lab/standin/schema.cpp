#include "standin/schema.h"

#include "schedule/calendarevent.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>

#include <functional>
#include <limits>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

// A check answers with the error's text, or nothing.
using Check = std::function<QString(const QString &)>;

struct Type {
    enum Kind { Text, Integer, Boolean } kind = Text;
    qint64 least = std::numeric_limits<qint64>::min();
    qint64 most = std::numeric_limits<qint64>::max();
    QRegularExpression pattern;
    Check check;
};

const QString SafeId = u"[A-Za-z0-9_][A-Za-z0-9._\\-]*"_s;
const QString UserId = u"[^\\s:/\\x00-\\x1f]+@"_s + SafeId;

Type text(const QString &pattern = {}, qint64 least = 0, qint64 most = 1 << 20, Check check = {})
{
    Type type { Type::Text, least, most, {}, std::move(check) };
    if (!pattern.isEmpty())
        type.pattern = QRegularExpression(u"\\A(?:"_s + pattern + u")\\z"_s);
    return type;
}

Type integer(qint64 least, qint64 most = std::numeric_limits<qint64>::max())
{
    return { Type::Integer, least, most, {}, {} };
}

QString checkGroupFilter(const QString &value)
{
    static const QRegularExpression known(
        u"\\A(?:include:|exclude:)?(?:type:(?:vm|ct|host)|group:(?:vm|ct|host)/"_s + SafeId
        + u"|regex:.+)\\z"_s);
    if (known.match(value).hasMatch())
        return {};
    return u"input doesn't match expected format '<group:GROUP||type:<vm|ct|host>|regex:REGEX>'"_s;
}

QString checkSchedule(const QString &value)
{
    const auto event = CalendarEvent::parse(value);
    if (event)
        return {};
    const QString word = event.error().rest.section(u' ', 0, 0);
    return u"unable to parse calendar event at '%1' - Context(\"%2\")"_s.arg(word, event.error().context);
}

const QHash<QString, Type> &types()
{
    static const QString upid
        = uR"(UPID:[a-zA-Z0-9](?:[a-zA-Z0-9\-]*[a-zA-Z0-9])?:[0-9A-Fa-f]{8}:)"
          uR"([0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8,16}:[0-9A-Fa-f]{8}:[^:\s]+:[^:\s]*:[^:\s]+:)"_s;
    static const QHash<QString, Type> all {
        { u"store"_s, text(SafeId, 3, 32) },
        { u"job"_s, text(SafeId, 3, 32) },
        { u"ns"_s, text(u"|"_s + SafeId + u"(?:/"_s + SafeId + u"){0,7}"_s, 0, 256) },
        { u"nspart"_s, text(SafeId, 1, 32) },
        { u"id"_s, text(SafeId) },
        { u"type"_s, text(u"vm|ct|host"_s) },
        { u"time"_s, integer(1) },
        { u"keep"_s, integer(1) },
        { u"depth"_s, integer(0, 7) },
        { u"natural"_s, integer(0) },
        { u"port"_s, integer(0, 65535) },
        { u"epoch"_s, integer(std::numeric_limits<qint64>::min()) },
        { u"bool"_s, { Type::Boolean } },
        { u"text"_s, text() },
        { u"line"_s, text(u"[^\\x00-\\x1f\\x7f]*"_s, 0, 128) },
        { u"name"_s, text(u"[^\\x00-\\x1f\\x7f]*"_s, 2, 64) },
        { u"secret"_s, text(u"[^\\x00-\\x1f\\x7f]*"_s, 1, 1024) },
        { u"newpassword"_s, text(u"[^\\x00-\\x1f\\x7f]*"_s, 5, 64) },
        { u"userid"_s, text(UserId, 3, 64) },
        { u"authid"_s, text(UserId + u"(?:!"_s + SafeId + u")?"_s, 3, 64) },
        { u"digest"_s, text(u"[a-f0-9]{64}"_s) },
        { u"fingerprint"_s, text(u"[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){31}"_s) },
        { u"host"_s, text(u"[A-Za-z0-9:.\\-\\[\\]]+"_s) },
        { u"node"_s, text(u"[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?"_s) },
        { u"upid"_s, text(upid, 36) },
        { u"aclpath"_s, text(u"/|(?:/"_s + SafeId + u")+"_s, 1, 128) },
        { u"filter"_s, text({}, 0, 4096, checkGroupFilter) },
        { u"schedule"_s, text({}, 0, 4096, checkSchedule) },
        { u"path"_s, text(u"/.+"_s, 1) },
        { u"size"_s, text({}, 1, 64) },
    };
    return all;
}

QString badWord(const QString &type, const QString &value)
{
    const QStringList words = type.mid(1, type.size() - 2).split(u'|');
    return words.contains(value) ? QString() : u"value '%1' is not defined in the enumeration."_s.arg(value);
}

QString badText(const Type &type, const QString &value)
{
    const qsizetype length = value.toUtf8().size();
    if (length < type.least)
        return u"value must be at least %1 characters long"_s.arg(type.least);
    if (length > type.most)
        return u"value may only be %1 characters long"_s.arg(type.most);
    if (type.check)
        return type.check(value);
    if (!type.pattern.pattern().isEmpty() && !type.pattern.match(value).hasMatch())
        return u"value does not match the regex pattern"_s;
    return {};
}

QString badNumber(const Type &type, qint64 value)
{
    if (value < type.least)
        return u"value must have a minimum value of %1 (got %2)"_s.arg(type.least).arg(value);
    if (value > type.most)
        return u"value must have a maximum value of %1 (got %2)"_s.arg(type.most).arg(value);
    return {};
}

QString notANumber(const QString &text)
{
    static const QRegularExpression digits(u"\\A[+-]?[0-9]+\\z"_s);
    if (text.isEmpty())
        return u"cannot parse integer from empty string"_s;
    return digits.match(text).hasMatch() ? u"number too large to fit in target type"_s
                                         : u"invalid digit found in string"_s;
}

std::optional<bool> boolean(const QString &text)
{
    const QString word = text.toLower();
    if (word == u"1" || word == u"on" || word == u"yes" || word == u"true")
        return true;
    if (word == u"0" || word == u"off" || word == u"no" || word == u"false")
        return false;
    return {};
}

// One value out of a text; on failure the error is set.
QJsonValue valueOf(const QString &type, const QString &given, QString &error)
{
    if (type.startsWith(u'{')) {
        error = badWord(type, given);
        return given;
    }
    if (type == u"type") {
        error = badWord(u"{vm|ct|host}"_s, given);
        return given;
    }
    const Type &known = types()[type];
    if (known.kind == Type::Boolean) {
        const auto flag = boolean(given);
        if (!flag)
            error = u"Unable to parse boolean option."_s;
        return flag.value_or(false);
    }
    if (known.kind == Type::Integer) {
        bool ok = false;
        const qint64 number = given.toLongLong(&ok);
        error = ok ? badNumber(known, number) : notANumber(given);
        return number;
    }
    error = badText(known, given);
    return given;
}

void addMissing(const Schema &schema, Verified &result)
{
    for (const Parameter &p : schema.parameters)
        if (p.required && !result.values.contains(p.name))
            result.errors.append({ p.name, u"parameter is missing and it is not optional."_s });
}

void takeText(const Parameter &p, const QString &given, Verified &result)
{
    QString error;
    const QJsonValue value = valueOf(p.type, given, error);
    if (!error.isEmpty()) {
        result.errors.append({ p.name, error });
    } else if (p.isArray) {
        QJsonArray list = result.values[p.name].toArray();
        list.append(value);
        result.values[p.name] = list;
    } else if (result.values.contains(p.name)) {
        result.errors.append({ p.name, u"duplicate parameter."_s });
    } else {
        result.values[p.name] = value;
    }
}

QString wrongType(const QString &type, const QJsonValue &value)
{
    const bool isWord = type.startsWith(u'{');
    const Type::Kind kind = isWord ? Type::Text : types()[type].kind;
    if (kind == Type::Boolean)
        return value.isBool() ? QString() : u"Expected boolean value."_s;
    if (kind == Type::Integer)
        return value.isDouble() ? QString() : u"Expected integer value."_s;
    return value.isString() ? QString() : u"Expected string value."_s;
}

void takeJson(const Parameter &p, const QJsonValue &value, Verified &result)
{
    const QString mismatch = wrongType(p.type, value);
    if (!mismatch.isEmpty()) {
        result.errors.append({ p.name, mismatch });
        return;
    }
    if (value.isBool()) {
        result.values[p.name] = value;
        return;
    }
    takeText(p, value.isString() ? value.toString() : QString::number(value.toInteger()), result);
}

} // namespace

Schema Schema::parse(const QString &text)
{
    Schema schema;
    for (QString word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (word == u"…") {
            schema.open = true;
            continue;
        }
        Parameter p;
        p.name = word.section(u':', 0, 0);
        p.type = word.section(u':', 1);
        p.required = p.name.endsWith(u'*');
        if (p.required)
            p.name.chop(1);
        p.isArray = p.type.startsWith(u"[]");
        if (p.isArray)
            p.type.remove(0, 2);
        Q_ASSERT_X(p.type.startsWith(u'{') || types().contains(p.type), "Schema::parse", qPrintable(word));
        schema.parameters.append(p);
    }
    return schema;
}

const Parameter *Schema::find(const QString &name) const
{
    for (const Parameter &p : parameters)
        if (p.name == name)
            return &p;
    return nullptr;
}

Verified verifyTexts(const Schema &schema, const TextPairs &given)
{
    Verified result;
    for (const auto &[name, value] : given) {
        if (const Parameter *p = schema.find(name))
            takeText(*p, value, result);
        else if (!schema.open && name != u"_dc")
            result.errors.append({ name, u"schema does not allow additional properties."_s });
    }
    if (result.errors.isEmpty())
        addMissing(schema, result);
    return result;
}

Verified verifyJson(const Schema &schema, const QJsonObject &given, const TextPairs &path)
{
    Verified result = verifyTexts({ schema.parameters, true }, path);
    result.errors.clear();
    for (auto it = given.begin(); it != given.end(); ++it) {
        const Parameter *p = schema.find(it.key());
        if (p && p->isArray && it.value().isArray())
            for (const auto &item : it.value().toArray())
                takeJson(*p, item, result);
        else if (p)
            takeJson(*p, it.value(), result);
        else if (!schema.open)
            result.errors.append({ it.key(), u"schema does not allow additional properties."_s });
    }
    addMissing(schema, result);
    return result;
}

QString parameterErrorText(const QList<QPair<QString, QString>> &errors)
{
    const auto line = [](const QPair<QString, QString> &e) { return u"'%1': %2"_s.arg(e.first, e.second); };
    if (errors.size() == 1)
        return u"parameter verification failed - "_s + line(errors.first());
    QStringList lines { u"parameter verification failed:"_s };
    for (const auto &error : errors)
        lines.append(u"- "_s + line(error));
    return lines.join(u'\n');
}

} // namespace tidemark::standin
