#pragma once

#include "values/bytes.h"
#include "values/error.h"
#include "values/instant.h"
#include "wal/segment.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QStringList>

#include <concepts>
#include <limits>
#include <vector>

namespace tidemark {

using namespace Qt::StringLiterals;

// A value is written and read by one function `fields(visit, value)`, which names each of its fields once:
// one list of keys for both ways. Taking the value apart by a structured binding makes a field that is added
// to the struct and not to the list an error of the compiler.
template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

// Writes the fields of a value as a JSON object. A lean one leaves out empty text and empty lists.
class JsonWriter
{
public:
    explicit JsonWriter(bool lean = false)
        : m_lean(lean)
    {
    }
    template <class T>
    void operator()(QLatin1StringView key, const T &field)
    {
        const QJsonValue made = value(field);
        if (!made.isUndefined() && !(m_lean && isEmpty(made)))
            m_object.insert(key, made);
    }
    template <class T>
    [[nodiscard]] QJsonValue value(const T &facts) const requires std::is_class_v<T>
    {
        JsonWriter writer(m_lean);
        fields(writer, facts);
        return writer.m_object;
    }

private:
    static bool isEmpty(const QJsonValue &value)
    {
        return (value.isString() && value.toString().isEmpty())
            || (value.isArray() && value.toArray().isEmpty())
            || (value.isObject() && value.toObject().isEmpty());
    }
    static QJsonValue value(bool flag) { return flag; }
    static QJsonValue value(char letter) { return QString(QLatin1Char(letter)); }
    static QJsonValue value(quint32 number) { return qint64 { number }; }
    static QJsonValue value(double number) { return number; }
    static QJsonValue value(const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); }
    static QJsonValue value(SegmentNumber number) { return static_cast<qint64>(number.value); }
    template <class T>
    requires std::is_enum_v<T>
    static QJsonValue value(T kind) { return static_cast<int>(kind); }
    template <class T>
    [[nodiscard]] QJsonValue value(const QMap<QString, T> &map) const
    {
        QJsonObject object;
        for (auto it = map.begin(); it != map.end(); ++it)
            object.insert(it.key(), value(it.value()));
        return object;
    }
    static QJsonValue value(int number) { return number; }
    static QJsonValue value(qint64 number) { return number; }
    static QJsonValue value(const QString &text) { return text; }
    static QJsonValue value(const QStringList &list) { return QJsonArray::fromStringList(list); }
    static QJsonValue value(Instant instant) { return qint64 { instant.sinceEpoch.count() }; }
    static QJsonValue value(std::chrono::seconds span) { return qint64 { span.count() }; }
    static QJsonValue value(std::chrono::milliseconds span) { return qint64 { span.count() }; }
    static QJsonValue value(Bytes bytes) { return bytes.count; }
    static QJsonValue value(Lsn lsn) { return lsn.toString(); }
    static QJsonValue value(TimelineId timeline) { return qint64 { timeline.value }; }
    // As text: JSON numbers of other readers end at 2^53.
    static QJsonValue value(SystemId id) { return QString::number(id.value); }
    template <class T>
    [[nodiscard]] QJsonValue value(const std::optional<T> &maybe) const
    {
        return maybe ? value(*maybe) : QJsonValue(QJsonValue::Undefined);
    }
    template <class T>
    [[nodiscard]] QJsonValue value(const std::vector<T> &list) const
    {
        QJsonArray array;
        for (const T &one : list)
            array.append(value(one));
        return array;
    }

    bool m_lean;
    QJsonObject m_object;
};

// Takes fields out of a JSON object. What is missing leaves its field as it was made; the first value of a
// wrong type is told with its place.
class JsonReader
{
public:
    JsonReader(QJsonObject object, QString place, QString *problem)
        : m_object(std::move(object))
        , m_place(std::move(place))
        , m_problem(problem)
    {
    }
    template <class T>
    void operator()(QLatin1StringView key, T &field)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isUndefined() && !value.isNull())
            take(value, field, m_place + key);
    }

