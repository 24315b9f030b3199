#pragma once

#include "timeline/timelinepaint.h"

#include <QAbstractScrollArea>
#include <QPixmap>

namespace tidemark {

// The lanes of all clusters under one axis. Paints a scene it is given and tells what a person did; it knows
// no clock and no server. The wheel zooms, dragging pans, a click sets the cursor.
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);

    void show(TimelineScene scene); // everything new; the scale keeps its span and fits the width
    void setScale(TimeScale scale);
    void setCursorAt(Instant instant, const QString &text);
    void setCurrent(int lane);
    [[nodiscard]] const TimelineScene &scene() const { return m_scene; }
    [[nodiscard]] QRect laneRect(int lane) const; // in the viewport, head included
    [[nodiscard]] int laneAt(const QPoint &point) const; // -1: none
    [[nodiscard]] QRect timeRect() const; // right of the heads, below the axis

Q_SIGNALS:
    void cursorWanted(Instant instant);
    void scaleWanted(TimeScale scale);
    void laneWanted(int lane);
    void laneActivated(int lane); // Enter or a double click on it
    void moveWanted(QKeyEvent *event); // a key that moves the cursor; the page knows the marks

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void dirty();
    void redraw();
    void fitScrollBar();
    void updateCursorColumn();
    [[nodiscard]] int contentHeight() const;
    void moveLane(int by);

    TimelineScene m_scene;
    QPixmap m_picture; // everything but the cursor
    bool m_dirty = true;
    QPoint m_pressed;
    TimeScale m_scalePressed;
    bool m_dragging = false;
};

} // namespace tidemark
