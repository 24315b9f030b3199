#pragma once

#include <QPoint>
#include <QString>

class QPainter;

namespace tidemark {

class Theme;

// A key as a small outlined cap: "Ctrl+K". Vertically centred on the anchor, which is its left or right end.
// Answers with its width.
int paintKeyCap(
    QPainter &painter, const Theme &theme, const QString &keys, QPoint anchor, Qt::AlignmentFlag end);
[[nodiscard]] int keyCapWidth(const Theme &theme, const QString &keys);

} // namespace tidemark
