#pragma once

#include "calendar/calendaraccess.h"
#include "calendar/calendarscene.h"
#include "calendar/calendarwords.h"
#include "theme/theme.h"

#include <QAbstractScrollArea>

namespace tidemark {

// A painted surface of days with one chosen day, and the keys that move it: arrows the day, PageUp and
// PageDown the month, Home and End the week, T or 0 today, Enter opens it.
class CalendarSurface : public QAbstractScrollArea, public AccessibleDays
{
    Q_OBJECT

public:
    CalendarSurface(CalendarWords words, QWidget *parent = nullptr);

    virtual void setScene(CalendarScene scene);
    [[nodiscard]] const CalendarScene &scene() const { return m_scene; }

    [[nodiscard]] int dayCount() const override { return int(shownDays().size()); }
    [[nodiscard]] QString dayWords(int day) const override;
    [[nodiscard]] bool isChosen(int day) const override;
    [[nodiscard]] int itemCount(int day) const override; // runs, then overlaps
    [[nodiscard]] QString itemWords(int day, int item) const override;
    [[nodiscard]] const QWidget *paintedOn() const override { return viewport(); }

Q_SIGNALS:
    void dayWanted(QDate date);
    void dayOpened();
    void runWanted(int run); // index into the plan

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

    [[nodiscard]] virtual int rowStep() const { return 1; } // days between a day and the one below it
    [[nodiscard]] virtual QString tipAt(QPoint point) const = 0;
    [[nodiscard]] virtual std::vector<const CalendarDay *> shownDays() const = 0;
    // What the surface shows, for screen readers: the chosen day and how it went.
    void sayChosen(const QString &what);
    [[nodiscard]] const CalendarWords &words() const { return m_words; }
    [[nodiscard]] const Theme &theme() const { return Theme::of(this); }

private:
    CalendarScene m_scene;
    CalendarWords m_words;
};

// The lines that run across a row of widgets: text in one font and ink, elided at the right.
void paintLine(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font,
    const QColor &ink, Qt::Alignment align = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideRight);

} // namespace tidemark
