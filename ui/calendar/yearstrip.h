#pragma once

#include "calendar/calendaraccess.h"
#include "calendar/calendarscene.h"
#include "calendar/calendarwords.h"

#include <QWidget>

namespace tidemark {

// 54 weeks as columns of days, each with its worst state. The grid above has the keys.
class YearStrip : public QWidget, public AccessibleDays
{
    Q_OBJECT

public:
    explicit YearStrip(QWidget *parent = nullptr);
    void setScene(const CalendarScene &scene);
    // The days it shows when today is the given one.
    [[nodiscard]] static std::pair<QDate, QDate> span(QDate today);
    [[nodiscard]] QDate dayAt(QPoint point) const;
    [[nodiscard]] int dayCount() const override { return int(m_days.size()); }
    [[nodiscard]] QString dayWords(int day) const override;
    [[nodiscard]] QRect dayPlace(int day) const override { return cellOf(std::size_t(day)).toAlignedRect(); }
    [[nodiscard]] bool isChosen(int day) const override
    {
        return m_days[std::size_t(day)].date == m_scene.chosen;
    }
    [[nodiscard]] const QWidget *paintedOn() const override { return this; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return { 0, 0 }; }

Q_SIGNALS:
    void dayWanted(QDate date);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QRectF cellOf(std::size_t index) const;
    void paintHead(QPainter &painter) const;
    void paintScale(QPainter &painter) const;
    void paintCell(QPainter &painter, const YearDay &day, const QRectF &cell) const;

    CalendarScene m_scene;
    std::vector<YearDay> m_days;
    QString m_clean;
};

} // namespace tidemark