private:
    void note(const QString &place, const QString &wanted)
    {
        if (m_problem->isEmpty())
            *m_problem = u"%1 is not %2"_s.arg(place, wanted);
    }
    void number(const QJsonValue &value, qint64 least, qint64 most, const QString &place, auto &&use)
    {
        // Two different fallbacks agree only on a whole number that fits.
        const qint64 whole = value.toInteger(0);
        if (!value.isDouble() || whole != value.toInteger(1) || whole < least || whole > most)
            note(place, u"a whole number in range"_s);
        else
            use(whole);
    }
    static constexpr qint64 Least = std::numeric_limits<qint64>::min();
    static constexpr qint64 Most = std::numeric_limits<qint64>::max();

    void take(const QJsonValue &value, bool &field, const QString &place)
    {
        if (value.isBool())
            field = value.toBool();
        else
            note(place, u"true or false"_s);
    }
    void take(const QJsonValue &value, int &field, const QString &place)
    {
        number(value, std::numeric_limits<int>::min(), std::numeric_limits<int>::max(), place,
            [&field](qint64 n) { field = static_cast<int>(n); });
    }
    void take(const QJsonValue &value, qint64 &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = n; });
    }
    void take(const QJsonValue &value, Instant &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = Instant::fromMicroseconds(n); });
    }
    void take(const QJsonValue &value, std::chrono::seconds &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = std::chrono::seconds(n); });
    }
    void take(const QJsonValue &value, std::chrono::milliseconds &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = std::chrono::milliseconds(n); });
    }
    void take(const QJsonValue &value, Bytes &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = Bytes { n }; });
    }
    void take(const QJsonValue &value, TimelineId &field, const QString &place)
    {
        number(value, 0, std::numeric_limits<std::uint32_t>::max(), place,
            [&field](qint64 n) { field = TimelineId { static_cast<std::uint32_t>(n) }; });
    }
    void take(const QJsonValue &value, SegmentNumber &field, const QString &place)
    {
        number(value, 0, Most, place,
            [&field](qint64 n) { field = SegmentNumber { static_cast<std::uint64_t>(n) }; });
    }
    void take(const QJsonValue &value, quint32 &field, const QString &place)
    {
        number(value, 0, std::numeric_limits<quint32>::max(), place,
            [&field](qint64 n) { field = static_cast<quint32>(n); });
    }
    template <class T>
    requires std::is_enum_v<T>
    void take(const QJsonValue &value, T &field, const QString &place)
    {
        number(value, 0, 127, place, [&field](qint64 n) { field = static_cast<T>(n); });
    }
    void take(const QJsonValue &value, double &field, const QString &place)
    {
        if (value.isDouble())
            field = value.toDouble();
        else
            note(place, u"a number"_s);
    }
    void take(const QJsonValue &value, char &field, const QString &place)
    {
        QString text;
        take(value, text, place);
        field = text.isEmpty() ? field : text.front().toLatin1();
    }
    void take(const QJsonValue &value, QByteArray &field, const QString &place)
    {
        QString text;
        take(value, text, place);
        field = QByteArray::fromBase64(text.toLatin1());
    }
    template <class T>
    void take(const QJsonValue &value, QMap<QString, T> &field, const QString &place)
    {
        if (!value.isObject())
            note(place, u"an object"_s);
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            take(it.value(), field[it.key()], place + u'.' + it.key());
    }
    void take(const QJsonValue &value, QString &field, const QString &place)
    {
        if (value.isString())
            field = value.toString();
        else
            note(place, u"text"_s);
    }
    void take(const QJsonValue &value, Lsn &field, const QString &place)
    {
        if (const auto lsn = Lsn::parse(value.toString()))
            field = *lsn;
        else
            note(place, u"a WAL position"_s);
    }
    void take(const QJsonValue &value, SystemId &field, const QString &place)
    {
        bool ok = false;
        const qulonglong id = value.toString().toULongLong(&ok);
        if (ok)
            field = SystemId { id };
        else
            note(place, u"a system identifier"_s);
    }
    void take(const QJsonValue &value, QStringList &field, const QString &place)
    {
        std::vector<QString> list;
        take(value, list, place);
        field = QStringList(list.begin(), list.end());
    }
    template <class T>
    void take(const QJsonValue &value, std::optional<T> &field, const QString &place)
    {
        take(value, field.emplace(), place);
    }
    template <class T>
    void take(const QJsonValue &value, std::vector<T> &field, const QString &place)
    {
        if (!value.isArray())
            note(place, u"a list"_s);
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            take(array.at(i), field.emplace_back(), u"%1[%2]"_s.arg(place).arg(i));
    }
    template <class T>
    void take(const QJsonValue &value, T &facts, const QString &place)
    {
        if (!value.isObject())
            note(place, u"an object"_s);
        JsonReader inner(value.toObject(), place + u'.', m_problem);
        fields(inner, facts);
    }

    QJsonObject m_object;
    QString m_place;
    QString *m_problem;
};

template <class T>
QByteArray writtenAsJson(const T &value, bool lean = false)
{
    return QJsonDocument(JsonWriter(lean).value(value).toObject()).toJson(QJsonDocument::Compact);
}

// Text that is not JSON, or a value of the wrong type, is an Error with this code that names the place.
template <class T>
Result<T> readFromJson(const QByteArray &json, const QString &code)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(
            ErrorKind::Protocol, code, u"at byte %1: %2"_s.arg(error.offset).arg(error.errorString()));
    if (!document.isObject())
        return failure(ErrorKind::Protocol, code, u"facts are not an object"_s);
    QString problem;
    T value;
    JsonReader reader(document.object(), {}, &problem);
    fields(reader, value);
    if (!problem.isEmpty())
        return failure(ErrorKind::Protocol, code, problem);
    return value;
}

} // namespace tidemark
