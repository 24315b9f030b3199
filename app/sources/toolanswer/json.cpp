#include "toolanswer/json.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// Control characters inside texts, where JSON has none.
void blankControls(QByteArray &json)
{
    bool inside = false;
    bool escaped = false;
    for (char &c : json) {
        if (!inside) {
            inside = c == '"';
            continue;
        }
        if (static_cast<unsigned char>(c) < 0x20)
            c = '?';
        if (escaped)
            escaped = false;
        else if (c == '\\')
            escaped = true;
        else
            inside = c != '"';
    }
}

QByteArray mended(const QByteArray &json)
{
    QByteArray text = QString::fromUtf8(json).toUtf8();
    blankControls(text);
    return text;
}

} // namespace

struct ToolAnswer::Parsed {
    simdjson::dom::parser parser;
};

QString qstring(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Result<ToolAnswer> ToolAnswer::read(QByteArray bytes, const QString &code)
{
    ToolAnswer answer;
    answer.m_parsed = std::make_shared<Parsed>();
    simdjson::dom::element root;
    const auto parse = [&](const QByteArray &json) {
        return answer.m_parsed->parser.parse(json.constData(), static_cast<size_t>(json.size())).get(root);
    };
    auto error = parse(bytes);
    if (error != simdjson::SUCCESS)
        error = parse(mended(bytes));
    if (error != simdjson::SUCCESS) {
        const QString said = QString::fromUtf8(bytes.left(200)).simplified();
        return failure(ErrorKind::Protocol, code,
            u"not JSON (%1): %2"_s.arg(QString::fromLatin1(simdjson::error_message(error)), said));
    }
    answer.m_root = JsonView(root);
    return answer;
}

JsonView JsonView::operator[](std::string_view key) const
{
    simdjson::dom::object object;
    simdjson::dom::element found;
    if (!m_element || m_element->get(object) != simdjson::SUCCESS
        || object.at_key(key).get(found) != simdjson::SUCCESS || found.is_null())
        return {};
    return JsonView(found);
}

QString JsonView::text() const
{
    std::string_view text;
    if (!m_element || m_element->get(text) != simdjson::SUCCESS)
        return {};
    return qstring(text);
}

std::optional<qint64> JsonView::number() const
{
    int64_t number = 0;
    if (m_element && m_element->get(number) == simdjson::SUCCESS)
        return number;
    bool whole = false;
    const qint64 read = text().toLongLong(&whole);
    return whole ? std::optional(read) : std::nullopt;
}

std::optional<quint64> JsonView::large() const
{
    uint64_t number = 0;
    if (m_element && m_element->get(number) == simdjson::SUCCESS)
        return number;
    bool whole = false;
    const quint64 read = text().toULongLong(&whole);
    return whole ? std::optional(read) : std::nullopt;
}

std::optional<bool> JsonView::flag(std::string_view key) const
{
    const JsonView found = (*this)[key];
    bool value = false;
    if (!found.m_element || found.m_element->get(value) != simdjson::SUCCESS)
        return {};
    return value;
}

std::optional<Instant> JsonView::seconds(std::string_view key) const
{
    constexpr qint64 limit = 1ll << 40; // no backup was made in the year 36 000
    const auto value = number(key);
    return value && *value >= 0 && *value < limit ? std::optional(Instant::fromSeconds(*value))
                                                  : std::nullopt;
}

QStringList JsonView::texts(std::string_view key) const
{
    QStringList texts;
    for (const JsonView &item : (*this)[key].items())
        texts << item.text();
    return texts;
}

std::vector<JsonView> JsonView::items() const
{
    std::vector<JsonView> items;
    simdjson::dom::array array;
    if (!m_element || m_element->get(array) != simdjson::SUCCESS)
        return items;
    items.reserve(array.size());
    for (const auto element : array)
        items.emplace_back(element);
    return items;
}

bool JsonView::isList() const
{
    return m_element && m_element->is_array();
}

bool JsonView::isObject() const
{
    return m_element && m_element->is_object();
}

} // namespace tidemark
