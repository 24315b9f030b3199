#pragma once

#include "yaml/keys.h"
#include "yaml/node.h"

#include <QHash>
#include <QMap>

#include <functional>

// Ties the keys of a file to the members of a value, once for reading, writing, checking and documenting:
//
//     Table<Host> table(u"host"_s);
//     table.add({ .key = u"name"_s, .kind = &nameText(), .about = …, .required = true }, &Host::name);
//
// read() expects a node that check() found nothing wrong with.
namespace tidemark::yaml {

// How one kind of member is written as text and read back.
template <class V>
struct Words;

template <>
struct Words<QString> {
    static QString read(const QString &text) { return text; }
    static std::optional<QString> write(const QString &value)
    {
        return value.isEmpty() ? std::nullopt : std::optional(value);
    }
};

template <>
struct Words<int> {
    static int read(const QString &text) { return text.toInt(); }
    static std::optional<QString> write(int value)
    {
        return value == 0 ? std::nullopt : std::optional(QString::number(value));
    }
};

template <class Period>
struct Words<std::optional<std::chrono::duration<qint64, Period>>> {
    using Duration = std::chrono::duration<qint64, Period>;
    static std::optional<Duration> read(const QString &text)
    {
        return std::chrono::ceil<Duration>(parseDuration(text).value_or(std::chrono::seconds(0)));
    }
    static std::optional<QString> write(const std::optional<Duration> &value)
    {
        return value ? std::optional(durationText(*value)) : std::nullopt;
    }
};

// Numbers whose width the standard library chose; the same as above for it.
template <class Rep, class Period>
requires(!std::is_same_v<Rep, qint64>) struct Words<std::optional<std::chrono::duration<Rep, Period>>> {
    using Duration = std::chrono::duration<Rep, Period>;
    static std::optional<Duration> read(const QString &text)
    {
        return std::chrono::ceil<Duration>(parseDuration(text).value_or(std::chrono::seconds(0)));
    }
    static std::optional<QString> write(const std::optional<Duration> &value)
    {
        return value ? std::optional(durationText(*value)) : std::nullopt;
    }
};

template <>
struct Words<std::chrono::seconds> {
    static std::chrono::seconds read(const QString &text)
    {
        return parseDuration(text).value_or(std::chrono::seconds(0));
    }
    static std::optional<QString> write(std::chrono::seconds value)
    {
        return value.count() == 0 ? std::nullopt : std::optional(durationText(value));
    }
};

template <>
struct Words<std::optional<Bytes>> {
    static std::optional<Bytes> read(const QString &text) { return parseSize(text); }
    static std::optional<QString> write(const std::optional<Bytes> &value)
    {
        return value ? std::optional(sizeText(*value)) : std::nullopt;
    }
};

template <>
struct Words<std::optional<double>> {
    static std::optional<double> read(const QString &text) { return parsePercent(text); }
    static std::optional<QString> write(const std::optional<double> &value)
    {
        return value ? std::optional(percentText(*value)) : std::nullopt;
    }
};

[[nodiscard]] inline Node emptyOf(Node::Kind kind)
{
    Node node;
    node.kind = kind;
    return node;
}

inline void put(Node &map, const QString &key, Node value)
{
    map.keys.push_back(scalar(key, Node::Style::Plain));
    map.items.push_back(std::move(value));
}

template <class T>
class Table
{
public:
    explicit Table(const QString &noun) { m_spec.noun = noun; }

    [[nodiscard]] const MapSpec &spec() const { return m_spec; }
    [[nodiscard]] T read(const Node &map) const
    {
        T value {};
        for (const Row &row : m_rows) {
            if (const Node *node = map.find(row.key))
                row.read(value, *node);
        }
        return value;
    }
    [[nodiscard]] Node write(const T &value) const
    {
        Node map = emptyOf(Node::Kind::Map);
        for (const Row &row : m_rows)
            row.write(value, map);
        return map;
    }

