#pragma once

#include "timeline/scaleframe.h"
#include "timeline/timelinescene.h"

#include <QPixmap>
#include <QWidget>

namespace tidemark {

// A year, or all that is known when that is more, of all clusters in one line each; a frame shows what the
// timeline below shows. The frame is dragged, or its ends; a click elsewhere brings the frame there.
class TimelineStrip : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineStrip(QWidget *parent = nullptr);
    void show(const TimelineScene &scene, Instant oldest);
    void setFrame(const TimeScale &shown);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void scaleWanted(TimeScale scale);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QRectF timeRect() const;
    void redraw();
    [[nodiscard]] QString monthText(Instant at) const;
    void paintTime(QPainter &painter, const QRectF &time) const;
    void paintLanes(QPainter &painter, const QRectF &rect) const;

    TimelineScene m_scene;
    QPixmap m_picture; // everything but the frame; null: to be drawn anew
    TimeScale m_whole;
    ScaleFrame m_frame;
};

} // namespace tidemark
