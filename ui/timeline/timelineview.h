#pragma once

#include "timeline/timelineitems.h"
#include "timeline/timelinescene.h"

#include <QAbstractScrollArea>
#include <QPixmap>

#include <functional>

namespace tidemark {

// The lanes of all clusters under one axis. Paints a scene it is given and tells what a person did; it knows
// no clock and no server. The wheel zooms, dragging pans, a click sets the cursor.
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    using Wording = std::function<QString(int lane, const TimelineItem &item)>;

    explicit TimelineView(QWidget *parent = nullptr);

    void setItemWords(Wording words) { m_itemWords = std::move(words); }
    void show(TimelineScene scene); // everything new; the scale keeps its span and fits the width
    void setScale(TimeScale scale);
    void setCursorAt(Instant instant, const QString &text);
    void setCurrent(int lane);
    [[nodiscard]] const TimelineScene &scene() const { return m_scene; }
    [[nodiscard]] QRect laneRect(int lane) const; // in the viewport, head included
    [[nodiscard]] int laneAt(const QPoint &point) const; // -1: none
    [[nodiscard]] QRect timeRect() const; // right of the heads, below the axis
    [[nodiscard]] std::vector<TimelineItem> items(int lane) const;
    [[nodiscard]] QString wordsOf(int lane, const TimelineItem &item) const;

Q_SIGNALS:
    void cursorWanted(Instant instant);
    void scaleWanted(TimeScale scale);
    void laneWanted(int lane);
    void laneActivated(int lane); // Enter or a double click on it
    void openWanted(int lane); // Space, or a click on the arrow beside the name: open it, or close it
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
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;

private:
    void dirty();
    void arrange();
    void redraw();
    void drawHeads(QPainter &painter) const;
    void paintCorner(QPainter &painter, const QRect &corner) const;
    void fitScrollBar();
    void updateCursorColumn();
    [[nodiscard]] int contentHeight() const;
    [[nodiscard]] bool onArrow(int lane, QPoint point) const;
    [[nodiscard]] QString tipAt(QPoint point) const;
    void moveLane(int by);

    TimelineScene m_scene;
    std::vector<std::vector<LaneStrip>> m_strips; // of each lane
    std::vector<int> m_tops; // of each lane, and the end of the last
    Wording m_itemWords;
    QPixmap m_picture; // everything but the cursor
    bool m_dirty = true;
    bool m_headsDirty = true; // they stay as they are while the axis moves
    QPoint m_pressed;
    TimeScale m_scalePressed;
    bool m_dragging = false;
};

} // namespace tidemark
