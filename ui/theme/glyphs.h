#pragma once

#include "theme/tokens.h"

#include <QRectF>
#include <QString>

class QPainter;
class QPixmap;

namespace tidemark {

class Theme;

// A state as a shape, so that it is read without its colour.
enum class Glyph {
    None,
    Ok, // proven, check passed
    OkQuiet, // the same in tables
    Attention, // over objective
    Failed, // blocks
    Missed, // missing, never happened
    Running,
    Waits, // for a person
    Due,
    Planned,
    Cancelled, // skipped
    Hold, // legal hold
    Unknown, // never measured
    Destructive, // step that destroys
    Stale // last value, old
};

// What a mark on a time axis stands for.
enum class Marker {
    Full,
    Differential,
    Incremental,
    BaseBackup,
    Dump,
    Snapshot,
    S3,
    Standby,
    Maintenance,
    Prune
};

// Drawn into a square of any size from a 16 px grid; the rectangle is best on whole device pixels.
void paintGlyph(QPainter &painter, const Theme &theme, Glyph glyph, const QRectF &rect);
void paintMarker(
    QPainter &painter, const Theme &theme, Marker marker, const QRectF &rect, bool planned = false);
// The same as squares that are drawn once, for thousands of them in a frame.
[[nodiscard]] QPixmap glyphPixmap(const Theme &theme, Glyph glyph, int size, qreal ratio);
[[nodiscard]] QPixmap markerPixmap(const Theme &theme, Marker marker, int size, qreal ratio);

// The colour for words beside the glyph and the ground of a chip with it.
[[nodiscard]] Token textToken(Glyph glyph);
[[nodiscard]] Token tintToken(Glyph glyph);
// One or two words for screen readers: "ok", "failed"; empty for None.
[[nodiscard]] QString glyphWords(Glyph glyph);

} // namespace tidemark
