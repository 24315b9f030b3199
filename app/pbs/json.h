#pragma once

#include "values/bytes.h"
#include "values/error.h"
#include "values/instant.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <simdjson.h>
#include <string_view>
#include <unordered_map>
#include <vector>

// Reading a server's JSON into values. The first thing that is not as it must be is kept with its place
// ("/data/3/backup-time"); the reading goes on with defaults and the whole answer is refused at the end.
namespace tidemark::pbs {

// The same text often occurs thousands of times in one answer; it is kept once.
class Strings
{
public:
    [[nodiscard]] const QString &of(std::string_view utf8);

private:
    std::unordered_map<std::string_view, QString> m_known;
};

struct Reading {
    Strings strings;
    std::optional<Error> problem;
};

// An element and the way to it.
struct Node {
    simdjson::dom::element element;
    Reading *reading = nullptr;
    const Node *parent = nullptr;
    std::string_view key {};
    qsizetype index = -1;

    [[nodiscard]] QString place() const;
    void complain(const QString &what) const;
};

void take(const Node &node, QString &out);
void take(const Node &node, qint64 &out);
void take(const Node &node, double &out);
void take(const Node &node, bool &out);
void take(const Node &node, Instant &out); // seconds since the epoch
void take(const Node &node, Bytes &out);
void take(const Node &node, std::map<QString, std::map<QString, bool>> &out);
template <class T>
void take(const Node &node, std::optional<T> &out);
template <class T>
void take(const Node &node, std::vector<T> &out);
void take(const Node &node, QStringList &out);
template <class T>
requires std::is_class_v<T>
void take(const Node &node, T &out);

// The visitor of fields.h that fills a value from an object.
class FieldReader
{
public:
    explicit FieldReader(const Node &node)
        : m_node(node)
    {
        if (node.element.get(m_object) != simdjson::SUCCESS)
            node.complain(QStringLiteral("is not an object"));
        else
            m_readable = true;
    }

    template <class T>
    void operator()(std::string_view name, T &field)
    {
        if (!readIfThere(name, field) && m_readable)
            missing(name);
    }
    template <class T>
    void operator()(std::string_view name, std::optional<T> &field)
    {
        readIfThere(name, field);
    }
    template <class T>
    void may(std::string_view name, T &field)
    {
        readIfThere(name, field);
    }
    // A time the server has reckoned: what lies beyond all time is none.
    void reckoned(std::string_view name, std::optional<Instant> &field);
    template <class T>
    void flat(T &field)
    {
        fields(*this, field);
    }

private:
    // Null counts as absent.
    template <class T>
    bool readIfThere(std::string_view name, T &field)
    {
        simdjson::dom::element found;
        if (!m_readable || m_object.at_key(name).get(found) != simdjson::SUCCESS || found.is_null())
            return false;
        take(Node { found, m_node.reading, &m_node, name }, field);
        return true;
    }
    void missing(std::string_view name);

    const Node &m_node;
    simdjson::dom::object m_object;
    bool m_readable = false;
};

template <class T>
void take(const Node &node, std::optional<T> &out)
{
    take(node, out.emplace());
}

template <class T>
void take(const Node &node, std::vector<T> &out)
{
    simdjson::dom::array array;
    if (node.element.get(array) != simdjson::SUCCESS)
        return node.complain(QStringLiteral("is not a list"));
    out.reserve(array.size());
    qsizetype index = 0;
    for (const auto element : array) {
        const Node item { element, node.reading, &node, {}, index++ };
        if constexpr (requires(T x) { x.reset(); }) {
            if (element.is_null()) {
                out.emplace_back();
                continue;
            }
        }
        take(item, out.emplace_back());
    }
}

template <class T>
requires std::is_class_v<T>
void take(const Node &node, T &out)
{
    FieldReader reader(node);
    fields(reader, out);
}

// For an answer whose data, if any, do not matter.
struct Nothing {
};
inline void take(const Node &, Nothing &) { }

// An answer and what stands beside its data.
template <class T>
struct Envelope {
    T data {};
    std::optional<qint64> total;
    std::optional<QString> digest;
    std::optional<bool> active;
};

// A parsed document. Not JSON at all is "pbs.garbled" with the byte where it stops being some.
class Document
{
public:
    explicit Document(const QByteArray &json);
    [[nodiscard]] const std::optional<Error> &problem() const { return m_reading.problem; }

    // "pbs.garbled" with the place of what is missing or of another type.
    template <class T>
    [[nodiscard]] Result<Envelope<T>> read()
    {
        Envelope<T> out;
        if (!m_reading.problem)
            readEnvelope(out);
        if (m_reading.problem)
            return tl::unexpected(*m_reading.problem);
        return out;
    }

private:
    template <class T>
    void readEnvelope(Envelope<T> &out)
    {
        const Node root { m_root, &m_reading };
        FieldReader reader(root);
        reader("data", out.data);
        reader("total", out.total);
        reader("digest", out.digest);
        reader("active", out.active);
    }

    simdjson::dom::parser m_parser;
    simdjson::dom::element m_root;
    Reading m_reading;
};

} // namespace tidemark::pbs
