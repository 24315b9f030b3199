#pragma once

#include "values/error.h"
#include "values/instant.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <simdjson.h>
#include <string_view>
#include <vector>

namespace tidemark {

// A place in a tool's answer. What is not there, null or of another type is empty: tools of other versions
// leave fields out and add some. Lives as long as its ToolAnswer.
class JsonView
{
public:
    JsonView() = default;
    explicit JsonView(simdjson::dom::element element)
        : m_element(element)
    {
    }

    [[nodiscard]] bool exists() const { return m_element.has_value(); }
    [[nodiscard]] JsonView operator[](std::string_view key) const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString text(std::string_view key) const { return (*this)[key].text(); }
    [[nodiscard]] std::optional<qint64> number() const; // also a text of digits
    [[nodiscard]] std::optional<qint64> number(std::string_view key) const { return (*this)[key].number(); }
    [[nodiscard]] std::optional<quint64> large() const; // above 2^63 too; also a text of digits
    [[nodiscard]] std::optional<quint64> large(std::string_view key) const { return (*this)[key].large(); }
    [[nodiscard]] std::optional<bool> flag(std::string_view key) const;
    [[nodiscard]] std::optional<Instant> seconds(std::string_view key) const; // since the epoch
    [[nodiscard]] QStringList texts(std::string_view key) const;
    [[nodiscard]] std::vector<JsonView> items() const; // of a list
    [[nodiscard]] bool isList() const;
    [[nodiscard]] bool isObject() const;

    // Calls with (name, value) for each member of an object.
    template <class Each>
    void members(Each each) const
    {
        simdjson::dom::object object;
        if (!m_element || m_element->get(object) != simdjson::SUCCESS)
            return;
        for (const auto member : object)
            each(member.key, JsonView(member.value));
    }

private:
    std::optional<simdjson::dom::element> m_element;
};

[[nodiscard]] QString qstring(std::string_view utf8);

// The whole answer. Bytes that are no UTF-8 and bare control characters inside its texts are replaced: tools
// quote the files they choke on.
class ToolAnswer
{
public:
    // Not JSON at all is an error with that code.
    [[nodiscard]] static Result<ToolAnswer> read(QByteArray bytes, const QString &code);
    [[nodiscard]] JsonView root() const { return m_root; }

private:
    struct Parsed;
    std::shared_ptr<Parsed> m_parsed;
    JsonView m_root;
};

} // namespace tidemark