    // One value written as text: texts, numbers, durations, sizes.
    template <class V>
    Table &add(KeySpec spec, V T::*member)
    {
        // What reads as a number elsewhere need not be quoted where a number is meant.
        const bool bare = spec.kind != &anyText() || !spec.choices.isEmpty();
        return row(
            std::move(spec),
            [member](T &value, const Node &node) { value.*member = Words<V>::read(node.text); },
            [member, bare](const T &value) -> std::optional<Node> {
                const auto text = Words<V>::write(value.*member);
                if (!text)
                    return {};
                return scalar(*text, bare ? Node::Style::Plain : Node::Style::Double);
            });
    }
    // A word for each enumerator; the fallback is not written.
    template <class E>
    Table &addChoice(KeySpec spec, E T::*member, const std::vector<std::pair<E, QString>> &words)
    {
        for (const auto &word : words)
            spec.choices << word.second;
        return row(
            std::move(spec),
            [member, words](T &value, const Node &node) {
                for (const auto &word : words) {
                    if (word.second == node.text)
                        value.*member = word.first;
                }
            },
            [member, words](const T &value) -> std::optional<Node> {
                for (const auto &word : words) {
                    if (word.first == value.*member)
                        return scalar(word.second, Node::Style::Plain);
                }
                return {};
            });
    }
    Table &addTexts(KeySpec spec, QStringList T::*member)
    {
        spec.shape = Shape::Texts;
        return row(
            std::move(spec),
            [member](T &value, const Node &node) {
                for (const Node &item : node.items)
                    (value.*member) << item.text;
            },
            [member](const T &value) -> std::optional<Node> {
                Node list = emptyOf(Node::Kind::List);
                for (const QString &text : value.*member)
                    list.items.push_back(scalar(text));
                return list.items.empty() ? std::nullopt : std::optional(std::move(list));
            });
    }
    // A map with free keys, or keys among the choices (written in their order).
    template <class Map>
    Table &addPairs(KeySpec spec, Map T::*member)
    {
        spec.shape = Shape::Pairs;
        using V = typename Map::mapped_type;
        const QStringList order = spec.choices;
        return row(
            std::move(spec),
            [member](T &value, const Node &node) {
                for (std::size_t i = 0; i < node.keys.size(); ++i)
                    (value.*member)[node.keys[i].text] = Words<V>::read(node.items[i].text);
            },
            [member, order](const T &value) -> std::optional<Node> {
                Node map = emptyOf(Node::Kind::Map);
                const Map &pairs = value.*member;
                for (const QString &key : order.isEmpty() ? QStringList(pairs.keys()) : order) {
                    if (pairs.contains(key))
                        put(map, key, pairNode<V>(pairs[key]));
                }
                return map.keys.empty() ? std::nullopt : std::optional(std::move(map));
            });
    }
    template <class S>
    Table &addMap(KeySpec spec, S T::*member, const Table<S> &table)
    {
        spec.shape = Shape::Map;
        spec.map = &table.spec();
        return row(
            std::move(spec),
            [member, &table](T &value, const Node &node) { value.*member = table.read(node); },
            [member, &table](const T &value) -> std::optional<Node> {
                Node map = table.write(value.*member);
                return map.keys.empty() ? std::nullopt : std::optional(std::move(map));
            });
    }
    template <class S>
    Table &addItems(KeySpec spec, std::vector<S> T::*member, const Table<S> &table)
    {
        spec.shape = Shape::Items;
        spec.map = &table.spec();
        return row(
            std::move(spec),
            [member, &table](T &value, const Node &node) {
                for (const Node &item : node.items)
                    (value.*member).push_back(table.read(item));
            },
            [member, &table](const T &value) -> std::optional<Node> {
                Node list = emptyOf(Node::Kind::List);
                for (const S &item : value.*member)
                    list.items.push_back(table.write(item));
                return list.items.empty() ? std::nullopt : std::optional(std::move(list));
            });
    }

private:
    struct Row {
        QString key;
        std::function<void(T &, const Node &)> read;
        std::function<void(const T &, Node &)> write;
    };

    template <class V>
    static Node pairNode(const V &value)
    {
        if constexpr (std::is_same_v<V, int>)
            return scalar(QString::number(value), Node::Style::Plain);
        else
            return scalar(value);
    }

    template <class Read, class Write>
    Table &row(KeySpec spec, Read read, Write write)
    {
        const QString key = spec.key;
        m_rows.push_back({ key, std::move(read), [key, write](const T &value, Node &map) {
                              if (auto node = write(value))
                                  put(map, key, std::move(*node));
                          } });
        m_spec.keys.push_back(std::move(spec));
        return *this;
    }

    MapSpec m_spec;
    std::vector<Row> m_rows;
};

} // namespace tidemark::yaml
