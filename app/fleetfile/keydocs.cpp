#include "fleetfile/keydocs.h"

#include "fleetfile/tables.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace tidemark::fleetfile {

using yaml::KeySpec;
using yaml::MapSpec;
using yaml::Shape;

static void collect(const MapSpec &map, std::vector<const MapSpec *> &maps)
{
    if (std::find(maps.begin(), maps.end(), &map) != maps.end())
        return;
    maps.push_back(&map);
    for (const KeySpec &key : map.keys) {
        if (key.map)
            collect(*key.map, maps);
    }
}

static std::vector<const MapSpec *> allMaps()
{
    std::vector<const MapSpec *> maps;
    collect(fleetTable().spec(), maps);
    return maps;
}

static QString quotedWords(const QStringList &words)
{
    QStringList quoted;
    for (const QString &word : words)
        quoted << u'`' + word + u'`';
    return quoted.join(u", "_s);
}

static QString valueWords(const KeySpec &key)
{
    switch (key.shape) {
    case Shape::Scalar:
        if (!key.choices.isEmpty())
            return quotedWords(key.choices);
        return key.names.isEmpty() ? key.kind->name : u"name of one of `%1`"_s.arg(key.names);
    case Shape::Texts:
        return key.names.isEmpty() ? u"list: %1"_s.arg(key.kind->name)
                                   : u"list: names of `%1`"_s.arg(key.names);
    case Shape::Pairs:
        return key.choices.isEmpty() ? u"map: free keys, %1"_s.arg(key.kind->name)
                                     : u"map: %1; %2"_s.arg(quotedWords(key.choices), key.kind->name);
    case Shape::Map:
        return u"map: see %1"_s.arg(key.map->noun);
    case Shape::Items:
        return u"list: see %1"_s.arg(key.map->noun);
    }
    return {};
}

static QString title(const QString &noun)
{
    return noun.left(1).toUpper() + noun.mid(1);
}

QString keyTables()
{
    QString text;
    for (const MapSpec *map : allMaps()) {
        text += u"### %1\n\n| key | value | what it says |\n|---|---|---|\n"_s.arg(title(map->noun));
        for (const KeySpec &key : map->keys) {
            const QString need = key.required ? u" (required)"_s : QString();
            text += u"| `"_s + key.key + u"`"_s + need + u" | "_s + valueWords(key) + u" | "_s + key.about
                + u" |\n"_s;
        }
        text += u'\n';
    }
    return text;
}

static QJsonObject scalarSchema(const KeySpec &key)
{
    if (key.shape == Shape::Scalar && !key.choices.isEmpty())
        return { { u"enum"_s, QJsonArray::fromStringList(key.choices) } };
    // YAML readers hand numbers over as numbers.
    QJsonObject schema { { u"type"_s, QJsonArray { u"string"_s, u"number"_s } } };
    if (key.kind == &yaml::anyText())
        schema[u"type"_s] = QJsonArray { u"string"_s, u"number"_s, u"boolean"_s };
    if (!key.kind->pattern.isEmpty())
        schema[u"pattern"_s] = key.kind->pattern;
    return schema;
}

static QJsonObject reference(const MapSpec &map)
{
    return { { u"$ref"_s, u"#/$defs/"_s + map.noun } };
}

static QJsonObject pairsSchema(const KeySpec &key)
{
    if (key.choices.isEmpty())
        return { { u"type"_s, u"object"_s }, { u"additionalProperties"_s, scalarSchema(key) } };
    QJsonObject properties;
    for (const QString &choice : key.choices)
        properties[choice] = scalarSchema(key);
    return { { u"type"_s, u"object"_s }, { u"properties"_s, properties },
        { u"additionalProperties"_s, false } };
}

static QJsonObject keySchemaOf(const KeySpec &key)
{
    switch (key.shape) {
    case Shape::Scalar:
        return scalarSchema(key);
    case Shape::Texts:
        return { { u"type"_s, u"array"_s }, { u"items"_s, scalarSchema(key) } };
    case Shape::Pairs:
        return pairsSchema(key);
    case Shape::Map:
        return reference(*key.map);
    case Shape::Items:
        return { { u"type"_s, u"array"_s }, { u"items"_s, reference(*key.map) } };
    }
    return {};
}

static QJsonObject mapSchema(const MapSpec &map)
{
    QJsonObject properties;
    QJsonArray required;
    for (const KeySpec &key : map.keys) {
        QJsonObject schema = keySchemaOf(key);
        schema[u"description"_s] = key.about;
        properties[key.key] = schema;
        if (key.required)
            required << key.key;
    }
    QJsonObject schema { { u"type"_s, u"object"_s }, { u"properties"_s, properties },
        { u"additionalProperties"_s, false } };
    if (!required.isEmpty())
        schema[u"required"_s] = required;
    return schema;
}

QByteArray keySchema()
{
    QJsonObject definitions;
    for (const MapSpec *map : allMaps())
        definitions[map->noun] = mapSchema(*map);
    QJsonObject schema { { u"$schema"_s, u"https://json-schema.org/draft/2020-12/schema"_s },
        { u"title"_s, u"Tidemark fleet file"_s }, { u"$ref"_s, u"#/$defs/fleet"_s },
        { u"$defs"_s, definitions } };
    return QJsonDocument(schema).toJson();
}

} // namespace tidemark::fleetfile
