#pragma once

#include "timeline/scalestrip.h"
#include "timeline/timelinescene.h"

namespace tidemark {

// A year, or all that is known when that is more, of all clusters in one line each.
class TimelineStrip : public ScaleStrip
{
    Q_OBJECT

public:
    explicit TimelineStrip(QWidget *parent = nullptr);
    void show(const TimelineScene &scene, Instant oldest);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    [[nodiscard]] QRectF timeRect() const override;
    void paintWords(QPainter &painter) const override;
    void paintTime(QPainter &painter, const QRectF &time) const override;

private:
    [[nodiscard]] QString monthText(Instant at) const;
    void paintLanes(QPainter &painter, const QRectF &rect) const;

    TimelineScene m_scene;
};

} // namespace tidemark
