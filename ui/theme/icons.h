#pragma once

#include <QColor>
#include <QHash>
#include <QIcon>
#include <QPixmap>

#include <functional>

namespace tidemark {

// The project's line icons (16 px grid, drawn with currentColor), recoloured; cached for each colour, size
// and device pixel ratio.
class IconLoader
{
public:
    IconLoader();
    [[nodiscard]] QPixmap pixmap(const QString &name, const QColor &color, int size, qreal ratio) const;
    // The colour is asked for at each painting, so an icon follows the theme by itself.
    [[nodiscard]] static QIcon icon(const QString &name, std::function<QColor(QIcon::Mode)> color);
    [[nodiscard]] static bool exists(const QString &name);

private:
    mutable QHash<QString, QPixmap> m_cache;
};

} // namespace tidemark
