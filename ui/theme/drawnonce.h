#pragma once

#include "theme/theme.h"

#include <QPixmapCache>

namespace tidemark {

// A pixmap that is drawn once for a theme and a screen. Theme::changed() is preceded by forgetting them all.
template <class Draw>
[[nodiscard]] QPixmap drawnOnce(
    const Theme &theme, QLatin1Char kind, int which, int size, qreal ratio, Draw draw)
{
    const QString key = QStringLiteral("tidemark %1 %2 %3 %4 %5")
                            .arg(kind)
                            .arg(which)
                            .arg(size)
                            .arg(ratio)
                            .arg(quintptr(&theme));
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = draw();
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

} // namespace tidemark
