#pragma once

#include "calendar/calendaraccess.h"
#include "moment/momentpaint.h"

#include <QAbstractScrollArea>

#include <functional>

namespace tidemark {

// Transactions and deleted rows over one time axis, and below it a lane for each relation that events touch.
// Paints a scene it is given and tells what a person did. The wheel and + - zoom, dragging and arrows pan.
class MomentView : public QAbstractScrollArea, public AccessibleDays
{
    Q_OBJECT

public:
    explicit MomentView(QWidget *parent = nullptr);

    void setEventWords(std::function<QString(std::size_t event)> words) { m_words = std::move(words); }
    void show(MomentScene scene); // everything new; the scale keeps its span and fits the width
    void setScale(const TimeScale &scale);
    void setCurrent(int event);
    void setStop(std::optional<Instant> at, const QString &text);
    [[nodiscard]] const MomentScene &scene() const { return m_scene; }
    [[nodiscard]] const MomentBars &bars() const { return m_bars; }
    [[nodiscard]] QString wordsOf(std::size_t event) const { return m_words ? m_words(event) : QString(); }
    [[nodiscard]] QRect laneRect(int lane) const; // in the viewport, its name included
    [[nodiscard]] std::vector<MarkPlace> places(int lane) const;
    [[nodiscard]] int eventAt(const QPoint &point) const; // -1: none
    [[nodiscard]] double timeWidth() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    // For screen readers each lane is what a day is to the calendar, and each mark one of its items.
    [[nodiscard]] int dayCount() const override { return int(m_scene.lanes.size()); }
    [[nodiscard]] QRect dayPlace(int lane) const override { return laneRect(lane); }
    [[nodiscard]] QString dayWords(int lane) const override;
    [[nodiscard]] bool isChosen(int lane) const override;
    [[nodiscard]] int itemCount(int lane) const override;
    [[nodiscard]] QRect itemPlace(int lane, int item) const override;
    [[nodiscard]] QString itemWords(int lane, int item) const override;
    [[nodiscard]] const QWidget *paintedOn() const override { return viewport(); }

Q_SIGNALS:
    void scaleWanted(TimeScale scale);
    void eventWanted(int event);
    void stepWanted(int by); // to the next event of the table, or the one before
    void fitWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    [[nodiscard]] MomentPlaces where() const;
    void arrange();
    void paintHeads(QPainter &painter, const MomentPlaces &places) const;
    void paintLanes(QPainter &painter, const MomentPlaces &places) const;
    void pinch(double factor, double x);

    MomentScene m_scene;
    MomentBars m_bars;
    std::function<QString(std::size_t)> m_words;
    QPoint m_pressed;
    TimeScale m_scalePressed;
    bool m_dragging = false;
};

} // namespace tidemark
