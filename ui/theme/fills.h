#pragma once

#include "fleet/fleet.h"

#include <QPixmap>
#include <QRectF>

class QPainter;

namespace tidemark {

class Theme;

// A span as a colour and a pattern.
enum class Fill {
    Restorable,
    NotRestorable, // or over objective
    Expected, // predicted
    Maintenance,
    Overlap,
    LegalHold,
    Future, // simulated
    Lost // or undone
};

// With the 1 px outline; radius 2.
void paintFill(QPainter &painter, const Theme &theme, Fill fill, const QRectF &rect);
// The repeating square of a fill's pattern for one device pixel ratio: transparent ground, whole device
// pixels.
[[nodiscard]] QPixmap hatchTile(const Theme &theme, Fill fill, qreal ratio);

// The environment's pattern along an edge: solid production, striped test, dotted lab. An environment nobody
// has set counts as production; `all` is the grey of all clusters.
void paintEnvironmentEdge(QPainter &painter, const Theme &theme, Environment environment, const QRectF &rect);
void paintNeutralEdge(QPainter &painter, const Theme &theme, const QRectF &rect);
[[nodiscard]] QString environmentWords(Environment environment); // "Production", "Test", "Practice lab"
[[nodiscard]] QString environmentLetters(Environment environment); // "PROD", "TEST", "LAB"

} // namespace tidemark
