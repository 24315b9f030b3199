#pragma once

#include "yaml/scalars.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace tidemark::yaml {

enum class Shape {
    Scalar,
    Texts, // a list of texts
    Pairs, // a map of texts, its keys free or among the choices
    Map, // a map of known keys
    Items // a list of maps, each with a name of its own
};

struct MapSpec;

// One key a file may have: the reader, docs/…md and the JSON schema all speak from this.
struct KeySpec {
    QString key;
    Shape shape = Shape::Scalar;
    const ScalarKind *kind = nullptr; // of the scalar, the list's texts or the map's values
    QString about;
    bool required = false;
    QStringList choices; // of the scalar, or the keys of Pairs
    QString names; // the top-level list whose items it names: "clusters"
    const MapSpec *map = nullptr; // of Map and Items
};

struct MapSpec {
    QString noun; // "cluster"
    std::vector<KeySpec> keys;

    [[nodiscard]] const KeySpec *find(const QString &key) const;
    [[nodiscard]] QStringList known() const;
};

// The candidate a person most likely meant; empty when none is near.
[[nodiscard]] QString nearest(const QString &word, const QStringList &candidates);

} // namespace tidemark::yaml
