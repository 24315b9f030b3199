#pragma once

#include "calendar/calendarsurface.h"

namespace tidemark {

// Whole weeks of a month: each track has its place in every day, so that a failure breaks the pattern.
class MonthGrid : public CalendarSurface
{
    Q_OBJECT

public:
    explicit MonthGrid(CalendarWords words, QWidget *parent = nullptr);
    void setScene(CalendarScene scene) override;

    [[nodiscard]] QDate dayAt(QPoint point) const;
    [[nodiscard]] QRect dayRect(QDate date) const; // in the viewport; empty: not shown
    [[nodiscard]] const std::vector<CalendarWeek> &weeks() const { return m_weeks; }
    [[nodiscard]] QRect dayPlace(int day) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    [[nodiscard]] int rowStep() const override { return 7; }
    [[nodiscard]] QString tipAt(QPoint point) const override;
    [[nodiscard]] std::vector<const CalendarDay *> shownDays() const override;

private:
    struct Lengths;
    struct Cell;
    [[nodiscard]] Lengths lengths() const;
    void place();
    void fitScrollBar();
    void paintHead(QPainter &painter, const Lengths &at) const;
    void paintWeek(QPainter &painter, const Lengths &at, std::size_t row) const;
    void paintDay(QPainter &painter, const Cell &cell) const;
    void paintNumber(QPainter &painter, const Cell &cell) const;
    void paintSlots(QPainter &painter, const Cell &cell) const;
    void paintSlot(QPainter &painter, const DaySlot &slot, const QRectF &rect) const;
    void paintRest(QPainter &painter, const Cell &cell, const std::vector<DaySlot> &hidden) const;
    void paintConflict(QPainter &painter, const Cell &cell) const;
    [[nodiscard]] QRectF besideBar(const Lengths &at, std::size_t row, const QRectF &bar) const;
    void paintBars(QPainter &painter, const Lengths &at, std::size_t row) const;
    [[nodiscard]] int trackAt(QPoint point) const;
    [[nodiscard]] bool isJobs(const DaySlot &slot) const;
    [[nodiscard]] Cell cellAt(const Lengths &at, std::size_t row, int column) const;
    [[nodiscard]] bool oneColumnFits(const Lengths &at) const;
    [[nodiscard]] int placeOf(int track) const;

    std::vector<CalendarWeek> m_weeks;
    std::vector<int> m_places; // tracks that occur in these weeks, in order
    QStringList m_short; // what a slot writes, by track
    QSet<qsizetype> m_alike; // of m_short: others begin like them
};

} // namespace tidemark
