#pragma once

#include <QColor>
#include <QHash>
#include <QIcon>
#include <QPixmap>

namespace tidemark {

// The project's line icons (16 px grid, drawn with currentColor), recoloured; cached for each colour, size
// and device pixel ratio.
class IconLoader
{
public:
    IconLoader();
    [[nodiscard]] QPixmap pixmap(const QString &name, const QColor &color, int size, qreal ratio) const;
    [[nodiscard]] QIcon icon(const QString &name, const QColor &color, const QColor &disabled) const;
    [[nodiscard]] static bool exists(const QString &name);

private:
    mutable QHash<QString, QPixmap> m_cache;
};

} // namespace tidemark
