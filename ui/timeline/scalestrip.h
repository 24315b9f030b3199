#pragma once

#include "timeline/scaleframe.h"

#include <QPixmap>
#include <QWidget>

namespace tidemark {

// All the time there is in one line, painted once, and a frame over it around what the view below shows. The
// frame is dragged, or its ends; a click elsewhere brings it there; the wheel zooms, sideways it moves.
class ScaleStrip : public QWidget
{
    Q_OBJECT

public:
    void setFrame(const TimeScale &shown);
    [[nodiscard]] QRectF frameRect() const;
    [[nodiscard]] const TimeScale &whole() const { return m_whole; }

Q_SIGNALS:
    void scaleWanted(TimeScale scale);

protected:
    ScaleStrip(const QString &name, QWidget *parent);
    void setWhole(Instant from, Instant to); // what is painted is another
    void repaintAll();
    [[nodiscard]] virtual QRectF timeRect() const = 0;
    [[nodiscard]] virtual QRectF frameRoom() const { return timeRect(); }
    // Everything but the frame: the words in front, and the time, clipped to it.
    virtual void paintWords(QPainter &painter) const = 0;
    virtual void paintTime(QPainter &painter, const QRectF &time) const = 0;

    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void redraw();

    QPixmap m_picture; // null: to be drawn anew
    TimeScale m_whole;
    ScaleFrame m_frame;
};

} // namespace tidemark
