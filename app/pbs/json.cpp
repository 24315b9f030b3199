#include "pbs/json.h"

#include <QJsonDocument>

#include <limits>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

Error garbled(const QString &detail)
{
    return { ErrorKind::Protocol, u"pbs.garbled"_s, detail };
}

// simdjson tells what is wrong but not where; Qt's slower parser tells where.
QString whereItBreaks(const QByteArray &json)
{
    QJsonParseError error;
    QJsonDocument::fromJson(json, &error);
    if (error.error == QJsonParseError::NoError)
        return {};
    return u" at byte %1 of %2"_s.arg(error.offset).arg(json.size());
}

} // namespace

const QString &Strings::of(std::string_view utf8)
{
    const auto known = m_known.find(utf8);
    if (known != m_known.end())
        return known->second;
    const QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    return m_known.emplace(utf8, text).first->second;
}

QString Node::place() const
{
    if (!parent)
        return {};
    if (index >= 0)
        return parent->place() + u'/' + QString::number(index);
    return parent->place() + u'/' + QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

void Node::complain(const QString &what) const
{
    if (reading->problem)
        return;
    const QString here = place();
    reading->problem = garbled((here.isEmpty() ? u"the answer"_s : here) + u' ' + what);
}

void take(const Node &node, QString &out)
{
    std::string_view text;
    if (node.element.get(text) != simdjson::SUCCESS)
        return node.complain(u"is not a text"_s);
    out = node.reading->strings.of(text);
}

void take(const Node &node, qint64 &out)
{
    int64_t number = 0;
    if (node.element.get(number) != simdjson::SUCCESS)
        return node.complain(u"is not a whole number of 64 bits"_s);
    out = number;
}

void take(const Node &node, double &out)
{
    if (node.element.get(out) != simdjson::SUCCESS)
        node.complain(u"is not a number"_s);
}

void take(const Node &node, bool &out)
{
    if (node.element.get(out) != simdjson::SUCCESS)
        node.complain(u"is neither true nor false"_s);
}

namespace {

bool isTime(qint64 seconds)
{
    constexpr qint64 limit = std::numeric_limits<qint64>::max() / 1'000'000;
    return -limit <= seconds && seconds <= limit;
}

} // namespace

void take(const Node &node, Instant &out)
{
    qint64 seconds = 0;
    take(node, seconds);
    if (!isTime(seconds))
        return node.complain(u"is not a time"_s);
    out = Instant::fromSeconds(seconds);
}

void take(const Node &node, Bytes &out)
{
    take(node, out.count);
}

void take(const Node &node, QStringList &out)
{
    std::vector<QString> texts;
    take(node, texts);
    out = QStringList(texts.begin(), texts.end());
}

void take(const Node &node, std::map<QString, std::map<QString, bool>> &out)
{
    simdjson::dom::object paths;
    if (node.element.get(paths) != simdjson::SUCCESS)
        return node.complain(u"is not an object"_s);
    for (const auto path : paths) {
        const Node inner { path.value, node.reading, &node, path.key };
        simdjson::dom::object privileges;
        if (path.value.get(privileges) != simdjson::SUCCESS)
            return inner.complain(u"is not an object"_s);
        auto &held = out[node.reading->strings.of(path.key)];
        for (const auto privilege : privileges)
            take(Node { privilege.value, node.reading, &inner, privilege.key },
                held[node.reading->strings.of(privilege.key)]);
    }
}

void FieldReader::reckoned(std::string_view name, std::optional<Instant> &field)
{
    qint64 seconds = 0;
    if (readIfThere(name, seconds) && isTime(seconds))
        field = Instant::fromSeconds(seconds);
}

void FieldReader::missing(std::string_view name)
{
    Node { simdjson::dom::element(), m_node.reading, &m_node, name }.complain(u"is missing"_s);
}

Document::Document(const QByteArray &json)
{
    const auto error = m_parser.parse(json.constData(), static_cast<size_t>(json.size())).get(m_root);
    if (error == simdjson::SUCCESS)
        return;
    const QString what = QString::fromLatin1(simdjson::error_message(error));
    m_reading.problem = garbled(u"the answer is not JSON%1: %2"_s.arg(whereItBreaks(json), what));
}

} // namespace tidemark::pbs
