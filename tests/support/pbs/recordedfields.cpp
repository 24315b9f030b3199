#include "recordedfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

namespace tidemark::test {

using namespace Qt::StringLiterals;

namespace {

QString plain(QByteArray encoded)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(encoded.replace('+', ' ')));
}

void addForm(Pairs &pairs, const QByteArray &form)
{
    if (form.isEmpty())
        return;
    for (const QByteArray &item : form.split('&')) {
        const qsizetype equals = item.indexOf('=');
        pairs.emplace_back(plain(item.left(equals)), plain(item.mid(equals + 1)));
    }
}

void addJson(Pairs &pairs, const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonArray values = it.value().isArray() ? it.value().toArray() : QJsonArray { it.value() };
        for (const auto value : values)
            pairs.emplace_back(it.key(), value.toVariant().toString());
    }
}

} // namespace

Pairs pairsOf(const QByteArray &query, const QByteArray &body, bool json)
{
    Pairs pairs;
    addForm(pairs, query);
    if (json)
        addJson(pairs, body);
    else
        addForm(pairs, body);
    return pairs;
}

QStringList segmentsOf(const QByteArray &path)
{
    QStringList out;
    for (const QByteArray &segment : path.split('/').mid(3))
        out << QString::fromUtf8(QByteArray::fromPercentEncoding(segment));
    return out;
}

RecordedFields::RecordedFields(Pairs pairs, QStringList captures)
    : m_pairs(std::move(pairs))
    , m_captures(std::move(captures))
{
}

QStringList RecordedFields::all(const QString &name)
{
    QStringList out;
    for (const auto &[key, value] : m_pairs)
        if (key == name)
            out << value;
    m_taken.insert(name);
    return out;
}

bool RecordedFields::has(const QString &name) const
{
    return std::any_of(m_pairs.begin(), m_pairs.end(), [&](const auto &pair) { return pair.first == name; });
}

std::optional<QString> RecordedFields::maybe(const QString &name)
{
    const QStringList values = all(name);
    if (values.size() > 1)
        spoil();
    return values.isEmpty() ? std::nullopt : std::optional(values.first());
}

QString RecordedFields::text(const QString &name)
{
    return maybe(name).value_or(QString());
}

QString RecordedFields::needed(const QString &name)
{
    if (!has(name))
        spoil();
    return text(name);
}

std::optional<qint64> RecordedFields::number(const QString &name)
{
    const auto value = maybe(name);
    if (!value)
        return std::nullopt;
    if (QString::number(value->toLongLong()) != *value)
        spoil();
    return value->toLongLong();
}

std::optional<bool> RecordedFields::flag(const QString &name)
{
    const auto value = maybe(name);
    if (!value)
        return std::nullopt;
    const bool on = *value == u"1"_s || *value == u"true"_s;
    if (!on && *value != u"0"_s && *value != u"false"_s)
        spoil();
    return on;
}

std::optional<Instant> RecordedFields::time(const QString &name)
{
    const auto seconds = number(name);
    return seconds ? std::optional(Instant::fromSeconds(*seconds)) : std::nullopt;
}

pbs::Group RecordedFields::group()
{
    return { needed(u"backup-type"_s), needed(u"backup-id"_s), text(u"ns"_s) };
}

pbs::SnapshotKey RecordedFields::snapshot()
{
    const pbs::Group of = group();
    const auto when = time(u"backup-time"_s);
    if (!when)
        spoil();
    return { of, when.value_or(Instant()) };
}

pbs::KeepOptions RecordedFields::keep()
{
    return { number(u"keep-last"_s), number(u"keep-hourly"_s), number(u"keep-daily"_s),
        number(u"keep-weekly"_s), number(u"keep-monthly"_s), number(u"keep-yearly"_s) };
}

bool RecordedFields::spent() const
{
    return !m_spoiled && std::all_of(m_pairs.begin(), m_pairs.end(), [this](const auto &pair) {
        return m_taken.contains(pair.first);
    });
}

} // namespace tidemark::test
