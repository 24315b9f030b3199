#pragma once

#include "calendar/calendarsurface.h"

namespace tidemark {

// Days on an axis of their hours, a lane for each track that has something in them. The axis is that of the
// wall clock, so that a day with 23 or 25 hours lines up with the others.
class HourLanes : public CalendarSurface
{
    Q_OBJECT

public:
    enum class Span {
        Pane,
        Day,
        Week
    }; // in the day pane only the busy hours are shown, and it takes no focus
    HourLanes(CalendarWords words, Span span, QWidget *parent = nullptr);
    void setScene(CalendarScene scene) override;

    [[nodiscard]] int runAt(QPoint point) const; // index into the plan, -1: none
    [[nodiscard]] QRect runRect(int run) const;
    [[nodiscard]] QString hoursWords() const; // "00–08": what the axis shows
    [[nodiscard]] QRect dayPlace(int day) const override;
    [[nodiscard]] QRect itemPlace(int day, int item) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return { 120, sizeHint().height() / 2 }; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    [[nodiscard]] QString tipAt(QPoint point) const override;
    [[nodiscard]] std::vector<const CalendarDay *> shownDays() const override;

private:
    struct Lane {
        int day = 0; // index into m_days
        int track = -1; // -1: the line that names the day
        std::vector<int> runs;
        double top = 0;
        double height = 0;
    };
    void place();
    void fitHours();
    void fitScrollBar();
    [[nodiscard]] double headHeight() const;
    [[nodiscard]] double labelWidth() const;
    [[nodiscard]] int hourStep() const;
    [[nodiscard]] double xOf(QDate day, Instant instant) const;
    [[nodiscard]] QRectF runBar(const Lane &lane, const CalendarRun &run) const;
    [[nodiscard]] QRectF barOf(const Lane &lane, Instant from, Instant to) const;
    [[nodiscard]] const Lane *laneAt(int y) const;
    void paintAxis(QPainter &painter) const;
    void paintConflicts(QPainter &painter) const;
    void paintLane(QPainter &painter, const Lane &lane) const;
    void paintRun(QPainter &painter, const Lane &lane, int index) const;
    void paintDone(QPainter &painter, const Lane &lane, const CalendarRun &run) const;

    Span m_span;
    std::vector<CalendarDay> m_days;
    std::vector<Lane> m_lanes;
    int m_from = 0; // hours of the wall clock
    int m_to = 24;
};

} // namespace tidemark
